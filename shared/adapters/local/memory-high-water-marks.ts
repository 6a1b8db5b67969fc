// High-water marks in memory.
import type { MicroUsd } from '../../core/values/money.ts';
import type { HighWaterMarks } from '../../ports/high-water-marks.ts';

export class MemoryHighWaterMarks implements HighWaterMarks {
  readonly #marks = new Map<string, MicroUsd>();

  async read(portfolio: string): Promise<MicroUsd | undefined> {
    return this.#marks.get(portfolio);
  }

  async raise(portfolio: string, equity: MicroUsd): Promise<MicroUsd> {
    const standing = this.#marks.get(portfolio);
    if (standing !== undefined && standing >= equity) return standing;
    this.#marks.set(portfolio, equity);
    return equity;
  }
}
