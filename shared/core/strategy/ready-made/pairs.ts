// Pairs: two symbols that move together, bought and sold against each other while they have come apart.
//
// Source: Gatev, Goetzmann and Rouwenhorst (2006); Engle and Granger (1987) for the hedge ratio. As there, what the spread
// was when the pair was opened stays the measure of it: a window that moves on would call a lasting gap normal.
import { isDefined } from '../evaluator/defined.ts';
import { chooseBest, tieOrder } from '../evaluator/ranking.ts';
import type { SymbolPair } from './given.ts';
import { type Memory, recalled } from './memory.ts';
import { type Division, type Look, readyMade } from './ready-made.ts';
import { reachable, scoreMax } from './score-max.ts';

export const pairs = readyMade({
  name: 'pairs',
  about:
    'Watches the spread ln A − h · ln B of pairs of symbols. Where it is unusually wide, the cheap one is bought and, where short positions are wanted, the rich one sold short, until they have come together, for some sessions, or until it is wider still.',
  source: 'Gatev, Goetzmann and Rouwenhorst (2006); Engle and Granger (1987) for the hedge ratio',
  rhythm: 'day',
  parameters: {
    of: {
      kind: 'pairs',
      about: 'the pairs; the first of each is explained by the second',
      example: [
        ['KO', 'PEP'],
        ['XOM', 'CVX'],
      ],
    },
    places: { kind: 'count', about: 'how many pairs may be open at once; each gets an equal share', least: 1, most: 1_000, usual: 2 },
    short: { kind: 'choice', about: 'whether the rich one is sold short; if not, its part stays in cash', choices: ['no', 'yes'] },
    window: {
      kind: 'count',
      about: 'closes over which the hedge ratio h and the deviation are measured',
      least: 3,
      most: 5_000,
      usual: 60,
    },
    entry: { kind: 'number', about: 'deviations that the spread must be wider than to open', least: 0.1, most: 100, usual: 2 },
    exit: { kind: 'number', about: 'deviations below which the pair is closed', least: 0, most: 100, usual: 0.5 },
    sessions: { kind: 'count', about: 'sessions after which it is closed anyway', least: 1, most: 1_000, usual: 10 },
    stop: { kind: 'number', about: 'deviations above which it is given up', least: 0.1, most: 100, usual: 4 },
  },
  contradictions: ({ window, entry, exit, stop }) => [
    ...(entry < scoreMax(window) ? [] : [{ parameter: 'entry', value: `${entry}`, expected: reachable(window) }]),
    ...(exit < entry ? [] : [{ parameter: 'exit', value: `${exit}`, expected: `less than the entry's ${entry}` }]),
    ...(stop > entry ? [] : [{ parameter: 'stop', value: `${stop}`, expected: `more than the entry's ${entry}` }]),
  ],
  open({ of, places, short, window, entry, exit, sessions, stop }) {
    const keys = of.map(keyOf);
    const ties = tieOrder(keys);
    const holds = [...new Set(of.flat())];
    const seen = (values: Float64Array, place: number): Seen => ({
      first: values[LOOKS * place] as number,
      second: values[LOOKS * place + 1] as number,
      score: values[LOOKS * place + 2] as number,
      hedge: values[LOOKS * place + 3] as number,
      deviation: values[LOOKS * place + 4] as number,
    });
    /** Whether it can be judged, and nothing would be opened: only then a pair that was closed counts again. */
    const isBack = (now: Seen) => Object.values(now).every(isDefined) && Math.abs(now.score) <= entry;

    return {
      holds,
      looksAt: of.flatMap((pair) => looksOf(pair, window)),
      sessionsToSettle: 10 * sessions,
      step(before, values): Memory {
        const after: Record<string, Readonly<Record<string, number>>> = {};
        const candidates = new Float64Array(of.length).fill(Number.NaN);
        for (const [place, key] of keys.entries()) {
          const now = seen(values, place);
          const { first, second, score, hedge } = now;
          const isSeen = isDefined(first) && isDefined(second);
          const position = held(before, key);
          if (position !== undefined) {
            const next = { ...position, ...latestOf(position, now), sessions: position.sessions + (isSeen ? 1 : 0) };
            // Counted from the side on which it was opened: beyond the middle it has come together too.
            const width = -position.side * widthOf(position, now);
            if (!isSeen) after[key] = next;
            else if (width >= exit && width <= stop && next.sessions < sessions) after[key] = next;
            else if (!isBack(now)) after[key] = WAITING;
          } else if (isWaiting(before, key) && !isBack(now)) after[key] = WAITING;
          else if (isSeen && hedge > 0 && Math.abs(score) > entry && Math.abs(score) <= stop) candidates[place] = Math.abs(score);
        }
        const free = places - keys.filter((key) => held(after, key) !== undefined).length;
        const chosen = new Int32Array(Math.max(0, Math.min(free, of.length)));
        const taken = chooseBest(candidates, ties, 'top', chosen);
        for (const place of chosen.subarray(0, taken)) after[keys[place] as string] = opened(seen(values, place));
        return after;
      },
      rescaled: (before, latest) =>
        Object.fromEntries(
          Object.entries(before).map(([key, remembered]) => {
            const position = held(before, key);
            const { first, second } = seen(latest, keys.indexOf(key));
            if (position === undefined || !isDefined(first) || !isDefined(second)) return [key, remembered];
            const shift = Math.log(first / position.first) - position.hedge * Math.log(second / position.second);
            return [key, { ...position, level: position.level + shift, first, second }];
          }),
        ),
      divide(memory, values): Division {
        if (of.every((_, place) => !isDefined(seen(values, place).first) && !isDefined(seen(values, place).second)))
          return { kind: 'undefined', because: 0 };
        const parts = new Map(holds.map((symbol) => [symbol, 0]));
        for (const [place, [first, second]] of of.entries()) {
          const position = held(memory, keys[place] as string);
          if (position === undefined) continue;
          const { side, hedge } = position;
          const legs = [
            [first, side / (1 + hedge)],
            [second, (-side * hedge) / (1 + hedge)],
          ] as const;
          for (const [symbol, leg] of legs) {
            if (leg > 0 || short === 'yes') parts.set(symbol, (parts.get(symbol) ?? 0) + leg / places);
          }
        }
        const missing = of.map((_, place) => firstUndefined(values, place, memory, keys));
        const [first] = missing;
        if (first !== undefined && missing.every((place) => place !== undefined)) return { kind: 'undefined', because: first };
        // A symbol that another pair holds is not sold for what is missing here.
        const leftOut = missing.flatMap((look, place) =>
          look === undefined || of[place]?.some((symbol) => parts.get(symbol) !== 0) ? [] : [look],
        );
        return { kind: 'parts', parts: [...parts.values()], leftOut };
      },
    };
  },
});

