// A portfolio measured by runs that took place on the simulated exchange.
import { beforeAll, describe, expect, it } from 'vitest';
import { priceTable } from '../../../research/backtest/price-table.ts';
import { measurePolicy } from '../../../research/policy/measure-policy.ts';
import type { RunRecords } from '../../../research/policy/paper-runs.ts';
import { MemoryAuditTrail } from '../../../shared/adapters/local/memory-audit-trail.ts';
import { recordHash } from '../../../shared/contracts/audit-link.ts';
import { parsePortfolioFile } from '../../../shared/contracts/portfolio-file.ts';
import { centMarket } from '../full/cent-market.ts';
import { TEN_PORTFOLIOS } from '../full/ten-portfolios.ts';
import { livedRuns } from '../parity/lived-runs.ts';

const PRICES = priceTable(centMarket('2021-01-04', '2025-01-31'), 'equities');
const TEXT = TEN_PORTFOLIOS[0].text('whole');

function policyOf(text: string) {
  const read = parsePortfolioFile(text, 'test');
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
  return read.policy;
}

let lived: Awaited<ReturnType<typeof livedRuns>>;
let records: RunRecords;
beforeAll(async () => {
  lived = await livedRuns(TEXT, { runs: 3, prices: PRICES, halfSpreadBps: 5 });
  records = { ...lived, portfolioNames: async () => ['sixty-forty'] };
}, 60_000);
const measured = (text = TEXT, from: RunRecords = records, since?: `${number}-${number}-${number}`) =>
  measurePolicy(policyOf(text), PRICES, from, { now: lived.clock.now(), ...(since === undefined ? {} : { since }) });

describe('a measured policy', () => {
  it('passes with cheap trades and three runs that did what the backtest does, and names each of them', async () => {
    const { outcome, checks, runs } = await measured();
    expect(checks.filter(({ holds }) => !holds)).toEqual([]);
    expect(outcome).toBe('passed');
    expect(runs).toEqual(lived.records.map((record) => ({ runId: record.runId, session: record.session, head: recordHash(record) })));
    // The market of the exchange stands still at five basis points from the mid, rounded outward to a cent.
    const shortfall = checks.find(({ code }) => code === 'shortfall-bps')?.figure ?? 0;
    expect(shortfall).toBeGreaterThanOrEqual(5);
    expect(shortfall).toBeLessThan(6);
  });

  it('is found under another name, in another account, with other limits', async () => {
    const live = TEXT.replace('portfolio: sixty-forty', 'portfolio: the-live-one')
      .replace('{ name: sixty-forty }', '{ name: mine, mode: live, number: "12345678" }')
      .replace('drawdown: { caution: 60%', 'drawdown: { caution: 50%');
    expect(live).not.toBe(TEXT);
    const [paper, other] = [await measured(), await measured(live)];
    expect(other).toEqual({ ...paper, portfolio: 'the-live-one' });
  });

  it('has no runs where it trades anything else, and then fails', async () => {
    const other = await measured(TEXT.replace('VTI: 60%, TLT: 40%', 'VTI: 59%, TLT: 41%'));
    expect(other).toMatchObject({ outcome: 'failed', runs: [] });
    expect(other.checks.filter(({ holds }) => !holds).map(({ code }) => code)).toEqual([
      'differing-runs',
      'unexplained-drifts',
      'shortfall-bps',
      'costs-a-year-as-paid',
      'runs',
      'traded-runs',
      'sessions',
      'latest-age-days',
      'unproven-records',
    ]);
  });

  it('does not count runs of a live account, and takes those after a run whether or not they say what they were of', async () => {
    const [first, , third] = lived.records.map(({ artifacts }) => artifacts.snapshot);
    const edited = (of: string | undefined, from: string, to: string): RunRecords => ({
      ...records,
      artifacts: {
        get: async (hash) => {
          const text = await lived.artifacts.get(hash);
          return hash === of ? text?.replace(from, to) : text;
        },
      },
    });
    const live = await measured(TEXT, edited(first, '{ name: sixty-forty }', '{ name: mine, mode: live, number: \\"12345678\\" }'));
    expect(live.runs.map(({ session }) => session)).toEqual(lived.records.slice(1).map(({ session }) => session));
    const lost = await measured(TEXT, edited(third, 'portfolio: sixty-forty', 'unreadable: sixty-forty'));
    expect(lost.runs).toHaveLength(3);
    expect(lost.checks.find(({ code }) => code === 'runs-not-compared')).toMatchObject({ figure: 1, holds: false });
  });

  it('believes no record that the audit chain does not prove', async () => {
    const unproven = async (changed: Partial<RunRecords>) => {
      const { checks } = await measured(TEXT, { ...records, ...changed });
      return checks.find(({ code }) => code === 'unproven-records');
    };
    expect(await unproven({})).toMatchObject({ figure: 0, holds: true });
    expect(await unproven({ trail: new MemoryAuditTrail() })).toMatchObject({ figure: 1, holds: false });
    const [first] = lived.records;
    const edited: RunRecords['runStore'] = {
      list: (name, limit) => lived.runStore.list(name, limit),
      load: async (runId) => {
        const record = await lived.runStore.load(runId);
        return record === undefined || runId !== first?.runId ? record : { ...record, updatedAt: record.updatedAt + 1 };
      },
    };
    expect(await unproven({ runStore: edited })).toMatchObject({ figure: 1, holds: false });
  });

  it('looks at the runs from a session on, and says where prices have nothing to say', async () => {
    const [, second] = lived.records;
    expect((await measured(TEXT, records, second?.session)).runs).toHaveLength(2);
    const empty = await measurePolicy(policyOf(TEXT), priceTable([], 'equities'), records, { now: lived.clock.now() });
    expect(empty).toMatchObject({ outcome: 'failed', notCosted: expect.stringContaining('no-') });
  });
});
