// Every check of a policy by figures that a person can reckon, at its threshold, beyond it, and where nothing can be told.
import { describe, expect, it } from 'vitest';
import { costChecks } from '../../../research/policy/cost-checks.ts';
import type { MadeCheck } from '../../../research/policy/made-check.ts';
import type { PaperRun } from '../../../research/policy/paper-runs.ts';
import { practiceChecks } from '../../../research/policy/practice-checks.ts';
import { trackingChecks } from '../../../research/policy/tracking-checks.ts';
import type { Costed } from '../../../research/policy/trading-costs.ts';
import type { Frequency } from '../../../shared/core/market/schedule.ts';
import { anIdleRun, aPaperRun, aRefusedRun, endedAs } from './paper-records.ts';

const COSTS: Costed = {
  kind: 'costs',
  years: 3,
  aYear: 0.002,
  otherAYear: 0.001,
  tradedAYear: 2,
  turnoverAYear: 3,
  assumedBps: 2,
  refusedPart: 0.01,
};
const UNKNOWN = { kind: 'unknown', why: 'no-prices: none' } as const;
const found = (checks: readonly MadeCheck[], code: string) => {
  const check = checks.find((each) => each.code === code);
  if (check === undefined) throw new Error(`no check ${code}`);
  return [check.figure, check.holds];
};
const allHold = (checks: readonly MadeCheck[]) => checks.filter(({ holds }) => !holds).map(({ code }) => code);

describe('the costs', () => {
  it('hold at every threshold, and beyond none', () => {
    expect(allHold(costChecks(COSTS, { ...COSTS, aYear: 0.005 }))).toEqual([]);
    const of = (changed: Partial<Costed>, code: string) => found(costChecks({ ...COSTS, ...changed }, COSTS), code);
    expect(of({ years: 2.99 }, 'years')).toEqual([2.99, false]);
    expect(of({ refusedPart: 0.011 }, 'refused-part')).toEqual([0.011, false]);
    expect(of({ aYear: 0.0051 }, 'costs-a-year')).toEqual([0.0051, false]);
    expect(of({ turnoverAYear: 3.1 }, 'turnover-a-year')).toEqual([3.1, false]);
    expect(of({ turnoverAYear: null }, 'turnover-a-year')).toEqual([null, false]);
    expect(found(costChecks(COSTS, { ...COSTS, aYear: 0.0051 }), 'costs-a-year-at-double-slippage')).toEqual([0.0051, false]);
  });

  it('do not hold where the backtest has nothing to say', () => {
    const checks = costChecks(UNKNOWN, UNKNOWN);
    expect(checks.map(({ figure, holds }) => [figure, holds])).toEqual(checks.map(() => [null, false]));
    expect(found(costChecks({ ...COSTS, aYear: Number.NaN }, COSTS), 'costs-a-year')).toEqual([null, false]);
  });
});

describe('the tracking', () => {
  const runs = [aPaperRun('2026-09-30'), anIdleRun('2026-10-30')];

  it('is what the fills paid above the price of the decision', () => {
    // Ten shares, a cent each: 0.10 on 1,000 dollars is 1 bp. Twice the equity traded a year at 1 bp, and 0.1 % of other costs.
    const checks = trackingChecks(runs, COSTS);
    expect(allHold(checks)).toEqual([]);
    expect(found(checks, 'shortfall-bps')).toEqual([expect.closeTo(1, 9), true]);
    expect(found(checks, 'costs-a-year-as-paid')).toEqual([expect.closeTo(0.0012, 12), true]);
  });

  it('counts what was not filled, by where the market went', () => {
    // Two of twelve shares are missing, and the market is a dollar higher: 2.00 and 0.10 on 1,000 dollars are 21 bp.
    const [first] = runs;
    const checks = trackingChecks([{ ...aPaperRun('2026-09-30', { of: '12' }) }, first as PaperRun], COSTS);
    // Beside a run of 1 bp: 22 on 2,000 dollars twice.
    expect(found(checks, 'shortfall-bps')).toEqual([expect.closeTo(11, 9), true]);
    expect(found(trackingChecks([aPaperRun('2026-09-30', { paid: '100.26' })], COSTS), 'shortfall-bps')).toEqual([26, false]);
    // 2 · 21 bp + 0.1 % = 0.52 % a year: dear for a portfolio that trades so much, though near enough.
    const dear = trackingChecks([aPaperRun('2026-09-30', { of: '12' })], COSTS);
    expect(allHold(dear)).toEqual(['costs-a-year-as-paid']);
  });

  it('does not hold where a run was decided or ordered otherwise, was not compared, or drifted without a reason', () => {
    const [run] = runs as [ReturnType<typeof aPaperRun>];
    const difference = { path: 'weight', recorded: 1, replayed: 2 };
    const compared = { kind: 'compared', trades: run.parity.kind === 'compared' ? run.parity.trades : [], samples: [] } as const;
    const targets: PaperRun = { ...run, parity: { ...compared, targets: difference, orders: undefined } };
    const orders: PaperRun = { ...run, parity: { ...compared, targets: undefined, orders: difference } };
    expect(found(trackingChecks([run, targets, orders], COSTS), 'differing-runs')).toEqual([2, false]);
    const gone: PaperRun = { ...run, parity: { kind: 'not-compared', why: 'the snapshot abc' } };
    const checks = trackingChecks([run, gone], COSTS);
    expect([found(checks, 'runs-not-compared'), found(checks, 'shortfall-bps')]).toEqual([
      [1, false],
      [null, false],
    ]);
    const adrift = { ...run, outcome: { ...run.outcome, unexplained: ['SPY'] } };
    expect(found(trackingChecks([run, adrift], COSTS), 'unexplained-drifts')).toEqual([1, false]);
  });

  it('cannot be told of no trade, of an outcome that is missing, of a price at the end that nobody knows, or without a backtest', () => {
    const idle = trackingChecks([anIdleRun('2026-09-30')], COSTS);
    expect([found(idle, 'shortfall-bps'), found(idle, 'unexplained-drifts')]).toEqual([
      [null, false],
      [null, false],
    ]);
    expect(found(trackingChecks([], COSTS), 'differing-runs')).toEqual([null, false]);
    const run = aPaperRun('2026-09-30');
    const { record, parity } = run;
    expect(found(trackingChecks([{ record, parity }], COSTS), 'shortfall-bps')).toEqual([null, false]);
    const [trade] = run.outcome.trades;
    const { opportunity: _, ...known } = trade?.shortfall ?? { delay: 0n, execution: 0n };
    const ending = { ...run, outcome: { ...run.outcome, trades: [{ ...(trade as typeof trade & object), shortfall: known }] } };
    expect(found(trackingChecks([ending], COSTS), 'shortfall-bps')).toEqual([null, false]);
    expect(found(trackingChecks([run], UNKNOWN), 'costs-a-year-as-paid')).toEqual([null, false]);
  });

  it('does not ask a refused run for a decision', () => {
    expect(found(trackingChecks([...runs, aRefusedRun('2026-11-02', 'kill-switch')], COSTS), 'runs-not-compared')).toEqual([0, true]);
  });
});

