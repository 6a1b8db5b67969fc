// When a portfolio is looked at, in the words of its file.
import type { RebalanceBand } from '../values/band.ts';
import type { Period } from './period.ts';

/** `close-25m` is `{ anchor: 'close', offsetMinutes: -25 }`. */
export interface Slot {
  readonly anchor: 'open' | 'close';
  /** Minutes after the anchor; negative before it. */
  readonly offsetMinutes: number;
}

export type Frequency = 'day' | Period;

export interface Schedule {
  readonly name: string;
  readonly at: Slot;
  readonly every: Frequency;
  /** Which session of the week, month, quarter or year; meaningless for `day`. */
  readonly on: 'first' | 'last';
  readonly band: RebalanceBand;
  /** The plan is held until its owner says yes. */
  readonly approve: boolean;
}
