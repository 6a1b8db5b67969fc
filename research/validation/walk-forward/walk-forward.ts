// Chooses on the past of each fold, lives the choice on its test, and puts the tests one after another: a record in which every
// bar is out of sample.
import { sharpeOf } from '../statistics/return-shape.ts';
import { type Fold, type FoldRule, foldsOf, type Span } from './folds.ts';
import { type ParameterStability, parameterStability } from './parameter-stability.ts';
import type { Candidate, Search, Searched } from './search.ts';

export interface WalkForward {
  readonly folds: readonly LivedFold[];
  /** The tests one after another. */
  readonly dates: readonly string[];
  readonly returns: Float64Array;
  readonly stability: readonly ParameterStability[];
  /** How often a candidate was asked, on any part of a training. */
  readonly evaluations: number;
}

export interface LivedFold {
  readonly fold: Fold;
  /** undefined where no candidate had a score: then the test is spent in cash. */
  readonly chosen: Candidate | undefined;
  /** Of the chosen, in the training and in the test; NaN where it is not defined. */
  readonly inSample: number;
  readonly outOfSample: number;
  readonly searched: Searched;
}

export interface WalkForwardRules {
  readonly dates: readonly string[];
  readonly rule: FoldRule;
  /** Asked once for each fold, of all of them at once: what it draws may not depend on how often it was asked before. */
  readonly search: Search;
  /** What a candidate earned on these bars, one return each, having seen nothing after each bar. */
  readonly returnsOf: (candidate: Candidate, span: Span) => Promise<Float64Array>;
  /** How good returns are, larger the better; the Sharpe ratio a bar where nothing is said. */
  readonly score?: (returns: Float64Array) => number;
}

/** @throws RangeError where `returnsOf` answers another number of returns than it was asked for. */
export async function walkForward({ dates, rule, search, returnsOf, score = sharpeOf }: WalkForwardRules): Promise<WalkForward> {
  const lived = async (candidate: Candidate, span: Span): Promise<Float64Array> => {
    const returns = await returnsOf(candidate, span);
    if (returns.length !== span.to - span.from) throw new RangeError(`${returns.length} returns for ${span.to - span.from} bars`);
    return returns;
  };
  // Folds know nothing of each other, so they may search side by side.
  const walked = await Promise.all(
    foldsOf(dates, rule).map(async (fold): Promise<{ readonly lived: LivedFold; readonly returns: Float64Array }> => {
      const searched = await search(async (candidate, budget) => score(await lived(candidate, latest(fold.training, budget, dates))));
      const chosen = searched.best?.candidate;
      const returns = chosen === undefined ? new Float64Array(fold.test.to - fold.test.from) : await lived(chosen, fold.test);
      return { lived: { fold, chosen, inSample: searched.best?.score ?? Number.NaN, outOfSample: score(returns), searched }, returns };
    }),
  );
  const folds = walked.map((each) => each.lived);
  return {
    folds,
    dates: folds.flatMap(({ fold: { test } }) => dates.slice(test.from, test.to)),
    returns: stitched(walked.map(({ returns }) => returns)),
    stability: parameterStability(folds.flatMap(({ chosen }) => (chosen === undefined ? [] : [chosen]))),
    evaluations: folds.reduce((sum, { searched }) => sum + searched.tried.length, 0),
  };
}

/** The latest part of a training: what is nearest to the test says most. */
function latest(span: Span, part: number, dates: readonly string[]): Span {
  const from = span.to - Math.max(1, Math.round((span.to - span.from) * part));
  return { ...span, from, firstDate: dates[from] as string };
}

function stitched(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