interface Seen {
  readonly first: number;
  readonly second: number;
  readonly score: number;
  readonly hedge: number;
  readonly deviation: number;
}

/** What a pair was opened with, and what has been seen of it since. */
interface Position {
  /** 1 where the first is held and the second is short, −1 the other way round. */
  readonly side: number;
  readonly hedge: number;
  /** Mean and deviation of ln A − hedge · ln B over the window, as they were then. */
  readonly level: number;
  readonly deviation: number;
  /** Sessions since then on which both had a close. */
  readonly sessions: number;
  /** The last closes that were seen. */
  readonly first: number;
  readonly second: number;
}

/** Of each pair: its two closes, and three figures of its spread. */
const LOOKS = 5;

function looksOf([first, second]: SymbolPair, window: number): readonly Look[] {
  const spread = (output: string): Look => ({
    symbol: first,
    metric: { name: 'indicator', indicator: 'pair-spread', output, given: { window }, benchmark: second },
  });
  return [
    { symbol: first, metric: { name: 'current-price' } },
    { symbol: second, metric: { name: 'current-price' } },
    spread('score'),
    spread('hedge'),
    spread('deviation'),
  ];
}

function keyOf([first, second]: SymbolPair): string {
  return `${first} ${second}`;
}

function opened({ first, second, score, hedge, deviation }: Seen): Readonly<Record<string, number>> {
  const spread = Math.log(first) - hedge * Math.log(second);
  return { side: score > 0 ? -1 : 1, hedge, level: spread - score * deviation, deviation, sessions: 0, first, second };
}

function latestOf(position: Position, { first, second }: Seen): Pick<Position, 'first' | 'second'> {
  return { first: isDefined(first) ? first : position.first, second: isDefined(second) ? second : position.second };
}

/** In deviations of the session on which it was opened; above zero where the first is rich. */
function widthOf({ hedge, level, deviation }: Position, { first, second }: Seen): number {
  return (Math.log(first) - hedge * Math.log(second) - level) / deviation;
}

const WAITING = { waiting: 1 };

function isWaiting(memory: Memory, key: string): boolean {
  return memory[key]?.['waiting'] === 1;
}

function held(memory: Memory, key: string): (Position & Readonly<Record<string, number>>) | undefined {
  const numbers = memory[key];
  if (numbers === undefined || isWaiting(memory, key)) return undefined;
  const of = (name: keyof Position) => recalled(numbers, name);
  return {
    side: of('side'),
    hedge: of('hedge'),
    level: of('level'),
    deviation: of('deviation'),
    sessions: of('sessions'),
    first: of('first'),
    second: of('second'),
  };
}

/** The look without which a pair cannot be judged. What is open or waits is so by a decision: nothing was left out. */
function firstUndefined(values: Float64Array, place: number, memory: Memory, keys: readonly string[]): number | undefined {
  if (memory[keys[place] as string] !== undefined) return undefined;
  const look = [0, 1, 2, 3, 4].find((each) => !isDefined(values[LOOKS * place + each]));
  return look === undefined ? undefined : LOOKS * place + look;
}