describe('the practice on paper', () => {
  const every = (frequency: Frequency) => ({
    schedules: [
      { name: 'main', at: { anchor: 'close', offsetMinutes: -25 }, every: frequency, on: 'last', band: {}, approve: false },
    ] as const,
  });
  /** A Friday. */
  const NOW = Date.UTC(2026, 10, 20, 22);
  const at = (now: number, unproven: number | null = 0) => ({ now, unproven });
  const runs = [aPaperRun('2026-09-30'), anIdleRun('2026-10-15'), aPaperRun('2026-10-30')];

  it('holds after three runs, two of which traded, over a month', () => {
    const checks = practiceChecks(runs, every('month'), at(NOW));
    expect(allHold(checks)).toEqual([]);
    expect([found(checks, 'runs'), found(checks, 'traded-runs')]).toEqual([
      [3, true],
      [2, true],
    ]);
    // 30 September; 22 weekdays of October, none a holiday of the exchange; 15 of November up to the 20th.
    expect(found(checks, 'sessions')).toEqual([38, true]);
    // One day of October is left after the 30th.
    expect(found(checks, 'latest-age-days')).toEqual([21, true]);
  });

  it('wants the latest run to be no older than its schedule explains', () => {
    expect(found(practiceChecks(runs, every('day'), at(NOW)), 'latest-age-days')).toEqual([21, false]);
    expect(found(practiceChecks(runs, every('month'), at(Date.UTC(2026, 11, 9, 22))), 'latest-age-days')).toEqual([40, true]);
    expect(found(practiceChecks(runs, every('month'), at(Date.UTC(2026, 11, 10, 22))), 'latest-age-days')).toEqual([41, false]);
    expect(found(practiceChecks([], every('day'), at(NOW)), 'latest-age-days')).toEqual([null, false]);
  });

  it('does not hold with too few runs, trades or sessions', () => {
    const few = practiceChecks([aPaperRun('2026-11-02'), anIdleRun('2026-11-03')], every('day'), at(NOW));
    expect(allHold(few)).toEqual(['runs', 'traded-runs', 'sessions', 'latest-age-days']);
  });

  it('does not hold with a run that is open or unresolved, or that was refused by a fault', () => {
    const [run] = runs as [ReturnType<typeof aPaperRun>];
    const phase = run.record.phase;
    if (phase.kind !== 'ended') throw new Error('a run that ended');
    const unresolved: PaperRun = { ...run, record: { ...run.record, phase: { ...phase, ending: endedAs('unresolved') } } };
    const claimed: PaperRun = { ...run, record: { ...run.record, phase: { kind: 'claimed' } } };
    expect(found(practiceChecks([...runs, unresolved, claimed], every('month'), at(NOW)), 'open-or-unresolved-runs')).toEqual([2, false]);
    const refused = ['unreconciled', 'undefined-data', 'a-code-of-tomorrow', 'kill-switch', 'position-max'].map((code) =>
      aRefusedRun('2026-11-02', code),
    );
    const checks = practiceChecks([...runs, ...refused], every('month'), at(NOW));
    expect(found(checks, 'faulty-refusals')).toEqual([3, false]);
    expect(found(practiceChecks(runs, every('month'), at(NOW, 1)), 'unproven-records')).toEqual([1, false]);
    expect(found(practiceChecks(runs, every('month'), at(NOW, null)), 'unproven-records')).toEqual([null, false]);
    // What was refused did not run, and is no proof of freshness.
    expect([found(checks, 'runs'), found(checks, 'latest-age-days')]).toEqual([
      [3, true],
      [21, true],
    ]);
  });
});
