// Closes made for one purpose, so that what a strategy makes of them is known beforehand.
import type { History } from '../../shared/core/strategy/history.ts';
import { dateAt, FIRST_CLOSE } from '../builders/strategy.ts';

/** So many closes from 100 on that earn these returns, in percent, over and over. */
export function closesOf(count: number, ...percents: readonly number[]): number[] {
  const closes = [100];
  while (closes.length < count) {
    const percent = percents[(closes.length - 1) % percents.length] ?? 0;
    closes.push((closes.at(-1) ?? 0) * (1 + percent / 100));
  }
  return closes;
}

/** Ends on the same last day, however many closes each symbol has. */
export function endingTogether(closes: Readonly<Record<string, readonly number[]>>): History {
  const days = Math.max(0, ...Object.values(closes).map(({ length }) => length));
  const columns = Object.entries(closes).map(([symbol, each]) => ({
    symbol,
    dates: each.map((_, place) => dateAt(days - each.length + place)),
    closes: each,
  }));
  return { anchor: FIRST_CLOSE, columns };
}

/** A walk without aim, the same for the same seed: steps of up to 2 % either way. */
export function wander(count: number, seed: number): number[] {
  let state = seed;
  const closes = [100];
  while (closes.length < count) {
    // Park and Miller's generator: exact in doubles.
    state = (state * 48_271) % 2_147_483_647;
    closes.push((closes.at(-1) ?? 0) * (0.98 + 0.04 * (state / 2_147_483_647)));
  }
  return closes;
}
