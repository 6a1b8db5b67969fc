// One example by hand for each denial that needs more than the plan: at the limit it passes, a step beyond it is denied.
import { describe, expect, it } from 'vitest';
import type { RebalancePlan, Trade } from '../../../../shared/core/rebalance/plan.ts';
import type { BreakerView } from '../../../../shared/core/risk/breaker.ts';
import { DENIAL_CODES } from '../../../../shared/core/risk/denial.ts';
import type { RiskFacts, Today } from '../../../../shared/core/risk/facts.ts';
import { NOTHING_TODAY } from '../../../../shared/core/risk/facts.ts';
import type { Limits } from '../../../../shared/core/risk/limits.ts';
import { remarksOf } from '../../../../shared/core/risk/remarks.ts';
import { reviewPlan } from '../../../../shared/core/risk/review-plan.ts';
import type { ClosesColumn, History } from '../../../../shared/core/strategy/history.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import { addDays, type NewYorkDate } from '../../../../shared/core/values/time.ts';
import { percent, WHOLE } from '../../../../shared/core/values/weight.ts';
import { aLine, aPlan, aTrade } from '../../../builders/plan.ts';
import { anAccount } from '../../../builders/portfolio.ts';

const RICH = anAccount({ cash: usd('1000'), buyingPower: usd('1000') });
const NOW = Date.UTC(2026, 10, 20, 20, 35);

function someLimits(stated: Partial<Limits> = {}): Limits {
  return { orderNotionalMax: usd('100000'), ordersMax: 50, positionMax: WHOLE, shortMax: WHOLE, turnoverMax: WHOLE, ...stated };
}

function aColumn(symbol: string, closes: readonly number[], volume?: number | null, last: NewYorkDate = '2026-11-19'): ClosesColumn {
  const dates = closes.map((_, place) => addDays(last, place - closes.length + 1));
  return { symbol, dates, closes, ...(volume === undefined ? {} : { volumes: closes.map(() => volume) }) };
}

function aHistory(...columns: readonly ClosesColumn[]): History {
  return { anchor: '2026-10-01', columns };
}

function someFacts(stated: Partial<RiskFacts> = {}, today: Partial<Today> = {}): RiskFacts {
  const history =
    stated.recent ??
    aHistory(
      aColumn(
        'SPY',
        Array.from({ length: 20 }, () => 100),
        1_000,
      ),
    );
  return {
    mode: 'live',
    session: '2026-11-20',
    asOf: NOW,
    history,
    recent: history,
    historyAsOf: '2026-11-19',
    today: { ...NOTHING_TODAY, ...today },
    ...stated,
  };
}

/** So many shares of SPY at 100 dollars, bought out of 1,000 dollars in cash. */
function buying(quantity: string, stated: Partial<RebalancePlan> = {}): RebalancePlan {
  const trade = aTrade('buy', 'SPY', quantity, '100');
  return aPlan({ lines: [aLine('SPY'), aLine('cash', { value: '1000' })], trades: [trade], costAtMost: trade.notional, ...stated });
}

/** So many shares of SPY at 100 dollars, of the ten that are all there is. */
function selling(quantity: string): RebalancePlan {
  return aPlan({ lines: [aLine('SPY', { value: '1000' }), aLine('cash')], trades: [aTrade('sell', 'SPY', quantity, '100')] });
}

function review(plan: RebalancePlan, limits: Partial<Limits>, facts: RiskFacts = someFacts(), account = RICH) {
  return reviewPlan(plan, account, someLimits(limits), facts);
}

const APPROVED = { kind: 'approved' };
const breaker = (stated: Partial<BreakerView>): BreakerView => ({
  level: 'normal',
  mark: usd('1250'),
  dayOpen: usd('1020'),
  equity: usd('1000'),
  drawdown: percent('20%'),
  dayLoss: percent('1.9608%'),
  ...stated,
});

