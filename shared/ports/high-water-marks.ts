import type { BreakerStanding } from '../core/risk/breaker.ts';

/**
 * What the breaker of each portfolio knows: its high-water mark, its level, and what a day's loss is measured against. Every
 * write is one conditional write, every read is strongly consistent. Methods throw `StoreError`.
 */
export interface HighWaterMarks {
  /** undefined before the first look. */
  read(portfolio: string): Promise<BreakerStanding | undefined>;
  /** Writes `after` if what is stored is still `before`; whoever looked at something else writes nothing. */
  move(portfolio: string, before: BreakerStanding | undefined, after: BreakerStanding): Promise<'moved' | 'stale'>;
}
