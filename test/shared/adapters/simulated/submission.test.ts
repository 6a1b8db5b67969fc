import { describe, expect, it } from 'vitest';
import { type RefusalCode, refuse } from '../../../../exchange/matching/refusal.ts';
import { refusalAnswer } from '../../../../exchange/trading/refusal-answer.ts';
import { draftOf, submissionResult } from '../../../../shared/adapters/simulated/submission.ts';
import type { OrderIntent } from '../../../../shared/core/execution/order.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';

/** What a submission of ours makes of each refusal; `never` for those that it cannot meet. */
const MEANINGS: Readonly<Record<RefusalCode, 'duplicate' | 'rejected' | 'never'>> = {
  'client-order-id-taken': 'duplicate',
  'account-blocked': 'rejected',
  'trading-suspended': 'rejected',
  'asset-not-found': 'rejected',
  'asset-not-tradable': 'rejected',
  'asset-not-fractionable': 'rejected',
  'fractional-trading-off': 'rejected',
  'fractional-not-day': 'rejected',
  'auction-closed': 'rejected',
  'price-unknown': 'rejected',
  'cost-below-minimum': 'rejected',
  'wash-trade': 'rejected',
  'buying-power': 'rejected',
  'quantity-unavailable': 'rejected',
  'fractional-short': 'rejected',
  'shorting-off': 'rejected',
  'asset-not-shortable': 'rejected',
  'long-buy-open': 'rejected',
  'short-sell-open': 'rejected',
  'sub-penny-price': 'never',
  'notional-decimals': 'never',
  'notional-not-market': 'never',
  'extended-hours-not-limit': 'never',
  'order-not-found': 'never',
  'order-terminal': 'never',
  'order-not-replaceable': 'never',
  'notional-not-replaceable': 'never',
  'order-unchanged': 'never',
  'position-not-found': 'never',
};
const CODES = Object.keys(MEANINGS) as RefusalCode[];

const FIGURES = { symbol: 'SPY', requested: '5', available: '2', existing: '4', held: '2', buyingPower: '1.00', costBasis: '2.00' };
const AT = Date.UTC(2019, 5, 12, 14, 30);

describe('the answer to a submission', () => {
  it.each(CODES.filter((code) => MEANINGS[code] === 'rejected'))('names %s with the code and the words of the answer over HTTP', (code) => {
    const refusal = refuse(code, FIGURES);
    const { body } = refusalAnswer(refusal);
    expect(submissionResult(refusal)).toEqual({ kind: 'rejected', code: `${body.code}`, message: body.message });
  });

  it('is a duplicate when the client order id was used before', () => {
    expect(submissionResult(refuse('client-order-id-taken'))).toEqual({ kind: 'duplicate' });
  });

  it.each(CODES.filter((code) => MEANINGS[code] === 'never'))('is a broken assumption when it is %s', (code) => {
    expect(() => submissionResult(refuse(code, FIGURES))).toThrow(code);
  });
});

describe('an intent', () => {
  it('becomes a limit order of regular hours', () => {
    expect(draftOf(intent(), AT)).toEqual({
      clientOrderId: 'an-order',
      symbol: 'SPY',
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      quantity: 1_500_000_000n,
      limitPrice: 290_120_000n,
      extendedHours: false,
    });
  });

  it.each([
    ['no quantity', { quantity: 0n }],
    ['less than no quantity', { quantity: -1n }],
    ['no price', { limitPrice: 0n }],
    ['a price below nothing', { limitPrice: -usd('1') }],
    ['a price between two cents', { limitPrice: usd('290.125') }],
    ['a price below a dollar that is finer than its grid', { limitPrice: usd('0.50005') }],
    ['no client order id', { clientOrderId: '' }],
    ['a client order id that is too long', { clientOrderId: 'x'.repeat(129) }],
  ])('with %s is not sent', (_, part) => {
    expect(() => draftOf(intent(part), AT)).toThrow(RangeError);
  });

  it('may have a price of hundredths of a cent below a dollar', () => {
    expect(draftOf(intent({ limitPrice: usd('0.5001') }), AT).limitPrice).toBe(500_100n);
  });
});

function intent(part: Partial<OrderIntent> = {}): OrderIntent {
  const whole = { clientOrderId: 'an-order', symbol: 'SPY', side: 'buy', quantity: shares('1.5'), limitPrice: usd('290.12') } as const;
  return { ...whole, timeInForce: 'day', ...part };
}
