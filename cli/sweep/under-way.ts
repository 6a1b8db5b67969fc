// A sweep that was read and begun to be written down, as either way of running it is given it.
import type { SweptKind, VariantRow } from '../../research/sweep/run-variant.ts';
import type { SweepInputs } from '../../research/sweep/sweep-log.ts';
import type { Variant } from '../../research/sweep/vary.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import type { CountedVariants } from './counted-variants.ts';

export interface SweepUnderWay {
  readonly kind: SweptKind;
  readonly inputs: SweepInputs;
  readonly identity: ContentHash;
  readonly variant: (place: number) => Variant;
  readonly count: number;
  /** Those whose rows are not here. */
  readonly places: readonly number[];
  readonly counted: CountedVariants | undefined;
  /** At a time; left out, as many as suits. */
  readonly workers?: number;
  readonly onRow: (row: VariantRow) => void;
}
