// What a walk-forward is worth: its out-of-sample record, how sure that is after so many trials, what was kept of what the
// trainings promised, and whether choosing was better than not choosing.
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { maxDrawdown } from '../metrics/drawdowns.ts';
import { meanOf } from '../metrics/moments.ts';
import { cagr, ratio, sharpe, sortino, volatility } from '../metrics/ratios.ts';
import { yearsBetween } from '../metrics/years.ts';
import type { VariantRow } from '../sweep/run-variant.ts';
import { deflatedOf, type Trials } from '../validation/statistics/deflated-sharpe.ts';
import { probabilisticSharpe } from '../validation/statistics/probabilistic-sharpe.ts';
import { shapeOf } from '../validation/statistics/return-shape.ts';
import type { TrialCount } from '../validation/trials/trial-count.ts';
import { type ChoiceMetric, choiceScore, equityOf } from './choice-metric.ts';
import type { WalkedVariants } from './walk-variants.ts';

/** A year, parts of one; null where not defined. */
export interface RecordFigures {
  readonly cagr: number | null;
  readonly volatility: number | null;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  readonly calmar: number | null;
  readonly maxDrawdown: number | null;
}

export interface WalkFigures {
  readonly outOfSample: RecordFigures;
  readonly benchmark: RecordFigures | null;
  /** That the true Sharpe ratio is above zero, had nothing else been tried. */
  readonly probabilisticSharpe: number | null;
  /** That it is above what the best of so many trials would show by luck. */
  readonly deflatedSharpe: number | null;
  /** Different variants that were tried, of the hypothesis where one is named. */
  readonly trials: Trials & { readonly from: 'this walk' | 'ledger' };
  /**
   * Means of the folds in which both are defined, by the metric of the choice; kept: out of sample / in sample, where that is above 0.
   * A last test that is shorter than the others is not among them: a year's figure of two bars is any number.
   */
  readonly efficiency: { readonly inSample: number | null; readonly outOfSample: number | null; readonly kept: number | null };
  /** By the same metric on the same bars: the stitched record beside every tried variant, had one held it throughout. */
  readonly choosing: {
    readonly stitched: number | null;
    readonly median: number | null;
    readonly best: { readonly values: VariantRow['values']; readonly score: number } | null;
  };
  /** One-way, of all changes of choice. */
  readonly switches: { readonly count: number; readonly turnover: number; readonly cost: number };
}

/** @param benchmark its returns on the same bars. @param ledger what a ledger counts of the hypothesis, this walk included. */
export function walkFigures(
  walked: WalkedVariants,
  metric: ChoiceMetric,
  { benchmark, ledger }: { readonly benchmark: Float64Array | undefined; readonly ledger: TrialCount | undefined },
): WalkFigures {
  const { excess, returns, barsAYear, folds, throughout, rows } = walked;
  const shape = shapeOf(excess);
  const deflated = deflatedOf(excess, [...throughout.values()], {
    count: ledger?.variants ?? rows.length,
    variance: ledger?.variance ?? null,
  });
  const whole = Math.max(...folds.map(barsTested));
  const both = folds.filter((each) => barsTested(each) === whole && !Number.isNaN(each.inSample) && !Number.isNaN(each.outOfSample));
  const inSample = meanOf(Float64Array.from(both, (each) => each.inSample));
  const outOfSample = meanOf(Float64Array.from(both, (each) => each.outOfSample));
  const scoreOf = (record: Float64Array): number => choiceScore(metric, record, barsAYear);
  const scores = rows
    .map(({ place, values }) => ({ values, score: scoreOf(throughout.get(place) ?? NOTHING) }))
    .filter(({ score }) => !Number.isNaN(score))
    .sort((one, other) => other.score - one.score);
  const switched = folds.map((each) => each.switched);
  return {
    outOfSample: figuresOf(walked, returns, excess),
    benchmark: benchmark === undefined ? null : figuresOf(walked, benchmark, lessCash(benchmark, walked)),
    probabilisticSharpe: shape && probabilisticSharpe(shape, 0),
    deflatedSharpe: deflated.probability,
    trials: { from: ledger === undefined ? 'this walk' : 'ledger', ...deflated.trials },
    efficiency: { inSample, outOfSample, kept: ratio(outOfSample, inSample) },
    choosing: { stitched: orNull(scoreOf(excess)), median: medianOf(scores.map(({ score }) => score)), best: scores[0] ?? null },
    switches: {
      count: switched.filter(({ turnover }) => turnover > 0).length,
      turnover: switched.reduce((sum, { turnover }) => sum + turnover, 0),
      cost: switched.reduce((sum, { cost }) => sum + cost, 0),
    },
  };
}

function barsTested({ fold: { test } }: WalkedVariants['folds'][number]): number {
  return test.to - test.from;
}

/** A refused variant earned nothing that could be scored. */
const NOTHING = new Float64Array(0);

function figuresOf({ start, dates, barsAYear }: WalkedVariants, returns: Float64Array, excess: Float64Array): RecordFigures {
  const equity = equityOf(returns);
  const grown = cagr(equity.at(-1) ?? 1, yearsBetween(start, (dates.at(-1) ?? start) as NewYorkDate));
  const deepest = maxDrawdown(equity, 1);
  return {
    cagr: grown,
    volatility: volatility(returns, barsAYear),
    sharpe: sharpe(excess, 0, barsAYear),
    sortino: sortino(excess, 0, barsAYear),
    calmar: ratio(grown, deepest),
    maxDrawdown: deepest,
  };
}

function lessCash(benchmark: Float64Array, { returns, excess }: WalkedVariants): Float64Array {
  return benchmark.map((earned, bar) => earned - ((returns[bar] as number) - (excess[bar] as number)));
}

/** @param descending or ascending. */
function medianOf(sorted: readonly number[]): number | null {
  if (sorted.length === 0) return null;
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[half] as number) : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}

export function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
