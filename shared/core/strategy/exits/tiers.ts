// Adding to a position that gains, in tiers: what the file says of them, and what is remembered of those that were taken.
import type { Ppm } from '../../values/weight.ts';

export interface Tier {
  /** Since the entry; rising from tier to tier. */
  readonly gain: Ppm;
  /** A part of the weight that the position began with; falling from tier to tier. */
  readonly add: Ppm;
}

export interface Tiers {
  readonly steps: readonly Tier[];
  /** By symbol: the most that it may be of the sleeve with all that is added; of any other symbol nothing is added. */
  readonly caps: Readonly<Record<string, Ppm>>;
}

/** What was decided at once: a weight of the sleeve, and the close that decided. The first is the entry. */
export interface Tranche {
  readonly weight: Ppm;
  readonly close: number;
}

/** A tier that this run adds. */
export interface Add {
  readonly symbol: string;
  /** Counted from 1. */
  readonly tier: number;
  readonly weight: Ppm;
  readonly close: number;
  /** Of the whole position from now on. */
  readonly stop: number;
}
