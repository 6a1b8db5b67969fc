// What a strategy must remember from one session to the next: plain numbers, so that a record holds them exactly.
import type { NewYorkDate } from '../../values/time.ts';

/** Named numbers of named things, mostly of symbols: what is held since when, at what price. */
export type Memory = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const NOTHING_REMEMBERED: Memory = {};

/** What a strategy knew after its last decision. The next one goes on from here. */
export interface StrategyState {
  /** The first session that was read: averages that never forget depend on it, so it stays from run to run. */
  readonly anchor: NewYorkDate;
  /** The session whose close was the last that it lived through. */
  readonly asOf: NewYorkDate;
  /** By the rule's own key: a rule whose parameters have changed begins without memory. */
  readonly memories: Readonly<Record<string, Memory>>;
}

/** @throws Error for a number that is not there: whatever a rule remembers, it has remembered whole. */
export function recalled(numbers: Readonly<Record<string, number>>, name: string): number {
  const number = numbers[name];
  if (number === undefined) throw new Error(`${name} was not remembered beside ${Object.keys(numbers).join(', ')}`);
  return number;
}
