import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../shared/contracts/artifacts.ts';
import type { Account } from '../../../shared/core/portfolio/portfolio.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { percent } from '../../../shared/core/values/weight.ts';
import { planRun } from '../../../shared/workflow/decide-run.ts';
import { refuseShorts } from '../../../shared/workflow/refuse-shorts.ts';
import { anAccount, someTargets } from '../../builders/portfolio.ts';
import { aPolicy, DUE } from './workflow-world.ts';

const MARGIN: Account = { ...anAccount({ cash: usd('10000') }), canShort: true, multiplier: 2, shortValue: 0n };
const LENT = { isTradable: true, isFractionable: true, isShortable: true, isEasyToBorrow: true };
const PAIR = someTargets({ SPY: '40%', TLT: '-40%' });

function aSnapshot(account: Account = MARGIN, stated: Partial<Snapshot> = {}): Snapshot {
  return {
    kind: 'snapshot',
    runId: 'balanced/2026-11-20/daily',
    asOf: DUE,
    portfolioFile: '',
    account,
    positions: [],
    quotes: ['SPY', 'TLT'].map((symbol) => ({ symbol, bid: usd('99.99'), ask: usd('100.01'), at: DUE })),
    assets: ['SPY', 'TLT'].map((symbol) => ({ symbol, ...LENT })),
    historyAsOf: '2026-11-19',
    history: { anchor: '2026-11-19', columns: [] },
    ...stated,
  };
}

function aShortPolicy(short: string) {
  const policy = aPolicy();
  return { ...policy, limits: { ...policy.limits, shortMax: percent(short) } };
}

describe('a short target', () => {
  it('is planned where the file, the account and the asset allow it', () => {
    const policy = aShortPolicy('40%');
    expect(refuseShorts(policy, aSnapshot(), PAIR, [])).toBeUndefined();
    const [schedule] = policy.schedules;
    if (schedule === undefined) throw new Error('a policy without a schedule');
    const planned = planRun(policy, schedule, aSnapshot(), PAIR, false);
    expect(planned).toMatchObject({ kind: 'planned', review: { kind: 'approved' } });
    if (planned.kind !== 'planned') return;
    expect(planned.plan.trades.map(({ side, symbol, quantity, position }) => [side, symbol, quantity, position])).toEqual([
      ['buy', 'SPY', shares('40'), undefined],
      ['sell', 'TLT', shares('40'), 'short'],
    ]);
  });

  it('is refused by a file that does not speak of it, and nothing of the pair is planned', () => {
    const policy = aPolicy();
    const [schedule] = policy.schedules;
    if (schedule === undefined) throw new Error('a policy without a schedule');
    expect(planRun(policy, schedule, aSnapshot(), PAIR, false)).toEqual({
      kind: 'refused',
      code: 'short-not-allowed',
      detail: 'the strategy is 40% short, limits.short is 0%',
    });
  });

  it('is refused beyond the limit, all short positions together', () => {
    const twice = someTargets({ SPY: '-30%', TLT: '-30%' });
    expect(refuseShorts(aShortPolicy('59.9999%'), aSnapshot(), twice, [])?.detail).toBe(
      'the strategy is 60% short, limits.short is 59.9999%',
    );
    expect(refuseShorts(aShortPolicy('60%'), aSnapshot(), twice, [])).toBeUndefined();
  });

  it.each<[string, Partial<Account>, string]>([
    ['may not sell short', { canShort: false }, 'the account may not sell short'],
    ['has no margin', { multiplier: 1 }, 'the account has no margin: its multiplier is 1'],
    ['is too small', { equity: usd('1999.99') }, 'the account is worth 1999.99: below 2000.00 it may not sell short'],
  ])('is refused to an account that %s', (_, stated, detail) => {
    expect(refuseShorts(aShortPolicy('50%'), aSnapshot({ ...MARGIN, ...stated }), PAIR, [])).toEqual({
      kind: 'refused',
      code: 'short-not-allowed',
      detail,
    });
  });

  it.each(['canShort', 'multiplier', 'shortValue'] as const)('is refused to an account that does not say %s', (field) => {
    const { [field]: _, ...rest } = MARGIN;
    expect(refuseShorts(aShortPolicy('50%'), aSnapshot(rest), PAIR, [])?.code).toBe('short-not-allowed');
  });

  it.each([{ isTradable: false }, { isShortable: false }, { isEasyToBorrow: false }])('is refused of an asset with %o', (stated) => {
    const assets = [
      { symbol: 'SPY', isTradable: true, isFractionable: true },
      { symbol: 'TLT', ...LENT, ...stated },
    ];
    expect(refuseShorts(aShortPolicy('50%'), aSnapshot(MARGIN, { assets }), PAIR, [])?.detail).toBe(
      'the broker does not lend TLT: it is not tradable, shortable and easy to borrow',
    );
  });

  it('is refused of an asset of which a snapshot of an earlier release says nothing', () => {
    const assets = ['SPY', 'TLT'].map((symbol) => ({ symbol, isTradable: true, isFractionable: true }));
    expect(refuseShorts(aShortPolicy('50%'), aSnapshot(MARGIN, { assets }), PAIR, [])?.code).toBe('short-not-allowed');
    expect(refuseShorts(aShortPolicy('50%'), aSnapshot(MARGIN, { assets }), someTargets({ SPY: '50%' }), [])).toBeUndefined();
  });
});

