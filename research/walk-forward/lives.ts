// Lives of variants over all cores, each lived and counted once, however often and by however many folds it is asked for.
import type { AroundVariant } from '../sweep/count-variants.ts';
import type { VariantRow } from '../sweep/run-variant.ts';
import { openPool, type SweepWork } from '../sweep/variant-pool.ts';
import type { Variant } from '../sweep/vary.ts';
import type { Axis, LivedVariant, VariantLife } from './live-variant.ts';

/** What every worker is given once. */
export interface LifeWork extends SweepWork {
  readonly axis: Axis;
}

export interface LivesWanted extends LifeWork {
  readonly variant: (place: number) => Variant;
  readonly workers: number;
  /** Such as counting it as a trial; left out, nothing. */
  readonly around?: AroundVariant;
  /** Once for each variant, as it ends. */
  readonly onRow: (row: VariantRow) => void;
  /** Asked before each variant: what is under way is finished, the rest is not begun. */
  readonly isStopped: () => boolean;
}

export interface Lives {
  /** @throws Stopped, TrialRefused; whatever stopped an earlier one. */
  lifeOf(place: number): Promise<VariantLife | undefined>;
  /** By place, ascending. */
  rows(): readonly VariantRow[];
  /** When everything that was begun has ended. */
  close(): Promise<void>;
}

/** Nobody wants the rest. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

export function openLives({ variant, workers, around = async (_, run) => run(), onRow, isStopped, ...work }: LivesWanted): Lives {
  const { kind, prices, options, axis } = work;
  const pool = openPool<LifeWork, LivedVariant>(new URL('life-worker.ts', import.meta.url), { kind, prices, options, axis }, workers);
  const lives = new Map<number, Promise<VariantLife | undefined>>();
  const rows: VariantRow[] = [];
  const underWay = new Set<Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let free = pool.lanes;
  let failed: { readonly cause: unknown } | undefined;

  const live = async (place: number): Promise<VariantLife | undefined> => {
    if (free === 0) await new Promise<void>((resolve) => void waiting.push(resolve));
    else free -= 1;
    try {
      if (failed !== undefined) throw failed.cause;
      if (isStopped()) throw new Stopped('stopped before all variants were lived');
      const made = variant(place);
      let lived: LivedVariant | undefined;
      const { row } = await around(made, async () => (lived = await pool.run(made)));
      rows.push(row);
      onRow(row);
      return lived?.life;
    } catch (cause) {
      // One that may not be tried, or that broke, ends the search: nothing is begun after it.
      failed ??= { cause };
      throw cause;
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };

  return {
    lifeOf(place) {
      const known = lives.get(place) ?? live(place);
      lives.set(place, known);
      underWay.add(known);
      return known;
    },
    rows: () => rows.toSorted((one, other) => one.place - other.place),
    async close() {
      await Promise.allSettled(underWay);
      await pool.close();
    },
  };
}
