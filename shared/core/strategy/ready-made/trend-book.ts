// The book of a strategy that buys a number of shares and lets them run: what it holds at which stop, and its cash, as its
// memory has them. Without costs, and from a capital of 1 on: only proportions count. It knows no rule of entry or exit.
import { isDefined } from '../evaluator/defined.ts';
import { type Memory, recalled } from './memory.ts';

export interface Position {
  readonly shares: number;
  /** Close of the session on which it was bought. */
  readonly entry: number;
  /** Average true range of that session. */
  readonly range: number;
  /** Sold at a close at or below it. */
  readonly stop: number;
  readonly highest: number;
  /** The last one that was seen. */
  readonly close: number;
  /** Of its own closes since the entry. */
  readonly sessions: number;
  /** 1 once the stop follows the highest close. */
  readonly tightened: number;
}

export interface Book {
  readonly cash: number;
  readonly positions: ReadonlyMap<string, Position>;
  /** Sold, and not to be judged since: that nothing of it is held is a decision, not a want of data. */
  readonly waiting: ReadonlySet<string>;
}

/** No symbol is written in small letters. */
const CASH = 'cash';

export function bookOf(memory: Memory): Book {
  const positions = new Map<string, Position>();
  const waiting = new Set<string>();
  // In an order of its own: a record may keep its names in another, and sums differ in their last bits by their order.
  for (const [symbol, numbers] of Object.entries(memory).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (symbol === CASH) continue;
    if (numbers['waiting'] === 1) waiting.add(symbol);
    else positions.set(symbol, positionOf(numbers));
  }
  return { cash: memory[CASH]?.['value'] ?? 1, positions, waiting };
}

function positionOf(numbers: Readonly<Record<string, number>>): Position {
  const of = (name: keyof Position) => recalled(numbers, name);
  return {
    shares: of('shares'),
    entry: of('entry'),
    range: of('range'),
    stop: of('stop'),
    highest: of('highest'),
    close: of('close'),
    sessions: of('sessions'),
    tightened: of('tightened'),
  };
}

export function memoryOf({ cash, positions, waiting }: Book): Memory {
  return {
    [CASH]: { value: cash },
    ...Object.fromEntries([...positions].map(([symbol, position]) => [symbol, { ...position }])),
    ...Object.fromEntries([...waiting].map((symbol) => [symbol, { waiting: 1 }])),
  };
}

export function equityOf({ cash, positions }: Pick<Book, 'cash' | 'positions'>): number {
  return [...positions.values()].reduce((sum, { shares, close }) => sum + shares * close, cash);
}

/** @param live one session of a position, undefined when it is sold at that close; `unseen` without a close. */
export function goOn(
  { cash, positions, waiting }: Book,
  live: (symbol: string, position: Position) => 'unseen' | { readonly position: Position | undefined; readonly close: number },
  canBeJudged: (symbol: string) => boolean,
): Book {
  let left = cash;
  const kept = new Map<string, Position>();
  const sold: string[] = [];
  for (const [symbol, position] of positions) {
    const lived = live(symbol, position);
    if (lived === 'unseen') kept.set(symbol, position);
    else if (lived.position !== undefined) kept.set(symbol, lived.position);
    else {
      left += position.shares * lived.close;
      sold.push(symbol);
    }
  }
  return { cash: left, positions: kept, waiting: new Set([...waiting, ...sold].filter((symbol) => !canBeJudged(symbol))) };
}

/** The same value in other prices: twice the shares at half the close. */
export function rescaledPosition(position: Position, close: number): Position {
  if (!isDefined(close)) return position;
  const factor = close / position.close;
  const { shares, entry, range, stop, highest, sessions, tightened } = position;
  return {
    shares: shares / factor,
    entry: entry * factor,
    range: range * factor,
    stop: stop * factor,
    highest: highest * factor,
    close,
    sessions,
    tightened,
  };
}