describe('denials for the account', () => {
  it('name what the broker holds against a blocked account', () => {
    const account = { ...RICH, isBlocked: true, restrictions: ['trading_blocked', 'account_blocked'] };
    expect(review(buying('1'), {}, someFacts(), account)).toMatchObject({
      code: 'account-blocked',
      figures: { restrictions: 'trading_blocked, account_blocked' },
    });
  });

  it('let everything but a stopped breaker sell, and nothing but a calm one buy', () => {
    const at = (level: BreakerView['level']) => someFacts({ breaker: breaker({ level }) });
    expect(review(selling('1'), {}, at('stopped'))).toEqual({
      kind: 'denied',
      code: 'breaker-stopped',
      figures: { equity: '1000.00', mark: '1250.00', drawdown: '20%', dayOpen: '1020.00', dayLoss: '1.9608%' },
    });
    expect(review(buying('1'), {}, at('restricted'))).toMatchObject({ code: 'breaker-restricted', figures: { drawdown: '20%' } });
    expect(review(selling('1'), {}, at('restricted'))).toEqual(APPROVED);
    // The planner has cut it already.
    expect(review(buying('1'), {}, at('caution'))).toEqual(APPROVED);
  });
});

describe('denials for orders', () => {
  it('count the orders of the session, and nothing of a plan without trades', () => {
    const facts = someFacts({}, { orders: 9 });
    expect(review(buying('1'), { sessionOrdersMax: 9 }, facts)).toMatchObject({
      code: 'session-orders',
      figures: { before: '9', orders: '10', max: '9' },
    });
    expect(review(buying('1'), { sessionOrdersMax: 10 }, facts)).toEqual(APPROVED);
    expect(review(aPlan(), { sessionOrdersMax: 1 }, facts)).toEqual(APPROVED);
  });

  it('deny an order of more shares than the limit, and take one of exactly that', () => {
    expect(review(buying('3'), { orderSharesMax: shares('2.999999999') })).toMatchObject({
      code: 'order-shares-max',
      figures: { symbol: 'SPY', shares: '3', max: '2.999999999' },
    });
    expect(review(buying('3'), { orderSharesMax: shares('3') })).toEqual(APPROVED);
  });

  it('deny more than a part of the average volume of twenty sessions: of 1,000 shares, ten are 1 %', () => {
    const limits = { volumeMax: percent('1%') };
    expect(review(selling('10'), limits)).toEqual(APPROVED);
    expect(review(selling('10'), { volumeMax: percent('0.9999%') })).toMatchObject({
      code: 'volume-max',
      figures: { symbol: 'SPY', shares: '10', averageVolume: '1000', max: '0.9999%' },
    });
  });

  it.each([
    ['nobody knows the symbol', aHistory()],
    [
      'a bar has no volume',
      aHistory(
        aColumn(
          'SPY',
          Array.from({ length: 20 }, () => 100),
          null,
        ),
      ),
    ],
    [
      'there are but nineteen sessions',
      aHistory(
        aColumn(
          'SPY',
          Array.from({ length: 19 }, () => 100),
          1_000,
        ),
      ),
    ],
    [
      'the last session is missing',
      aHistory(
        aColumn(
          'SPY',
          Array.from({ length: 20 }, () => 100),
          1_000,
          '2026-11-18',
        ),
      ),
    ],
  ])('deny live, and remark on paper, a volume that is unknown because %s', (_why, recent) => {
    const limits = { volumeMax: percent('1%') };
    expect(review(buying('1'), limits, someFacts({ recent }))).toMatchObject({ code: 'volume-unknown', figures: { symbol: 'SPY' } });
    const paper = someFacts({ recent, mode: 'paper' });
    expect(review(buying('1'), limits, paper)).toEqual(APPROVED);
    expect(remarksOf(buying('1'), RICH, someLimits(limits), paper)).toContainEqual({
      code: 'volume-unknown',
      figures: { symbol: 'SPY', sessions: '20' },
    });
  });

  it('deny a price that is further from the close before than the limit, up and down', () => {
    const closedAt = (close: number) => someFacts({ recent: aHistory(aColumn('SPY', [close])) });
    const limits = { priceMoveMax: percent('25%') };
    // 100 is 25 % above 80, and 20 % below 125.
    expect(review(buying('1'), limits, closedAt(80))).toEqual(APPROVED);
    expect(review(buying('1'), limits, closedAt(79.99))).toMatchObject({
      code: 'price-move',
      figures: { symbol: 'SPY', arrival: '100.00', close: '79.99', move: '25.0157%', max: '25%' },
    });
    expect(review(selling('1'), limits, closedAt(134))).toMatchObject({ code: 'price-move', figures: { move: '25.3732%' } });
    // A split that only one of them knows of.
    expect(review(selling('1'), limits, closedAt(200))).toMatchObject({ code: 'price-move', figures: { move: '50%' } });
  });

  it('deny live, and remark on paper, a close that is unknown or old', () => {
    const recent = aHistory(aColumn('SPY', [100], 1, '2026-11-18'));
    const limits = { priceMoveMax: percent('25%') };
    expect(review(buying('1'), limits, someFacts({ recent }))).toMatchObject({
      code: 'close-unknown',
      figures: { symbol: 'SPY', session: '2026-11-19' },
    });
    const paper = someFacts({ recent, mode: 'paper' });
    expect(review(buying('1'), limits, paper)).toEqual(APPROVED);
    expect(remarksOf(buying('1'), RICH, someLimits(limits), paper)).toEqual([
      { code: 'close-unknown', figures: { symbol: 'SPY', session: '2026-11-19' } },
    ]);
  });

  it('deny to trade against what was worked less than a minute ago', () => {
    const worked = (msAgo: number, side: 'buy' | 'sell', symbol = 'SPY') =>
      someFacts({}, { worked: [{ symbol, side, isFilled: false, at: NOW - msAgo }] });
    expect(review(buying('1'), {}, worked(59_000, 'sell'))).toMatchObject({
      code: 'wash-trade',
      figures: { symbol: 'SPY', side: 'buy', secondsSince: '59' },
    });
    expect(review(buying('1'), {}, worked(60_000, 'sell'))).toEqual(APPROVED);
    expect(review(buying('1'), {}, worked(0, 'buy'))).toEqual(APPROVED);
    expect(review(buying('1'), {}, worked(0, 'sell', 'TLT'))).toEqual(APPROVED);
  });

  describe('day trades', () => {
    const margin = { ...RICH, multiplier: 4, equity: usd('24999.99') };
    const bought = { worked: [{ symbol: 'SPY', side: 'buy' as const, isFilled: true, at: 0 }] };
    const before = { asOf: Date.UTC(2026, 6, 5, 20), session: '2026-07-03' as const };

    it('are counted by the rule of their date: the fourth in five sessions is denied below 25,000 dollars', () => {
      const limits = { dayTrades: 'by-date' as const };
      expect(review(selling('1'), limits, someFacts(before, { ...bought, dayTrades: 3 }), margin)).toMatchObject({
        code: 'day-trade',
        figures: { symbol: 'SPY', dayTrades: '4', allowed: '3', equity: '24999.99', equityMin: '25000.00' },
      });
      expect(review(selling('1'), limits, someFacts(before, { ...bought, dayTrades: 2 }), margin)).toEqual(APPROVED);
      const rich = { ...margin, equity: usd('25000') };
      expect(review(selling('1'), limits, someFacts(before, { ...bought, dayTrades: 3 }), rich)).toEqual(APPROVED);
      expect(review(selling('1'), limits, someFacts(before, { ...bought, dayTrades: 3 }), { ...margin, multiplier: 1 })).toEqual(APPROVED);
      expect(review(buying('1'), limits, someFacts(before, { ...bought, dayTrades: 3 }), margin)).toEqual(APPROVED);
    });

    it('are not counted any more from 2026-07-06 on', () => {
      const facts = someFacts({ asOf: Date.UTC(2026, 6, 6, 20), session: '2026-07-06' }, { ...bought, dayTrades: 3 });
      expect(review(selling('1'), { dayTrades: 'by-date' }, facts, margin)).toEqual(APPROVED);
    });

    it('are all refused where the file says so, and none where it allows them', () => {
      expect(review(selling('1'), { dayTrades: 'refuse' }, someFacts({}, bought))).toMatchObject({
        code: 'day-trade',
        figures: { symbol: 'SPY', allowed: '0' },
      });
      const unfilled = { worked: bought.worked.map((each) => ({ ...each, isFilled: false })) };
      expect(review(selling('1'), { dayTrades: 'refuse' }, someFacts({}, unfilled))).toEqual(APPROVED);
      expect(review(selling('1'), { dayTrades: 'allow' }, someFacts(before, { ...bought, dayTrades: 9 }), margin)).toEqual(APPROVED);
    });
  });
});

