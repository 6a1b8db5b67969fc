import { describe, expect, it } from 'vitest';
import { aMarket, at, step } from '../a-market.ts';
import { aBook, buy, limit } from './a-book.ts';

/** 99.99/100.01 until the moment, a dollar higher from it on: the last trade is the mid of either. */
function rising(moment: number) {
  return aMarket({ SPY: step(moment, ['99.99', '100.01'], ['100.99', '101.01']) });
}

describe('an order for the closing auction', () => {
  const CLOSE = at('2026-11-20', '16:00:00');

  it('does not trade before the close, and then at its price', () => {
    const { place, look, moveTo } = aBook({ market: rising(CLOSE) });
    const order = place(buy('SPY', '10', { timeInForce: 'cls', ...limit('102') }));
    moveTo(CLOSE - 1);
    expect(look(order)).toMatchObject({ status: 'new', filledQuantity: 0n });
    moveTo(CLOSE);
    // 10 shares at 101.00, in micro-dollars times nano-shares.
    expect(look(order)).toMatchObject({ status: 'filled', filledValue: 101_000_000n * 10_000_000_000n });
  });

  it('is canceled when the auction does not reach its limit', () => {
    const { place, look, moveTo } = aBook({ market: rising(CLOSE) });
    const order = place(buy('SPY', '10', { timeInForce: 'cls', ...limit('100.99') }));
    moveTo(CLOSE);
    expect(look(order)).toMatchObject({ status: 'canceled', filledQuantity: 0n });
  });

  it('is canceled when its symbol is halted', () => {
    const { faults, place, look, moveTo } = aBook();
    faults.arm({ kind: 'halt', symbol: 'SPY' });
    const order = place(buy('SPY', '10', { timeInForce: 'cls' }));
    moveTo(CLOSE);
    expect(look(order)).toMatchObject({ status: 'canceled', filledQuantity: 0n });
  });

  it('loses what the auction left of it', () => {
    const { faults, place, look, moveTo } = aBook();
    faults.arm({ kind: 'partial-fill', symbol: 'SPY' });
    const order = place(buy('SPY', '10', { timeInForce: 'cls' }));
    moveTo(CLOSE);
    expect(look(order)).toMatchObject({ status: 'canceled', filledQuantity: 5_000_000_000n });
  });

  it('fills once, however time is cut up', () => {
    const whole = aBook();
    const cut = aBook();
    const atOnce = whole.place(buy('TLT', '3', { timeInForce: 'cls' }));
    const inSteps = cut.place(buy('TLT', '3', { timeInForce: 'cls' }));
    whole.moveTo(CLOSE + 60_000);
    for (let moment = at('2026-11-20', '15:58:30'); moment <= CLOSE + 60_000; moment += 777) cut.moveTo(moment);
    cut.moveTo(CLOSE + 60_000);
    expect(whole.look(atOnce)).toEqual(cut.look(inSteps));
    expect(whole.look(atOnce).status).toBe('filled');
  });

  it.each([
    ['15:49:59', 'taken'],
    ['15:50:00', 'auction-closed'],
    ['18:59:59', 'auction-closed'],
    ['19:00:00', 'taken'],
  ])('sent at %s New York time is %s', (time, expected) => {
    const answer = aBook({ from: at('2026-11-20', time) }).submit(buy('SPY', '10', { timeInForce: 'cls' }));
    expect('kind' in answer ? answer.code : 'taken').toBe(expected);
  });

  it('has its last call ten minutes before an early close', () => {
    const late = aBook({ from: at('2026-11-27', '12:50:00') }).submit(buy('SPY', '10', { timeInForce: 'cls' }));
    expect(late).toMatchObject({ kind: 'refusal', code: 'auction-closed' });
    const early = aBook({ from: at('2026-11-27', '12:49:59') });
    const order = early.place(buy('SPY', '10', { timeInForce: 'cls' }));
    early.moveTo(at('2026-11-27', '13:00:00'));
    expect(early.look(order).status).toBe('filled');
  });

  it('sent in the evening is for the next session', () => {
    const { place, look, moveTo } = aBook({ from: at('2026-11-20', '19:30:00') });
    const order = place(buy('SPY', '10', { timeInForce: 'cls' }));
    expect(order.workingDate).toBe('2026-11-23');
    moveTo(at('2026-11-23', '15:59:59'));
    expect(look(order).filledQuantity).toBe(0n);
    moveTo(at('2026-11-23', '16:00:00'));
    expect(look(order).status).toBe('filled');
  });

  it('is of whole shares', () => {
    expect(aBook().submit(buy('SPY', '1.5', { timeInForce: 'cls' }))).toMatchObject({ code: 'fractional-not-day' });
  });
});

describe('an order for the opening auction', () => {
  const OPEN = at('2026-11-23', '09:30:00');

  it('trades at the open of its session, and is canceled there where it does not', () => {
    const { place, look, moveTo } = aBook({ from: at('2026-11-20', '19:00:00'), market: rising(OPEN) });
    const taken = place(buy('SPY', '10', { timeInForce: 'opg', ...limit('101') }));
    const left = place(buy('SPY', '10', { timeInForce: 'opg', ...limit('100.98') }));
    moveTo(OPEN - 1);
    expect([look(taken), look(left)].map(({ status }) => status)).toEqual(['new', 'new']);
    moveTo(OPEN);
    expect([look(taken), look(left)].map(({ status }) => status)).toEqual(['filled', 'canceled']);
  });

  it.each([
    ['2026-11-20', '10:00:00', 'auction-closed'],
    ['2026-11-20', '19:00:00', 'taken'],
    ['2026-11-21', '12:00:00', 'taken'],
    ['2026-11-23', '09:27:59', 'taken'],
    ['2026-11-23', '09:28:00', 'auction-closed'],
  ] as const)('sent on %s at %s is %s', (date, time, expected) => {
    const answer = aBook({ from: at(date, time) }).submit(buy('SPY', '10', { timeInForce: 'opg' }));
    expect('kind' in answer ? answer.code : 'taken').toBe(expected);
  });
});
