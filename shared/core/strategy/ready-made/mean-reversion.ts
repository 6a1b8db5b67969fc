// Mean reversion: buys what has fallen unusually far below its own mean, and gives it a few sessions to come back.
//
// Source: Poterba and Summers (1988); Connors and Alvarez (2009) for the short holding time.
import { isDefined } from '../evaluator/defined.ts';
import { chooseBest, tieOrder } from '../evaluator/ranking.ts';
import { type Memory, recalled } from './memory.ts';
import { type Division, type Look, readyMade } from './ready-made.ts';
import { reachable, scoreMax } from './score-max.ts';

export const meanReversion = readyMade({
  name: 'mean-reversion',
  about:
    'Buys a symbol whose close has fallen far below its mean, in equal places, and sells it when it is back at the mean, after some sessions, or at a stop. After a sale it waits until the close has been above the entry line again.',
  source: 'Poterba and Summers (1988); Connors and Alvarez (2009) for the holding time',
  rhythm: 'day',
  parameters: {
    of: { kind: 'symbols', about: 'what may be bought', least: 1, example: ['SPY', 'QQQ', 'IWM'] },
    places: { kind: 'count', about: 'how many may be held at once; each gets an equal share', least: 1, most: 1_000, usual: 5 },
    window: { kind: 'count', about: 'closes of the mean and the deviation', least: 2, most: 5_000, usual: 20 },
    entry: { kind: 'number', about: 'sample deviations below the mean that a close must be for a purchase', least: 0, most: 100, usual: 2 },
    exit: { kind: 'number', about: 'z-score at or above which it is sold', least: -100, most: 100, usual: 0 },
    sessions: { kind: 'count', about: 'sessions after which it is sold anyway', least: 1, most: 1_000, usual: 5 },
    atr: { kind: 'count', about: 'sessions of the average true range', least: 1, most: 1_000, usual: 14 },
    stop: { kind: 'number', about: 'average true ranges below the entry at which it is sold', least: 0.1, most: 100, usual: 2 },
  },
  contradictions: ({ window, entry, exit }) => [
    ...(exit > -entry ? [] : [{ parameter: 'exit', value: `${exit}`, expected: `above the entry at ${-entry}` }]),
    ...(entry < scoreMax(window) ? [] : [{ parameter: 'entry', value: `${entry}`, expected: reachable(window) }]),
  ],
  open({ of, places, window, entry, exit, sessions, atr, stop }) {
    const ties = tieOrder(of);
    const looks = of.flatMap((symbol): Look[] => [
      { symbol, metric: { name: 'current-price' } },
      { symbol, metric: { name: 'indicator', indicator: 'z-score', output: 'score', given: { window, divisor: 'sample' } } },
      { symbol, metric: { name: 'indicator', indicator: 'average-true-range', output: 'range', given: { window: atr } } },
    ]);
    const seen = (values: Float64Array, place: number) => ({
      close: values[3 * place] as number,
      score: values[3 * place + 1] as number,
      range: values[3 * place + 2] as number,
    });
    /** Whether it can be judged, and nothing would be bought: only then a symbol that was sold counts again. */
    const isBack = (score: number, range: number) => score >= -entry && isDefined(range);

    return {
      holds: of,
      looksAt: looks,
      sessionsToSettle: 10 * sessions,
      step(before, values): Memory {
        const after: Record<string, Readonly<Record<string, number>>> = {};
        const candidates = new Float64Array(of.length).fill(Number.NaN);
        for (const [place, symbol] of of.entries()) {
          const { close, score, range } = seen(values, place);
          const position = held(before, symbol);
          if (position !== undefined) {
            const next = { ...position, close, sessions: position.sessions + 1 };
            if (!isDefined(close)) after[symbol] = position;
            else if (close > position.stop && !(score >= exit) && next.sessions < sessions) after[symbol] = next;
            else if (!isBack(score, range)) after[symbol] = WAITING;
          } else if (isWaiting(before, symbol) && !isBack(score, range)) after[symbol] = WAITING;
          else if (isDefined(close) && score < -entry && range > 0) candidates[place] = score;
        }
        const free = places - of.filter((symbol) => held(after, symbol) !== undefined).length;
        const chosen = new Int32Array(Math.max(0, Math.min(free, of.length)));
        const taken = chooseBest(candidates, ties, 'bottom', chosen);
        for (const place of chosen.subarray(0, taken)) {
          const { close, range } = seen(values, place);
          after[of[place] as string] = { entry: close, stop: close - stop * range, close, sessions: 0 };
        }
        return after;
      },
      rescaled: (before, latest) =>
        Object.fromEntries(
          Object.entries(before).map(([symbol, remembered]) => {
            const position = held(before, symbol);
            const close = latest[3 * of.indexOf(symbol)];
            if (position === undefined || !isDefined(close)) return [symbol, remembered];
            const factor = close / position.close;
            return [symbol, { ...position, entry: position.entry * factor, stop: position.stop * factor, close }];
          }),
        ),
      divide(memory, values): Division {
        if (of.every((_, place) => !isDefined(seen(values, place).close))) return { kind: 'undefined', because: 0 };
        // What is held or waits is so by a decision: nothing was left out.
        const leftOut = of.flatMap((symbol, place) => {
          const missing = [0, 1, 2].find((look) => !isDefined(values[3 * place + look]));
          return missing === undefined || memory[symbol] !== undefined ? [] : [3 * place + missing];
        });
        const [first] = leftOut;
        if (first !== undefined && leftOut.length === of.length) return { kind: 'undefined', because: first };
        return { kind: 'parts', parts: of.map((symbol) => (held(memory, symbol) === undefined ? 0 : 1 / places)), leftOut };
      },
    };
  },
});

interface Position {
  readonly entry: number;
  /** Sold at a close at or below it. */
  readonly stop: number;
  /** The last one that was seen. */
  readonly close: number;
  /** Of its own closes since the entry. */
  readonly sessions: number;
}

const WAITING = { waiting: 1 };

function isWaiting(memory: Memory, symbol: string): boolean {
  return memory[symbol]?.['waiting'] === 1;
}

function held(memory: Memory, symbol: string): (Position & Readonly<Record<string, number>>) | undefined {
  const numbers = memory[symbol];
  if (numbers === undefined || isWaiting(memory, symbol)) return undefined;
  const of = (name: keyof Position) => recalled(numbers, name);
  return { entry: of('entry'), stop: of('stop'), close: of('close'), sessions: of('sessions') };
}