describe('denials for what would be held', () => {
  const two = (a: string, b: string, trades: readonly Trade[]) =>
    aPlan({ lines: [aLine('A', { value: a }), aLine('B', { value: b }), aLine('cash')], trades });

  it('hold a symbol to its own cap where it has one', () => {
    const limits = { positionMax: percent('10%'), positionMaxOf: { SPY: percent('30%') } };
    expect(review(buying('3'), limits)).toEqual(APPROVED);
    expect(review(buying('4'), limits)).toMatchObject({ code: 'position-max', figures: { weight: '40%', max: '30%' } });
    const other = aPlan({ lines: [aLine('constructor')], trades: [aTrade('buy', 'constructor', '2', '100')], costAtMost: usd('200') });
    expect(review(other, limits)).toMatchObject({ code: 'position-max', figures: { max: '10%' } });
  });

  it('add up a group, long and short, and bind only what makes it larger', () => {
    const groups = [{ name: 'tech', of: ['A', 'B'], max: percent('40%') }];
    const short = { ...aTrade('sell', 'B', '1', '100'), position: 'short' as const };
    expect(review(two('300', '0', [short]), { groups })).toEqual(APPROVED);
    expect(review(two('310', '0', [short]), { groups })).toMatchObject({
      code: 'group-max',
      figures: { group: 'tech', weight: '41%', max: '40%' },
    });
    expect(review(two('500', '0', [aTrade('sell', 'A', '0.5', '100')]), { groups })).toEqual(APPROVED);
    expect(
      review(aPlan({ lines: [aLine('A', { value: '500' }), aLine('SPY')], trades: [aTrade('buy', 'SPY', '1', '100')] }), { groups }),
    ).toEqual(APPROVED);
  });

  it('add up what goes together, and leave what does not', () => {
    // Daily returns of B are those of A, those of C the opposite: 10 %, −10 %, 10 %.
    const history = aHistory(aColumn('A', [100, 110, 99, 108.9]), aColumn('B', [50, 55, 49.5, 54.45]), aColumn('C', [100, 90, 99, 89.1]));
    const facts = someFacts({ history, recent: history });
    const cluster = { correlation: percent('80%'), window: 3, max: percent('50%') };
    const lines = [
      aLine('A', { value: '300' }),
      aLine('B', { value: '100' }),
      aLine('C', { value: '400' }),
      aLine('cash', { value: '200' }),
    ];
    const buyB = (quantity: string) => aPlan({ lines, trades: [aTrade('buy', 'B', quantity, '100')], costAtMost: usd('100') });
    expect(review(buyB('1'), { cluster }, facts)).toEqual(APPROVED);
    expect(review(buyB('1.1'), { cluster }, facts)).toMatchObject({
      code: 'cluster-max',
      figures: { symbols: 'A B', weight: '51%', max: '50%' },
    });
    // What cannot be compared counts as going together: nothing is known to set it apart.
    expect(review(buyB('1'), { cluster: { ...cluster, window: 4 } }, facts)).toMatchObject({
      code: 'cluster-max',
      figures: { symbols: 'A B C', weight: '90%' },
    });
  });

  it('hold what is long less what is short to a limit, either way, and let it come nearer', () => {
    const short = { ...aTrade('sell', 'B', '2', '100'), position: 'short' as const };
    const limits = { netMax: percent('20%') };
    expect(review(two('400', '0', [short]), limits)).toEqual(APPROVED);
    expect(review(two('100', '-200', [short]), limits)).toMatchObject({
      code: 'net-exposure',
      figures: { weight: '30%', max: '20%' },
    });
    expect(review(two('600', '0', [short]), limits)).toEqual(APPROVED);
    expect(review(two('300', '0', [aTrade('buy', 'A', '0.1', '100')]), limits)).toMatchObject({
      code: 'net-exposure',
      figures: { weight: '31%' },
    });
  });
});

