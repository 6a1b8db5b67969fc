// What a family of variants says of the one that was chosen from it: whether the best of so many is more than the best of luck, and
// whether its neighbours are as good. Pure.
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { barsAYearOf, excessOf } from '../../metrics/ratios.ts';
import { type SettingFigures, settingFigures } from '../../metrics/setting-figures.ts';
import type { VaryAroundOwn } from '../../sweep/around-own.ts';
import type { Variant } from '../../sweep/vary.ts';
import { seededChance } from '../statistics/chance.ts';
import { deflatedOf, minimumBacktestYears } from '../statistics/deflated-sharpe.ts';
import { adjustedForFamily } from '../statistics/false-discovery.ts';
import { type Overfitting, overfittingOf } from '../statistics/overfitting.ts';
import { probabilisticSharpe } from '../statistics/probabilistic-sharpe.ts';
import { shapeOf, sharpeOf } from '../statistics/return-shape.ts';
import type { SuperiorP } from '../statistics/superior-ability.ts';
import { superiorFamily } from '../statistics/superior-family.ts';
import { OVERFITTING_BARS_MIN } from '../thresholds.ts';
import type { TrialCount } from '../trials/trial-count.ts';
import { type ParameterSensitivity, parameterSensitivity } from '../walk-forward/parameter-sensitivity.ts';
import type { LivedFamily } from './live-family.ts';

/** A variant on the bars that all have. */
export interface FamilyMember extends SettingFigures {
  readonly values: Variant['values'];
  readonly isOwn: boolean;
  /** That so much beyond the benchmark (beyond cash, where there is none) is luck, were it the only one; null where undefined. */
  readonly p: number | null;
  /** The same with false discoveries held off: it may be believed at the rate q where this is at most q. */
  readonly adjustedP: number | null;
}

export interface FamilyValidation {
  readonly varied: readonly VaryAroundOwn[];
  /** Every variant, the refused ones too. */
  readonly variants: number;
  /** The N of the deflated Sharpe ratio: those, or all of the hypothesis that its ledger has, if they are more. */
  readonly trials: { readonly count: number; readonly by: 'ledger' | 'family' };
  /** How many independent ones they are worth: the luck of so many is the least that is asked for. */
  readonly effective: number;
  readonly start: NewYorkDate;
  readonly bars: number;
  readonly members: readonly FamilyMember[];
  readonly refused: LivedFamily['refused'];
  /** What the best of so many worthless variants is expected to show, a year. */
  readonly luckySharpe: number;
  /** Years of record up to which the best of so many worthless ones is expected to show the file's own Sharpe ratio; null where that is not above 0. */
  readonly minimumBacktestYears: number | null;
  /** Of the file's own record. */
  readonly deflatedSharpe: number | null;
  /** PBO; null for fewer than two different variants, or bars too few to be cut into blocks. The intercept is a year's, as other Sharpe ratios. */
  readonly overfitting: Omit<Overfitting, 'variants'> | null;
  /** Hansen's SPA and White's Reality Check of all against the benchmark; null without one. */
  readonly superiorP: SuperiorP | null;
  readonly realityCheckP: number | null;
  /** By annual Sharpe ratios. */
  readonly neighbours: readonly Neighbours[];
  readonly neighbourMean: number | null;
  readonly peak: Peak | null;
}

/** One step of one path away from the file, all else as it is; null where there is none. */
export interface Neighbours {
  readonly path: string;
  readonly own: string;
  readonly below: { readonly value: string; readonly sharpe: number | null } | null;
  readonly above: { readonly value: string; readonly sharpe: number | null } | null;
}

interface Peak {
  readonly values: ParameterSensitivity['best']['candidate'];
  readonly sharpe: number;
  readonly neighbourMean: number | null;
  /** More than two deviations above the mean of all. Null for fewer than six: of five none can be. */
  readonly isSharp: boolean | null;
}

/** Of n values none is more than √(n − 1) deviations from their mean. */
const PEAK_TOLD_FROM = 6;

interface FamilyBeside {
  /** The file's own record less cash, on bars of its own. */
  readonly excess: Float64Array;
  /** On the bars of the family. */
  readonly benchmark: Float64Array | undefined;
  /** What the trial ledger has of the hypothesis, these variants too; undefined where nobody counts. */
  readonly counted: Pick<TrialCount, 'variants' | 'variance'> | undefined;
}

