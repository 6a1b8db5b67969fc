import { describe, expect, it } from 'vitest';
import { USUAL_OPTIONS } from '../../../research/backtest/backtest-options.ts';
import { priceTable } from '../../../research/backtest/price-table.ts';
import { runSweep } from '../../../research/sweep/run-sweep.ts';
import { runVariant, type VariantRow } from '../../../research/sweep/run-variant.ts';
import { sharedPrices } from '../../../research/sweep/shared-prices.ts';
import { variantsOf } from '../../../research/sweep/vary.ts';
import { centMarket } from '../full/cent-market.ts';

const PRICES = priceTable(centMarket('2024-06-03', '2024-12-31'), 'equities');
const TEXT =
  'strategy: Rotation\nrebalance: { every: month }\ntree: { filter: { top: 1, by: { cumulative-return: 20 }, of: [VTI, TLT, GLD] } }\n';

function swept() {
  const made = variantsOf(TEXT, [{ path: 'tree.filter.by.cumulative-return', values: ['5', '10', '20', '30', '40', '50'] }]);
  if (made.kind === 'refused') throw new Error(JSON.stringify(made.flaws));
  return made;
}

describe('a sweep', () => {
  it('ends each variant as it would end alone', async () => {
    const { variant, count } = swept();
    const rows: VariantRow[] = [];
    const places = Array.from({ length: count }, (_, place) => place);
    const ended = await runSweep({
      ...{ kind: 'strategy', prices: PRICES, options: USUAL_OPTIONS, variant, places, workers: 2 },
      onRow: (row) => rows.push(row),
      isStopped: () => false,
    });
    expect(ended).toBe('finished');
    const alone = places.map((place) => runVariant('strategy', variant(place), PRICES, USUAL_OPTIONS).row);
    expect(rows.sort((a, b) => a.place - b.place)).toEqual(alone);
  });

  it('that is stopped finishes what is under way, and begins nothing more', async () => {
    const { variant } = swept();
    const rows: VariantRow[] = [];
    const ended = await runSweep({
      ...{ kind: 'strategy', prices: PRICES, options: USUAL_OPTIONS, variant, places: [0, 1, 2, 3, 4, 5], workers: 1 },
      onRow: (row) => rows.push(row),
      isStopped: () => rows.length > 0,
    });
    expect(ended).toBe('stopped');
    // One worker has two variants before it.
    expect(rows.map(({ place }) => place)).toEqual([0, 1]);
  });

  it('that fails waits for what is under way, begins nothing more, and says what failed first', async () => {
    const { variant } = swept();
    const [begun, ended]: [number[], number[]] = [[], []];
    const failing = runSweep({
      ...{ kind: 'strategy', prices: PRICES, options: USUAL_OPTIONS, variant, places: [0, 1, 2, 3, 4, 5], workers: 2 },
      around: async ({ place }, run) => {
        begun.push(place);
        const ran = await run();
        ended.push(place);
        return ran;
      },
      onRow: ({ place }) => {
        throw new Error(`the row of ${place} cannot be written`);
      },
      isStopped: () => false,
    });
    await expect(failing).rejects.toThrow(/^the row of \d cannot be written$/);
    // Two workers have two variants each before them.
    expect(begun).toEqual([0, 1, 2, 3]);
    expect(ended.toSorted()).toEqual(begun);
  });

  it('gives all threads the same memory', () => {
    const shared = sharedPrices(PRICES);
    expect(shared).toEqual(PRICES);
    for (const { closes, volumes } of shared.columns) {
      expect(closes.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(volumes?.buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });
});
