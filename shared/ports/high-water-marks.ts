import type { MicroUsd } from '../core/values/money.ts';

/** The highest equity a portfolio has had. It only ever rises, whoever writes in whatever order. */
export interface HighWaterMarks {
  read(portfolio: string): Promise<MicroUsd | undefined>;
  /** Keeps the larger of the stored and the given mark, and answers it. */
  raise(portfolio: string, equity: MicroUsd): Promise<MicroUsd>;
}
