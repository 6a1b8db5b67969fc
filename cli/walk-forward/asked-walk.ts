// What of a walk-forward was typed, as the research takes it; or what was expected instead.

import { seededChance } from '../../research/validation/statistics/chance.ts';
import { bayesianSearch } from '../../research/validation/walk-forward/bayesian-search.ts';
import {
  gridSearch,
  type ParameterSpace,
  randomSearch,
  type Search,
  successiveHalving,
} from '../../research/validation/walk-forward/search.ts';
import type { ChoiceMetric } from '../../research/walk-forward/choice-metric.ts';
import type { AskedOptions } from '../backtest/asked-options.ts';
import { CommandFailure } from '../failure.ts';
import { barsOption, countOption, seedOption } from '../option-values.ts';
import type { AskedTrials } from '../sweep/counted-variants.ts';

type SearchKind = 'grid' | 'random' | 'halving' | 'bayesian';

export interface AskedWalk extends AskedOptions, AskedTrials {
  readonly prices: readonly string[];
  readonly vary: readonly string[];
  readonly train: string;
  readonly test: string;
  readonly purge?: string;
  readonly embargo: string;
  readonly anchored?: boolean;
  readonly search: SearchKind;
  readonly tries?: string;
  readonly seed: string;
  readonly metric: ChoiceMetric;
  readonly benchmark?: string;
  readonly workers?: string;
  readonly out?: string;
}

/** Bars. */
export interface WalkedFolds {
  readonly kind: 'rolling' | 'anchored';
  readonly trainingBars: number;
  readonly testBars: number;
  readonly purgeBars: number;
  readonly embargoBars: number;
}

export interface SearchSettings {
  readonly kind: SearchKind;
  /** In each fold; all variants of a grid. */
  readonly tries: number;
  readonly seed: number;
}

const TRIES = 30;
/** A life of each is kept until the end. */
const LIVED_MAX = 10_000;
/** What a process can be believed over within minutes. */
const BAYESIAN_MAX = 200;
/** Combinations that a search may choose among. */
const SPACE_MAX = 100_000;
/** Halving keeps so much of what is left each time. */
const KEEP = 0.5;

/** @param lookback bars before the day of a decision that it looks at. @throws CommandFailure, exit 2 */
export function foldsAsked({ train, test, purge, embargo, anchored }: AskedWalk, lookback: number): WalkedFolds {
  return {
    kind: anchored === true ? 'anchored' : 'rolling',
    trainingBars: countOption('--train', train),
    testBars: countOption('--test', test),
    purgeBars: purge === undefined ? lookback : barsOption('--purge', purge),
    embargoBars: barsOption('--embargo', embargo),
  };
}

/** @param variants how many combinations there are. @throws CommandFailure, exit 2 */
export function searchAsked({ search: kind, tries, seed: asked }: AskedWalk, variants: number): SearchSettings {
  const seed = seedOption(asked);
  if (variants > SPACE_MAX) throw usage(`--vary ${variants} variants: expected at most ${SPACE_MAX}`);
  if (kind === 'grid') {
    if (tries !== undefined) throw usage(`--tries ${tries}: expected only with a --search that does not try everything, such as random`);
    if (variants > LIVED_MAX)
      throw usage(`--search grid of ${variants} variants: expected at most ${LIVED_MAX}; random, halving and bayesian try a part of them`);
    return { kind, tries: variants, seed };
  }
  const count = tries === undefined ? TRIES : countOption('--tries', tries);
  const most = kind === 'bayesian' ? BAYESIAN_MAX : LIVED_MAX;
  if (count > most) throw usage(`--tries ${count}: expected at most ${most} with --search ${kind}`);
  return { kind, tries: Math.min(count, variants), seed };
}

/** Each fold draws from the seed anew: it does not matter how many there are, nor in which order they end. */
export function searchOf({ kind, tries: count, seed }: SearchSettings): (space: ParameterSpace) => Search {
  return (space) => (score) => {
    const chance = seededChance(seed);
    switch (kind) {
      case 'grid':
        return gridSearch(space)(score);
      case 'random':
        return randomSearch(space, { count, chance })(score);
      case 'halving':
        return successiveHalving(space, { count, keep: KEEP, chance })(score);
      case 'bayesian':
        return bayesianSearch(space, { count, chance })(score);
    }
  };
}

function usage(said: string): CommandFailure {
  return new CommandFailure('usage', said, { exitCode: 2 });
}
