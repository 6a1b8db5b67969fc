// Trend following: buys what breaks out above its highs while it rises, sized by what a stop would lose, and stays in
// until the stop or a mean of its closes says otherwise.
//
// Source: Donchian's breakouts and the sizing by risk of the turtle rules (Faith 2007); Wilder (1978) for the range.
import { isDefined } from '../evaluator/defined.ts';
import { chooseBest, tieOrder } from '../evaluator/ranking.ts';
import { type Division, readyMade } from './ready-made.ts';
import { type Book, bookOf, equityOf, goOn, memoryOf, type Position, rescaledPosition } from './trend-book.ts';
import { looksOf, type Seen, seenIn } from './trend-looks.ts';

export const trendFollowing = readyMade({
  name: 'trend-following',
  about:
    'Buys symbols that rise and break out above their highs, sized so that the stop would lose a fixed part of the capital, and sells them at the stop or below a mean. A position is a number of shares: its weight runs with its price until it is sold.',
  source: 'Donchian; Faith (2007), the turtle rules; Wilder (1978) for the range',
  rhythm: 'day',
  parameters: {
    of: { kind: 'symbols', about: 'what may be bought', least: 1, example: ['SPY', 'EFA', 'EEM', 'GLD', 'TLT', 'DBC'] },
    places: { kind: 'count', about: 'how many may be held at once', least: 1, most: 1_000, usual: 8 },
    risk: {
      kind: 'share',
      about: 'of the capital, what a position would lose at its first stop',
      least: 100,
      most: 50_000,
      usual: 7_500,
    },
    largest: {
      kind: 'share',
      about: 'of the capital, the most that a position is bought for',
      least: 1_000,
      most: 1_000_000,
      usual: 150_000,
    },
    trend: { kind: 'count', about: 'closes of the mean that a close must be above', least: 1, most: 5_000, usual: 50 },
    'slope-over': { kind: 'count', about: 'sessions over which that mean must have risen', least: 1, most: 5_000, usual: 20 },
    slope: { kind: 'number', about: 'percent by which it must have risen', least: -100, most: 100, usual: 0.5 },
    'short-high': { kind: 'count', about: 'sessions before today whose high is a way in', least: 1, most: 5_000, usual: 20 },
    'short-clearance': { kind: 'number', about: 'percent by which the close must clear it', least: 0, most: 100, usual: 0.5 },
    'long-high': { kind: 'count', about: 'sessions before today whose high is the other way in', least: 1, most: 5_000, usual: 55 },
    'long-clearance': { kind: 'number', about: 'percent by which the close must clear it', least: 0, most: 100, usual: 1 },
    atr: { kind: 'count', about: 'sessions of the average true range', least: 1, most: 1_000, usual: 14 },
    stop: { kind: 'number', about: 'ranges below the entry at which it is sold', least: 0.1, most: 100, usual: 2.5 },
    exit: {
      kind: 'choice',
      about: 'whether the stop is tightened below the fast mean, or only the mean of the exit counts',
      choices: ['staged', 'ma-cross'],
    },
    fast: { kind: 'count', about: 'closes of the mean below which the stop is tightened', least: 1, most: 5_000, usual: 20 },
    tightened: { kind: 'number', about: 'ranges below the highest close at which it is then sold', least: 0.1, most: 100, usual: 2 },
    'exit-mean': { kind: 'count', about: 'closes of the mean below which it is sold', least: 1, most: 5_000, usual: 50 },
  },
  contradictions: (given) => [
    ...(given['long-high'] > given['short-high']
      ? []
      : [{ parameter: 'long-high', value: `${given['long-high']}`, expected: `more than the short high's ${given['short-high']}` }]),
    ...(given.exit === 'staged' && given.tightened >= given.stop
      ? [{ parameter: 'tightened', value: `${given.tightened}`, expected: `less than the stop's ${given.stop}` }]
      : []),
    ...(given.exit === 'staged' && given.fast >= given['exit-mean']
      ? [{ parameter: 'fast', value: `${given.fast}`, expected: `fewer than the exit's ${given['exit-mean']}` }]
      : []),
  ],
  open(given) {
    const { of, places } = given;
    const ties = tieOrder(of);
    const width = looksOf('', given).length;
    const valuesOf = (values: Float64Array, place: number) => values.subarray(width * place, width * (place + 1));
    const firstUndefined = (values: Float64Array, place: number) => valuesOf(values, place).findIndex((value) => !isDefined(value));

    /** The strongest first, as long as there are places and cash. What was sold at this close is not bought back at it. */
    const enter = (book: Book, seen: readonly Seen[], before: Book): Book => {
      const equity = equityOf(book);
      const positions = new Map(book.positions);
      let cash = book.cash;
      const strengths = Float64Array.from(seen, ({ strength }, place) => (before.positions.has(of[place] ?? '') ? Number.NaN : strength));
      const chosen = new Int32Array(Math.max(0, Math.min(places - positions.size, of.length)));
      const taken = chooseBest(strengths, ties, 'top', chosen);
      for (const place of chosen.subarray(0, taken)) {
        const { close, range } = seen[place] as Seen;
        const share = Math.min(given.risk / ((given.stop * range) / close), given.largest, cash / equity);
        if (!(share >= LEAST_SHARE)) continue;
        const paid = Math.min(cash, share * equity);
        cash -= paid;
        positions.set(of[place] as string, bought(paid / close, close, range, given.stop));
      }
      return { ...book, cash, positions };
    };

    return {
      holds: of,
      looksAt: of.flatMap((symbol) => looksOf(symbol, given)),
      sessionsToSettle: SESSIONS_TO_SETTLE,
      step(memory, values) {
        const before = bookOf(memory);
        const seen = of.map((_, place) => seenIn(valuesOf(values, place), given));
        const live = (symbol: string, position: Position) => {
          const now = seen[of.indexOf(symbol)];
          return now === undefined || !isDefined(now.close) ? 'unseen' : { position: lived(position, now, given), close: now.close };
        };
        const canBeJudged = (symbol: string) => firstUndefined(values, of.indexOf(symbol)) === -1;
        return memoryOf(enter(goOn(before, live, canBeJudged), seen, before));
      },
      rescaled(memory, latest) {
        const book = bookOf(memory);
        const positions = [...book.positions].map(([symbol, position]): [string, Position] => [
          symbol,
          rescaledPosition(position, latest[width * of.indexOf(symbol)] ?? Number.NaN),
        ]);
        return memoryOf({ ...book, positions: new Map(positions) });
      },
      divide(memory, values): Division {
        if (of.every((_, place) => !isDefined(values[width * place]))) return { kind: 'undefined', because: 0 };
        const book = bookOf(memory);
        // What is held or waits is so by a decision: nothing was left out.
        const leftOut = of.flatMap((symbol, place) => {
          const missing = firstUndefined(values, place);
          return missing === -1 || book.positions.has(symbol) || book.waiting.has(symbol) ? [] : [width * place + missing];
        });
        const [first] = leftOut;
        if (first !== undefined && leftOut.length === of.length) return { kind: 'undefined', because: first };
        const equity = equityOf(book);
        const parts = of.map((symbol) => {
          const position = book.positions.get(symbol);
          return position === undefined ? 0 : (position.shares * position.close) / equity;
        });
        return { kind: 'parts', parts, leftOut };
      },
    };
  },
});

/** A year: a trend that began before it and still holds is rare. */
const SESSIONS_TO_SETTLE = 252;

/** One part per million: below that a position is nothing. */
const LEAST_SHARE = 1e-6;

function bought(shares: number, close: number, range: number, ranges: number): Position {
  return { shares, entry: close, range, stop: close - ranges * range, highest: close, close, sessions: 0, tightened: 0 };
}

interface Exit {
  readonly exit: string;
  readonly tightened: number;
}

/** One session of a position; undefined when it is sold. The stop comes first, and only ever rises. */
function lived(position: Position, { close, fast, exit }: Seen, given: Exit): Position | undefined {
  const highest = Math.max(position.highest, close);
  const isTightened = position.tightened === 1 || (given.exit === 'staged' && close < fast);
  const stop = isTightened ? Math.max(position.stop, highest - given.tightened * position.range) : position.stop;
  if (close <= stop || close < exit) return undefined;
  return { ...position, close, highest, stop, sessions: position.sessions + 1, tightened: isTightened ? 1 : 0 };
}
