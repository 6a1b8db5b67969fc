// What holds of two sessions whatever happened in them: what the records say is what the broker has, to the share, and nothing
// was traded twice.
import { expect } from 'vitest';
import type { KilledDay } from './killed-day-told.ts';

export function expectSafe({ runs, orders, cash }: KilledDay, what: string): void {
  const ids = orders.map((order) => order.split(' ')[0] ?? '');
  expect(new Set(ids).size, what).toBe(ids.length);
  expect(BigInt(cash) >= 0n, `${what}: cash is ${cash}`).toBe(true);
  expect(
    orders.filter((order) => !/ (?:filled|canceled|expired|rejected)$/.test(order)),
    what,
  ).toEqual([]);
  for (const { ending, trades } of runs) {
    // A trade that nobody made must not be why.
    expect(ending, what).not.toContain('unreconciled');
    for (const { symbol, quantity, filled, residual, code, orders: onRecord } of trades) {
      const run = onRecord[0]?.slice(0, 'pair_2019-03-14_'.length) ?? 'none';
      const atBroker = orders.filter((order) => order.startsWith(`${run}daily_${symbol}_`));
      expect(sumOf(atBroker) <= BigInt(quantity), `${what}: ${symbol} ${atBroker.join(', ')} of ${quantity}`).toBe(true);
      expect(`${BigInt(filled) + BigInt(residual)}`, `${what}: ${symbol}`).toBe(quantity);
      if (code !== 'unresolved') expect(`${sumOf(atBroker)}`, `${what}: ${symbol}`).toBe(filled);
    }
  }
}

function sumOf(orders: readonly string[]): bigint {
  return orders.reduce((sum, order) => sum + BigInt(order.split(' ')[1] ?? ''), 0n);
}
