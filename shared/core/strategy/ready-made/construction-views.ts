// The opinions of an owner as Black and Litterman take them: what he would hold without any, and what he expects of which symbols.
import { blackLitterman, type View } from '../construction/black-litterman.ts';
import type { Matrix } from '../construction/matrix.ts';
import type { GivenView, GivenWeight } from './given.ts';
import type { Contradiction } from './ready-made.ts';

const PARTS_PER_ONE = 1_000_000;

interface Opinions {
  readonly of: readonly string[];
  readonly prior: readonly GivenWeight[];
  readonly 'risk-aversion': number;
  readonly views: readonly GivenView[];
}

/**
 * Expected returns above cash, by symbol, a year; undefined where the views cannot be told apart.
 * @param annual the covariance of a year.
 */
export function expectedBy(
  { prior, views, 'risk-aversion': riskAversion }: Opinions,
  symbols: readonly string[],
  annual: Matrix,
): Float64Array | undefined {
  const weightOf = new Map(prior.map(({ symbol, weight }) => [symbol, weight / PARTS_PER_ONE]));
  const market = Float64Array.from(symbols, (symbol) => (prior.length === 0 ? 1 / symbols.length : (weightOf.get(symbol) ?? 0)));
  return blackLitterman(
    annual,
    market,
    riskAversion,
    views.map((view) => viewOf(view, symbols)),
  );
}

function viewOf({ of, beyond, earns, confidence }: GivenView, symbols: readonly string[]): View {
  const portfolio = new Float64Array(symbols.length);
  for (const symbol of of) portfolio[symbols.indexOf(symbol)] = 1 / of.length;
  for (const symbol of beyond) portfolio[symbols.indexOf(symbol)] = -1 / beyond.length;
  return { portfolio, excess: earns / 100, confidence: confidence / PARTS_PER_ONE };
}

/** Opinions of what is not in the list. */
export function wrongViews({ of, prior, views }: Opinions): readonly Contradiction[] {
  const expected = 'symbols of the list';
  const held = prior.find(({ symbol }) => !of.includes(symbol));
  const unknown = views.flatMap((view) => [...view.of, ...view.beyond]).find((symbol) => !of.includes(symbol));
  return [
    ...(held === undefined ? [] : [{ parameter: 'prior', value: `a weight of ${held.symbol}`, expected }]),
    ...(unknown === undefined ? [] : [{ parameter: 'views', value: `a view of ${unknown}`, expected }]),
  ];
}
