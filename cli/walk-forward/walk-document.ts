// What `walk-forward --json` prints, and walk-forward.json holds.
import type { PriceWarning } from '../../research/backtest/price-warnings.ts';
import type { VariantRow } from '../../research/sweep/run-variant.ts';
import type { Vary } from '../../research/sweep/vary.ts';
import type { FoldRule } from '../../research/validation/walk-forward/folds.ts';
import type { ParameterStability } from '../../research/validation/walk-forward/parameter-stability.ts';
import type { Candidate } from '../../research/validation/walk-forward/search.ts';
import type { ChoiceMetric } from '../../research/walk-forward/choice-metric.ts';
import type { Switched } from '../../research/walk-forward/switch-cost.ts';
import { orNull, type WalkFigures } from '../../research/walk-forward/walk-figures.ts';
import type { WalkedVariants } from '../../research/walk-forward/walk-variants.ts';
import type { SearchSettings } from './asked-walk.ts';

export interface WalkDocument extends WalkFigures {
  readonly file: string;
  /** Hash of everything that it comes from. */
  readonly walk: string;
  readonly first: string;
  readonly last: string;
  readonly barsAYear: number;
  readonly metric: ChoiceMetric;
  readonly search: SearchSettings;
  /** Bars; lookback: how far back the variants look. */
  readonly rule: FoldRule & { readonly lookback: number };
  readonly varies: readonly Vary[];
  readonly hypothesis: string | null;
  readonly benchmarkSymbol: string | null;
  /** How often a variant was scored on a training; variants that were refused, with the reason. */
  readonly evaluations: number;
  readonly refused: readonly { readonly values: Candidate; readonly detail: string }[];
  /** Of the prices; what each variant would be warned of is not told. */
  readonly warnings: readonly PriceWarning[];
  readonly folds: readonly FoldDocument[];
  readonly stability: readonly ParameterStability[];
}

export interface FoldDocument {
  readonly training: { readonly first: string; readonly last: string };
  readonly test: { readonly first: string; readonly last: string };
  /** Null where no variant had a score: the test is spent in cash. */
  readonly chosen: Candidate | null;
  /** SHA-256 of its text. */
  readonly variant: string | null;
  /** By the metric; null where not defined. */
  readonly inSample: number | null;
  readonly outOfSample: number | null;
  readonly tried: number;
  readonly switched: Switched;
  /** Mean score of those that were tried one step of one parameter away from the chosen; null without any. */
  readonly neighbours: number | null;
  /** The chosen is more than two deviations above the mean of all that were tried. */
  readonly isSharpPeak: boolean;
}

export function foldDocuments({ folds, rows }: WalkedVariants): readonly FoldDocument[] {
  return folds.map(({ fold, chosen, inSample, outOfSample, searched, switched, sensitivity }) => {
    return {
      training: { first: fold.training.firstDate, last: fold.training.lastDate },
      test: { first: fold.test.firstDate, last: fold.test.lastDate },
      chosen: chosen ?? null,
      variant: chosen === undefined ? null : (rowOf(rows, chosen)?.variant ?? null),
      inSample: orNull(inSample),
      outOfSample: orNull(outOfSample),
      tried: searched.tried.length,
      switched,
      neighbours: sensitivity?.neighbourMean ?? null,
      isSharpPeak: sensitivity?.isSharpPeak ?? false,
    };
  });
}

export function refusedVariants(rows: readonly VariantRow[]): WalkDocument['refused'] {
  return rows.flatMap(({ values, outcome }) => (outcome.kind === 'refused' ? [{ values, detail: outcome.detail }] : []));
}

function rowOf(rows: readonly VariantRow[], chosen: Candidate): VariantRow | undefined {
  return rows.find(({ values }) => Object.entries(chosen).every(([path, value]) => values[path] === value));
}
