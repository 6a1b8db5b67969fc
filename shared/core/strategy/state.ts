// What one decision of a strategy leaves for the next.
import type { NewYorkDate } from '../values/time.ts';
import type { ExitState } from './exits/exit-memory.ts';
import type { Memory } from './ready-made/memory.ts';
import type { TargetWeights } from './weights.ts';

/** What a strategy knew after its last decision. The next one goes on from here. */
export interface StrategyState {
  /** The first session that was read: averages that never forget depend on it, so it stays from run to run. */
  readonly anchor: NewYorkDate;
  /**
   * The session whose close was the last that it lived through; on live quotes, the session whose quotes were. That
   * session is not lived through again with its close.
   */
  readonly asOf: NewYorkDate;
  /** By the rule's own key: a rule whose parameters have changed begins without memory. */
  readonly memories: Readonly<Record<string, Memory>>;
  /**
   * By symbol, where the last session was one of live quotes and anything is remembered. That session's own close was
   * never seen, so what is remembered in prices is rescaled by the close before it.
   */
  readonly quoted?: Quotes;
  /** Absent where the strategy takes its new weights in every run and counts no turnover. */
  readonly rebalanced?: Rebalanced;
  /**
   * Absent where the sleeve has no protective exits. Lived through up to a session of its own: where the rest waits for its
   * period, it goes on; and it goes on from the last decision that was traded, or had nothing to trade.
   */
  readonly exits?: ExitState;
}

/** A session of live quotes, by symbol: the mid that stood for its close, and the last close before it. */
export type Quotes = Readonly<Record<string, { readonly mid: number; readonly before: number }>>;

/** The last time that a strategy took its new weights. */
export interface Rebalanced {
  /** The session in which they were traded. */
  readonly on: NewYorkDate;
  readonly targets: TargetWeights;
  /** Which branches were taken and which candidates chosen: `Evaluation.branches`. */
  readonly branches: string;
  /** Which strategy this was: `identityOf` its tree. Of another one, nothing is known. */
  readonly strategy: string;
}