describe('denials for money', () => {
  it('count what was traded in the session: 600 before and 400 now are half of 1,000, one way', () => {
    const held = { lines: [aLine('SPY', { value: '100' }), aLine('cash', { value: '900' })] };
    const facts = someFacts({}, { traded: usd('600') });
    expect(review(buying('4', held), { dayTurnoverMax: percent('50%') }, facts)).toEqual(APPROVED);
    expect(review(buying('4', held), { dayTurnoverMax: percent('49.9999%') }, facts)).toMatchObject({
      code: 'day-turnover',
      figures: { before: '600.00', turnover: '50%', max: '49.9999%' },
    });
  });

  it('exempt the first funding, but not one after a day of trading, and let sales pass', () => {
    const limits = { dayTurnoverMax: percent('10%') };
    expect(review(buying('9'), limits)).toEqual(APPROVED);
    expect(review(buying('9'), limits, someFacts({}, { traded: usd('1') }))).toMatchObject({ code: 'day-turnover' });
    expect(review(selling('9'), limits)).toEqual(APPROVED);
  });

  it('keep a part of the equity free in the buying power', () => {
    expect(review(buying('9'), { marginBuffer: percent('10%') })).toEqual(APPROVED);
    expect(review(buying('9'), { marginBuffer: percent('10.0001%') })).toMatchObject({
      code: 'margin-buffer',
      figures: { cost: '900.00', buyingPower: '1000.00', buffer: '100.001' },
    });
    expect(review(selling('9'), { marginBuffer: percent('90%') }, someFacts(), anAccount())).toEqual(APPROVED);
  });
});

