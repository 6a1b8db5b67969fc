// Threads that are given their work once, and then one variant after another. What they make of it is not known here.
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { BacktestOptions } from '../backtest/backtest-options.ts';
import type { PriceTable } from '../backtest/price-table.ts';
import type { SweptKind } from './run-variant.ts';
import { sharedPrices } from './shared-prices.ts';
import type { Variant } from './vary.ts';

/** What every worker is given once. */
export interface SweepWork {
  readonly kind: SweptKind;
  readonly prices: PriceTable;
  readonly options: BacktestOptions;
}

export interface VariantPool<Answer> {
  /** Variants that may be handed in at a time. */
  readonly lanes: number;
  run(variant: Variant): Promise<Answer>;
  /** Asked when nothing is under way: what is would have no answer. */
  close(): Promise<void>;
}

/** A worker that has ended one finds the next waiting. */
const WAITING = 2;

/** @param thread a file that finds the work as its data and exports `work`, which takes a variant. */
export function openPool<Work extends SweepWork, Answer>(thread: URL, work: Work, workers: number): VariantPool<Answer> {
  const pool = new Piscina<Variant, Answer>({
    filename: fileURLToPath(thread),
    name: 'work',
    minThreads: workers,
    maxThreads: workers,
    workerData: { ...work, prices: sharedPrices(work.prices) } satisfies SweepWork,
  });
  return { lanes: workers * WAITING, run: (variant) => pool.run(variant), close: () => pool.destroy() };
}
