// When a position of a sleeve is ended whatever its strategy says, and when the strategy may take it again.
import type { Ppm } from '../../values/weight.ts';
import type { Tiers } from './tiers.ts';

export interface ExitRules {
  /** Loss since the entry. */
  readonly stopLoss?: Ppm;
  /** Fall from the best close since the entry: the highest of a long position, the lowest of a short one. */
  readonly trailing?: Ppm;
  /** Gain since the entry. */
  readonly takeProfit?: Ppm;
  /** Closes of the symbol since the entry. */
  readonly sessions?: number;
  /**
   * `when-target-returns`: once the strategy itself has let go of the symbol. `next-period`: in the first run of a later
   * period of the sleeve's rebalance rule.
   */
  readonly reEnter: ReEnter;
  /** What is added to a position that gains; only beside a stop. */
  readonly tiers?: Tiers;
}

export const RE_ENTER = ['when-target-returns', 'next-period'] as const;
export type ReEnter = (typeof RE_ENTER)[number];

/** In the order in which they are asked: the first that is touched is the reason. */
export const EXIT_REASONS = ['stop-loss', 'trailing', 'take-profit', 'sessions'] as const;
export type ExitReason = (typeof EXIT_REASONS)[number];