describe('a short position that is held', () => {
  const positions = [{ symbol: 'TLT', quantity: shares('-60'), available: 0n }];
  const hard = ['SPY', 'TLT'].map((symbol) => ({
    symbol,
    isTradable: true,
    isFractionable: true,
    isShortable: true,
    isEasyToBorrow: false,
  }));
  const account = { ...anAccount({ cash: usd('16000') }), equity: usd('10000'), canShort: false, multiplier: 2, shortValue: usd('6000') };

  function planned(target: string) {
    const policy = aShortPolicy('90%');
    const [schedule] = policy.schedules;
    if (schedule === undefined) throw new Error('a policy without a schedule');
    return planRun(policy, schedule, aSnapshot(account, { positions, assets: hard }), someTargets({ TLT: target }), false);
  }

  it('may be made smaller though nobody lends any more', () => {
    expect(planned('-40%')).toMatchObject({
      kind: 'planned',
      review: { kind: 'approved' },
      plan: { trades: [{ symbol: 'TLT', side: 'buy', position: 'short', quantity: shares('20') }] },
    });
  });

  it('may be left as it is', () => {
    expect(planned('-60%')).toMatchObject({ kind: 'planned', plan: { trades: [] } });
  });

  it('may not be made larger', () => {
    expect(planned('-70%')).toMatchObject({ kind: 'refused', code: 'short-not-allowed', detail: 'the account may not sell short' });
  });

  it('may not be begun by a run that only ends the long position before it', () => {
    const policy = aShortPolicy('90%');
    const [schedule] = policy.schedules;
    if (schedule === undefined) throw new Error('a policy without a schedule');
    const long = [{ symbol: 'TLT', quantity: shares('60'), available: shares('60') }];
    const snapshot = aSnapshot({ ...MARGIN, cash: usd('4000'), canShort: false }, { positions: long });
    expect(planRun(policy, schedule, snapshot, someTargets({ TLT: '-40%' }), false)).toMatchObject({ code: 'short-not-allowed' });
  });
});

describe('a short position that no sleeve names', () => {
  it('refuses every run: what its sale brought cannot be told from our cash', () => {
    const positions = [{ symbol: 'GME', quantity: shares('-7'), available: 0n }];
    expect(refuseShorts(aPolicy(), aSnapshot(anAccount({ cash: usd('10000') }), { positions }), someTargets({ SPY: '50%' }), [])).toEqual({
      kind: 'refused',
      code: 'short-not-allowed',
      detail: '7 GME are short and no sleeve names it: what their sale brought is not ours to spend',
    });
  });

  it('is another matter than a long one, and than a short one of the portfolio, which is bought back', () => {
    const positions = [
      { symbol: 'GME', quantity: shares('7'), available: shares('7') },
      { symbol: 'TLT', quantity: shares('-3'), available: 0n },
    ];
    expect(
      refuseShorts(aPolicy(), aSnapshot(anAccount({ cash: usd('10000') }), { positions }), someTargets({ SPY: '50%' }), []),
    ).toBeUndefined();
  });
});
