import { describe, expect, it } from 'vitest';
import type { SUBMISSION_DENIAL_CODES } from '../../../../shared/core/risk/denial.ts';
import { reviewSubmission, type Submission, type SubmissionFacts } from '../../../../shared/core/risk/review-submission.ts';
import type { SubmissionGuard } from '../../../../shared/core/risk/submission-guard.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import { percent, WHOLE } from '../../../../shared/core/values/weight.ts';

/** Ten shares of SPY at 100 dollars, of a portfolio worth 10,000. */
function anOrder(stated: Partial<Submission> = {}): Submission {
  return { symbol: 'SPY', side: 'buy', quantity: shares('10'), arrival: usd('100'), limitPrice: usd('100.01'), ...stated };
}

function aGuard({ limits, ...stated }: Partial<Omit<SubmissionGuard, 'limits'>> & { limits?: Partial<SubmissionGuard['limits']> } = {}) {
  return {
    limits: { orderNotionalMax: usd('1000'), positionMax: WHOLE, ...limits },
    equity: usd('10000'),
    values: {},
    closes: {},
    ordersBefore: 0,
    buffer: 0n,
    ...stated,
  };
}

function seen(stated: Partial<SubmissionFacts> = {}): SubmissionFacts {
  return {
    collarBps: 20,
    equity: usd('10000'),
    spendable: usd('10000'),
    orders: 1,
    opposite: undefined,
    held: undefined,
    valueAfter: () => usd('1000'),
    ...stated,
  };
}

const LOSSES = { caution: percent('2%'), restricted: percent('3%'), stopped: percent('5%') };
const sell = anOrder({ side: 'sell', limitPrice: usd('99.99') });

describe('an order before it is sent', () => {
  it('passes at each of its limits', () => {
    const guard = aGuard({
      limits: {
        orderSharesMax: shares('10'),
        sessionOrdersMax: 4,
        positionMax: percent('10%'),
        groups: [{ name: 'us', of: ['SPY'], max: percent('10%') }],
        priceMoveMax: percent('0.01%'),
      },
      ordersBefore: 3,
      closes: { SPY: usd('100') },
    });
    expect(reviewSubmission(anOrder(), guard, seen({ spendable: usd('1000.10') }))).toBeUndefined();
  });

  it.each<[(typeof SUBMISSION_DENIAL_CODES)[number], Submission, ReturnType<typeof aGuard>, SubmissionFacts, Record<string, string>]>([
    [
      'breaker-stopped',
      sell,
      aGuard({ limits: { breaker: { drawdown: LOSSES } }, breaker: { level: 'normal', mark: usd('10000') } }),
      seen({ equity: usd('9500') }),
      { equity: '9500.00', drawdown: '5%', dayLoss: '0%' },
    ],
    [
      'breaker-restricted',
      anOrder(),
      aGuard({ limits: { breaker: { dayLoss: LOSSES } }, breaker: { level: 'normal', mark: usd('20000'), dayOpen: usd('10000') } }),
      seen({ equity: usd('9700') }),
      { equity: '9700.00', drawdown: '51.5%', dayLoss: '3%' },
    ],
    ['session-orders', sell, aGuard({ limits: { sessionOrdersMax: 3 }, ordersBefore: 3 }), seen(), { orders: '4', max: '3' }],
    ['order-notional-max', anOrder({ quantity: shares('10.00001') }), aGuard(), seen(), { notional: '1000.001', max: '1000.00' }],
    ['order-shares-max', sell, aGuard({ limits: { orderSharesMax: shares('9') } }), seen(), { shares: '10', max: '9' }],
    ['arrival-collar', anOrder({ limitPrice: usd('100.21') }), aGuard(), seen(), { limit: '100.21', arrival: '100.00', worst: '100.20' }],
    [
      'price-move',
      anOrder(),
      aGuard({ limits: { priceMoveMax: percent('25%') }, closes: { SPY: usd('80') } }),
      seen(),
      { limit: '100.01', close: '80.00', move: '25.0125%', max: '25%' },
    ],
    ['wash-trade', anOrder(), aGuard(), seen({ opposite: 'by-hand' }), { side: 'buy', openOrder: 'by-hand' }],
    [
      'position-max',
      anOrder(),
      aGuard({ limits: { positionMax: WHOLE, positionMaxOf: { SPY: percent('9.9999%') } } }),
      seen(),
      { weight: '10%', max: '9.9999%' },
    ],
    [
      'position-max',
      anOrder(),
      aGuard({ limits: { positionMax: percent('19%') } }),
      // Ten shares that somebody bought since the plan, and the ten of the order.
      seen({ held: shares('10') }),
      { weight: '20%', max: '19%' },
    ],
    [
      'group-max',
      anOrder(),
      aGuard({ limits: { groups: [{ name: 'us', of: ['SPY', 'QQQ'], max: percent('19%') }] } }),
      seen(),
      { group: 'us', weight: '20%', max: '19%' },
    ],
    [
      'margin-buffer',
      anOrder(),
      aGuard({ buffer: usd('50') }),
      seen({ spendable: usd('1000.09') }),
      { cost: '1000.10', spendable: '1000.09', buffer: '50.00' },
    ],
  ])('is denied as %s, with the figures', (code, order, guard, facts, figures) => {
    expect(reviewSubmission(order, guard, facts)).toEqual({ kind: 'denied', code, figures });
  });

  it('may sell under a restricted breaker, and in positions that have outgrown everything', () => {
    const guard = aGuard({
      limits: { positionMax: percent('1%'), groups: [{ name: 'us', of: ['SPY'], max: percent('1%') }], breaker: { dayLoss: LOSSES } },
      breaker: { level: 'restricted', mark: usd('10000') },
      buffer: usd('9000'),
    });
    expect(reviewSubmission(sell, guard, seen({ spendable: -usd('9000') }))).toBeUndefined();
    const cover = anOrder({ position: 'short' });
    expect(reviewSubmission(cover, guard, seen({ spendable: 0n }))).toBeUndefined();
  });

  it('is held to the worse of what stands and what is', () => {
    const guard = aGuard({ limits: { breaker: { drawdown: LOSSES } }, breaker: { level: 'restricted', mark: usd('10000') } });
    expect(reviewSubmission(anOrder(), guard, seen())).toMatchObject({ code: 'breaker-restricted' });
    const off = aGuard({ breaker: { level: 'restricted', mark: usd('10000') } });
    expect(reviewSubmission(anOrder(), off, seen({ equity: 1n }))).toMatchObject({ code: 'breaker-restricted' });
  });
});