export function validateFamily(
  varied: readonly VaryAroundOwn[],
  family: LivedFamily,
  { excess, benchmark, counted }: FamilyBeside,
  { seed, samples }: { readonly seed: number; readonly samples: number },
): FamilyValidation {
  const { start, dates, riskFree, lived, refused } = family;
  const root = Math.sqrt(barsAYearOf(dates.length, start, dates.at(-1) ?? start) ?? Number.NaN);
  const columns = lived.map(({ returns }) => excessOf(returns, riskFree));
  const beyond = benchmark === undefined ? columns : lived.map(({ returns }) => excessOf(returns, benchmark));
  const variants = lived.length + refused.length;
  const deflated = deflatedOf(excess, columns, { count: Math.max(variants, counted?.variants ?? 0), variance: counted?.variance ?? null });
  const picked = dates.length < OVERFITTING_BARS_MIN ? null : overfittingOf(columns);
  const superior = benchmark === undefined ? null : superiorFamily(beyond, { chance: seededChance(seed), samples });
  const members = membersOf(varied, family, beyond);
  const neighbours = varied.map((path) => neighboursOf(path, varied, members));
  const near = neighbours.flatMap(({ below, above }) => [below?.sharpe ?? [], above?.sharpe ?? []].flat());
  return {
    varied,
    variants,
    trials: { count: deflated.trials.count, by: counted === undefined ? 'family' : 'ledger' },
    effective: deflated.trials.effective,
    start,
    bars: dates.length,
    members,
    refused,
    luckySharpe: deflated.threshold * root,
    minimumBacktestYears: minimumBacktestYears(deflated.trials.count, sharpeOf(excess) * root),
    deflatedSharpe: deflated.probability,
    overfitting: picked && {
      probability: picked.probability,
      lossProbability: picked.lossProbability,
      splits: picked.splits,
      degradation: picked.degradation && { intercept: picked.degradation.intercept * root, slope: picked.degradation.slope },
    },
    superiorP: superior?.spa ?? null,
    realityCheckP: superior?.realityCheck.upper ?? null,
    neighbours,
    neighbourMean: near.length === 0 ? null : near.reduce((sum, each) => sum + each, 0) / near.length,
    peak: peakOf(varied, members),
  };
}

function membersOf(
  varied: readonly VaryAroundOwn[],
  { start, dates, riskFree, lived }: LivedFamily,
  beyond: readonly Float64Array[],
): readonly FamilyMember[] {
  const p = beyond.map((column) => {
    const shape = shapeOf(column);
    const sure = shape && probabilisticSharpe(shape, 0);
    return sure === null ? null : 1 - sure;
  });
  // Variants of one strategy go together, and that is what this method allows.
  const adjusted = adjustedForFamily(Float64Array.from(p.filter((each) => each !== null)));
  let next = 0;
  return lived.map(({ values, returns }, place) => ({
    values,
    isOwn: varied.every(({ path, own }) => values[path] === own),
    ...settingFigures({ start, dates, returns, riskFree }),
    p: p[place] ?? null,
    adjustedP: p[place] === null ? null : (adjusted[next++] as number),
  }));
}

function neighboursOf(
  { path, values, own }: VaryAroundOwn,
  varied: readonly VaryAroundOwn[],
  members: readonly FamilyMember[],
): Neighbours {
  const beside = (step: -1 | 1) => {
    const value = values[values.indexOf(own) + step];
    if (value === undefined) return null;
    const found = members.find((member) => varied.every((each) => member.values[each.path] === (each.path === path ? value : each.own)));
    return { value, sharpe: found?.sharpe ?? null };
  };
  return { path, own, below: beside(-1), above: beside(1) };
}

function peakOf(varied: readonly VaryAroundOwn[], members: readonly FamilyMember[]): Peak | null {
  const space = Object.fromEntries(varied.map(({ path, values }) => [path, values]));
  const scored = members.map(({ values, sharpe }) => ({ candidate: values, budget: 1, score: sharpe ?? Number.NaN }));
  const found = parameterSensitivity(space, scored);
  if (found === null) return null;
  const told = scored.filter(({ score }) => !Number.isNaN(score)).length >= PEAK_TOLD_FROM;
  const { best, neighbourMean, isSharpPeak } = found;
  return { values: best.candidate, sharpe: best.score, neighbourMean, isSharp: told ? isSharpPeak : null };
}
