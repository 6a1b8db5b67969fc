// What can be said of a full backtest: only what a real exchange would do differently.
import type { NewYorkDate } from '../../shared/core/values/time.ts';

export interface FullOptions {
  /** The first session with a run; left out: the first whose decision is defined. */
  readonly from?: NewYorkDate;
  /** The last bar; left out: the last of the prices. */
  readonly to?: NewYorkDate;
  /** At the start, in dollars, to the cent. */
  readonly equity: number;
  /** Half of what bid and ask are apart, in parts of the price; rounded outward to the tick. */
  readonly halfSpreadBps: number;
  /** The fees of regulators by trade date, rounded up to a cent a day and kind as a broker does; or none. */
  readonly fees: 'dated' | 'none';
  /** Left out: as the portfolio says. */
  readonly settlement?: 'immediate' | 'settled-only';
  /** How many fills of a million are partial, and which by what seed. */
  readonly partialFillPpm: number;
  readonly seed: number;
}

/** As the local exchange: every tenth fill is partial. */
export const USUAL_FULL = { partialFillPpm: 100_000, seed: 1 } as const;