describe('denials for stress', () => {
  const lines = [aLine('SPY', { target: '50%' }), aLine('cash', { value: '1000' })];
  const facts = someFacts({ history: aHistory(aColumn('SPY', [100, 90, 99, 99, 99, 99, 99])) });

  it('hold the worst day, the worst week and the shock of the targets to their limits', () => {
    // Half of it in SPY: the worst day took 10 % of that half, the worst five days none more than 1 %, a fall of 20 % takes 10 %.
    for (const [scenario, loss] of [
      ['day', '5%'],
      ['week', '0.5%'],
      ['shock', '10%'],
    ] as const) {
      expect(review(buying('5', { lines }), { stress: { [scenario]: percent(loss) } }, facts)).toEqual(APPROVED);
      const less = percent(loss) - 2n;
      expect(review(buying('5', { lines }), { stress: { [scenario]: less } }, facts)).toMatchObject({
        code: 'stress-max',
        figures: { scenario },
      });
    }
  });

  it('deny what cannot be told, and bind no plan that only sells', () => {
    const blind = someFacts({ history: aHistory() });
    expect(review(buying('5', { lines }), { stress: { day: percent('50%') } }, blind)).toMatchObject({
      code: 'stress-unknown',
      figures: { scenario: 'day', returns: '0' },
    });
    expect(review(buying('5', { lines }), { stress: { shock: percent('50%') } }, blind)).toEqual(APPROVED);
    expect(review(selling('5'), { stress: { day: percent('0.1%') } }, blind)).toEqual(APPROVED);
  });
});

it('a limit that needs what nobody has seen denies', () => {
  const limits = someLimits({ volumeMax: WHOLE });
  expect(reviewPlan(buying('1'), RICH, limits)).toMatchObject({ code: 'volume-unknown' });
});

it('every code has one place in the ladder', () => {
  expect(new Set(DENIAL_CODES).size).toBe(DENIAL_CODES.length);
});

it('remarks on what the broker holds against an account that may trade, and on a breaker above normal', () => {
  const account = { ...RICH, restrictions: ['transfers_blocked'] };
  const remarks = remarksOf(aPlan(), account, someLimits(), someFacts({ breaker: breaker({ level: 'caution' }) }));
  expect(remarks).toMatchObject([
    { code: 'account-restricted', figures: { restrictions: 'transfers_blocked' } },
    { code: 'breaker', figures: { level: 'caution', drawdown: '20%' } },
  ]);
});
