// Variants over all cores. What comes back depends on nothing but the variant; only the order depends on the workers.
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { BacktestOptions } from '../backtest/backtest-options.ts';
import type { PriceTable } from '../backtest/price-table.ts';
import type { AroundVariant } from './count-variants.ts';
import type { RanVariant, SweptKind, VariantRow } from './run-variant.ts';
import { sharedPrices } from './shared-prices.ts';
import type { Variant } from './vary.ts';

/** What every worker is given once. */
export interface SweepWork {
  readonly kind: SweptKind;
  readonly prices: PriceTable;
  readonly options: BacktestOptions;
}

export interface Sweep extends SweepWork {
  readonly variant: (place: number) => Variant;
  /** The variants that are still to be run. */
  readonly places: readonly number[];
  readonly workers: number;
  /** Such as counting it as a trial; left out, nothing. */
  readonly around?: AroundVariant;
  /** Once for each variant, as it ends: where it is written down. */
  readonly onRow: (row: VariantRow) => void;
  /** Asked before each variant: what is under way is finished, the rest is left. */
  readonly isStopped: () => boolean;
}

/** A worker that has ended one finds the next waiting. */
const WAITING = 2;

export async function runSweep({
  variant,
  places,
  workers,
  around = async (_, run) => run(),
  onRow,
  isStopped,
  ...work
}: Sweep): Promise<'finished' | 'stopped'> {
  const pool = new Piscina<Variant, RanVariant>({
    filename: fileURLToPath(new URL('sweep-worker.ts', import.meta.url)),
    name: 'work',
    minThreads: workers,
    maxThreads: workers,
    workerData: { ...work, prices: sharedPrices(work.prices) } satisfies SweepWork,
  });
  let next = 0;
  let failed: { readonly cause: unknown } | undefined;
  const lane = async (): Promise<void> => {
    while (next < places.length && failed === undefined && !isStopped()) {
      const place = places[next++] as number;
      try {
        const made = variant(place);
        onRow((await around(made, () => pool.run(made))).row);
      } catch (cause) {
        failed ??= { cause };
      }
    }
  };
  // To the end of what is under way, also after a failure: an answer that nobody waits for any more would end the program.
  await Promise.all(Array.from({ length: workers * WAITING }, lane));
  await pool.destroy();
  if (failed !== undefined) throw failed.cause;
  return next < places.length ? 'stopped' : 'finished';
}
