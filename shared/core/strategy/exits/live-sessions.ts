// What protective exits remember, lived through every session since an earlier decision, one by one: deciding daily or
// monthly ends in the same memory. It refuses to know targets.
import { closesBetween } from '../../market/asset-calendar.ts';
import type { NewYorkDate } from '../../values/time.ts';
import type { ClosesColumn, History } from '../history.ts';
import type { Quotes } from '../state.ts';
import { type ExitMemories, type ExitMemory, type ExitState, type Held, NO_MEMORIES, type PositionSide } from './exit-memory.ts';
import type { ExitRules } from './exit-rules.ts';
import { enteredAt, liveClose } from './live-close.ts';

export interface LivedSessions {
  readonly memories: ExitMemories;
  /** A position that begins at the close of the last session; where the symbol has none then, at its next one. */
  enter(symbol: string, side: PositionSide): ExitMemory;
  /** That of the last session; undefined where the symbol has none then. */
  closeOf(symbol: string): number | undefined;
}

interface Day {
  readonly asOf: NewYorkDate;
  readonly quoted?: Quotes;
}

/** Closes of sessions, those of the day that is decided on the last; all of them prices. */
export interface SeenCloses {
  /** From a date on, ascending. */
  since(symbol: string, first: NewYorkDate): readonly Close[];
  /** Ascending, the last two or more. */
  latest(symbol: string): readonly Close[];
}

/** @param history from the session of `prior` on at the latest; nothing after `asOf` is looked at. */
export function liveSessions(rules: ExitRules, prior: ExitState | undefined, history: History, day: Day): LivedSessions {
  const { calendar, anchor } = history;
  const sessions = calendar === undefined ? undefined : new Set(closesBetween(calendar, anchor, day.asOf));
  const closesOf = (symbol: string): Close[] => {
    const column = history.columns.find((each) => each.symbol === symbol);
    return column === undefined ? [] : closesUntil(day.asOf, column, sessions);
  };
  return liveCloses(rules, prior, { since: closesOf, latest: closesOf }, day);
}

/** The same from wherever closes are kept. */
export function liveCloses(rules: ExitRules, prior: ExitState | undefined, closes: SeenCloses, { asOf, quoted }: Day): LivedSessions {
  /** On quotes, the close of the session is yet to come. */
  const isRead = (on: NewYorkDate): boolean => on !== asOf || quoted === undefined;

  const lived = (symbol: string, memory: ExitMemory): ExitMemory => {
    if (memory.kind === 'out') return memory;
    const since = closes.since(symbol, memory.kind === 'held' ? memory.reference.on : memory.since);
    const before = memory.kind === 'held' ? rescaled(memory, since) : memory;
    // Without the close that it was measured by, nobody knows what its prices are today: it waits until that is there.
    if (before === undefined) return memory;
    let now: ExitMemory = before;
    let reference = before.kind === 'held' ? before.reference : undefined;
    const seen = before.kind === 'held' ? before.seen : before.since;
    for (const { on, close } of since.filter((each) => each.on > seen)) {
      if (isRead(on)) reference = { on, close };
      if (reference !== undefined) now = liveClose(rules, now, on, close, reference);
    }
    return now;
  };
  const enter = (symbol: string, side: PositionSide): ExitMemory => {
    const latest = closes.latest(symbol);
    const last = latest.at(-1);
    const reference = latest.findLast(({ on }) => isRead(on));
    if (last?.on !== asOf || reference === undefined) return { kind: 'awaited', side, since: asOf };
    return enteredAt(side, asOf, last.close, reference);
  };
  const memories = Object.entries(prior?.symbols ?? NO_MEMORIES).map(([symbol, memory]) => [symbol, lived(symbol, memory)] as const);
  const closeOf = (symbol: string): number | undefined => {
    const last = closes.latest(symbol).at(-1);
    return last?.on === asOf ? last.close : undefined;
  };
  return { memories: Object.fromEntries(memories), enter, closeOf };
}

export type Close = Held['reference'];

/** A close that is not a price neither ends nor counts. */
function closesUntil(until: NewYorkDate, { dates, closes }: ClosesColumn, sessions: ReadonlySet<NewYorkDate> | undefined): Close[] {
  return dates.flatMap((on, place) => {
    const close = closes[place];
    const isLived = on <= until && (sessions === undefined || sessions.has(on));
    return isLived && close !== undefined && Number.isFinite(close) && close > 0 ? [{ on, close }] : [];
  });
}

/** Splits and dividends since have changed all earlier prices alike: none of them touches an exit. */
function rescaled(held: Held, closes: readonly Close[]): Held | undefined {
  const reference = closes.find(({ on }) => on === held.reference.on);
  if (reference === undefined) return undefined;
  const ratio = reference.close / held.reference.close;
  if (ratio === 1) return held;
  const { tranches, stop } = held;
  return {
    ...held,
    entry: held.entry * ratio,
    best: held.best * ratio,
    reference,
    ...(tranches === undefined ? {} : { tranches: tranches.map(({ weight, close }) => ({ weight, close: close * ratio })) }),
    ...(stop === undefined ? {} : { stop: stop * ratio }),
  };
}
