// High-water marks in memory.
import { type BreakerStanding, isSameStanding } from '../../core/risk/breaker.ts';
import type { HighWaterMarks } from '../../ports/high-water-marks.ts';

export class MemoryHighWaterMarks implements HighWaterMarks {
  readonly #standings = new Map<string, BreakerStanding>();

  async read(portfolio: string): Promise<BreakerStanding | undefined> {
    return this.#standings.get(portfolio);
  }

  async move(portfolio: string, before: BreakerStanding | undefined, after: BreakerStanding): Promise<'moved' | 'stale'> {
    if (!isSameStanding(this.#standings.get(portfolio), before)) return 'stale';
    this.#standings.set(portfolio, after);
    return 'moved';
  }
}
