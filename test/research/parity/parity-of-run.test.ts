// Runs that took place on the simulated exchange, held to the backtest from their records alone.
import { describe, expect, it } from 'vitest';
import { priceTable } from '../../../research/backtest/price-table.ts';
import { parityOfRun, type RunParity } from '../../../research/parity/parity-of-run.ts';
import type { RunRecord } from '../../../shared/contracts/run-record.ts';
import { formatUsd } from '../../../shared/core/values/money.ts';
import { readArtifact } from '../../../shared/workflow/read-artifact.ts';
import { centMarket } from '../full/cent-market.ts';
import { TEN_PORTFOLIOS } from '../full/ten-portfolios.ts';
import { livedRuns } from './lived-runs.ts';

const HALF_SPREAD_BPS = 5;
const PRICES = priceTable(centMarket('2024-06-03', '2025-01-31'), 'equities');
const lived = (text: string, runs: number) => livedRuns(text, { runs, prices: PRICES, halfSpreadBps: HALF_SPREAD_BPS });

function compared(parity: RunParity): Extract<RunParity, { kind: 'compared' }> {
  if (parity.kind !== 'compared') throw new Error(parity.why);
  return parity;
}

describe('a recorded run', () => {
  it.each(TEN_PORTFOLIOS.map(({ name, text }) => [name, text] as const))(
    'of %s is decided and ordered by the backtest as it was',
    async (_, text) => {
      const { records, artifacts } = await lived(text('whole'), 3);
      expect(records.length).toBeGreaterThanOrEqual(2);
      for (const record of records) {
        const { targets, orders } = compared(await parityOfRun(record, artifacts));
        expect({ targets, orders }).toEqual({ targets: undefined, orders: undefined });
      }
    },
  );

  it('says what its fills cost by cause, and the parts are the whole', async () => {
    const { records, artifacts } = await lived(TEN_PORTFOLIOS[0].text('whole'), 2);
    for (const record of records) {
      const { trades, samples } = compared(await parityOfRun(record, artifacts));
      const { outcome } = await readArtifact(artifacts, record, 'outcome');
      expect(trades.map(({ symbol }) => symbol).sort()).toEqual(['TLT', 'VTI']);
      for (const { symbol, notional, timing, spread, impact, fees, rounding } of trades) {
        const whole = outcome.trades.find((each) => each.symbol === symbol)?.shortfall;
        expect((timing ?? 0) + (spread ?? 0) + (impact ?? 0)).toBeCloseTo(
          Number(formatUsd((whole?.delay ?? 0n) + (whole?.execution ?? 0n))),
          6,
        );
        // The market stood still, so all of it is spread: five basis points, rounded outward to a cent.
        expect(timing).toBe(0);
        expect(rounding).toBeCloseTo(0, 9);
        expect((spread ?? 0) / notional).toBeGreaterThanOrEqual(HALF_SPREAD_BPS / 1e4);
        expect(Math.abs(impact ?? 1) / notional).toBeLessThan(1e-4);
        expect(fees === null || fees >= 0).toBe(true);
      }
      expect(samples.map(({ size }) => (size ?? 0) > 0)).toEqual([true, true]);
    }
  });

  it('that was not decided so is told from one that was', async () => {
    const { records, artifacts } = await lived(TEN_PORTFOLIOS[0].text('whole'), 1);
    const [record] = records as [RunRecord];
    const forged = {
      get: async (hash: string) => {
        const text = await artifacts.get(hash);
        return hash === record.artifacts.decision ? text?.replace('"60%"', '"59%"').replace('"59.4%"', '"58.4%"') : text;
      },
    };
    const { targets, orders } = compared(await parityOfRun(record, forged));
    expect(targets).toMatchObject({ path: expect.stringContaining('weight') });
    expect(orders).toBeUndefined();
  });

  it('that has nothing to compare says so', async () => {
    const { records, artifacts } = await lived(TEN_PORTFOLIOS[0].text('whole'), 1);
    const [record] = records as [RunRecord];
    expect(await parityOfRun({ ...record, artifacts: {} }, artifacts)).toEqual({ kind: 'not-compared', why: 'no-snapshot' });
    expect(await parityOfRun(record, { get: async () => undefined })).toMatchObject({ kind: 'not-compared' });
  });
});
