// The price of one symbol at every second of every session: through each known close exactly, and between
// them wherever a seeded bridge goes. A model around real closes, not a record of what happened in between.
import type { DailyBar } from '../../shared/core/market/bar.ts';
import type { Session } from '../../shared/core/market/calendar.ts';
import { bridgeAt } from './bridge.ts';
import type { Chance } from './chance.ts';
import { dayNumber, type SessionPath, type SessionRange, sessionPathOf } from './session-path.ts';
import { countWhile, type SessionLine } from './sessions.ts';

export interface PricePath {
  /** Session indexes of the first and the last known close. */
  readonly first: number;
  readonly last: number;
  /** True for a first session of which only the close is known: it has no price before. */
  isDarkUntilClose(index: number): boolean;
  /** The bar that the path was given for this session; undefined between two bars. */
  barOn(index: number): DailyBar | undefined;
  /** The last bar on or before this session. */
  barBefore(index: number): DailyBar | undefined;
  closeOn(index: number): number;
  sessionPath(index: number): SessionPath;
  /** What `sessionPath` says of the whole session, remembered: long histories are asked for again and again. */
  sessionRange(index: number): SessionRange;
}

/** A quarter of a day's variance comes overnight, about what US stocks show. */
const OVERNIGHT_SHARE = 0.25;
const DEVIATION_MIN = 0.000_05;
const DEVIATION_MAX = 0.05;
/** A range from low to high is on average this many daily standard deviations wide (Parkinson 1980). */
const RANGE_PER_DEVIATION = 2 * Math.sqrt(Math.LN2);
const PATHS_KEPT = 8;

/** Which draws belong to what. */
const STREAM = { day: 1, open: 2 } as const;

/** @param bars at least one; each date is a session of `line`. */
export function pricePathOf(bars: readonly DailyBar[], line: SessionLine, chance: Chance): PricePath {
  const indexes = bars.map(({ date }) => line.indexOn(date) as number);
  const [first, last] = [indexes[0] as number, indexes.at(-1) as number];
  const daily = dailyDeviation(bars, indexes);
  const kept = new Map<number, SessionPath>();
  const ranges = new Map<number, SessionRange>();

  const barBefore = (index: number) => bars[countWhile(indexes, (each) => each <= index) - 1];
  const barOn = (index: number) => {
    const at = countWhile(indexes, (each) => each < index);
    return indexes[at] === index ? bars[at] : undefined;
  };
  const closeOn = (index: number) => {
    const right = countWhile(indexes, (each) => each < index);
    const bar = bars[right] as DailyBar;
    if (indexes[right] === index) return bar.close;
    const before = bars[right - 1] as DailyBar;
    const displace = (middle: number) => chance.normal(STREAM.day, dayNumber(line.sessions[middle] as Session), 0);
    const [low, high] = [indexes[right - 1] as number, indexes[right] as number];
    return Math.exp(bridgeAt(index, low, high, Math.log(before.close), Math.log(bar.close), daily, displace));
  };

  function openOn(index: number, close: number, low: number, high: number): number {
    const known = barOn(index)?.open;
    if (known !== undefined || index === first) return known ?? close;
    const night = Math.log(close / closeOn(index - 1)) * OVERNIGHT_SHARE;
    const spread = daily * Math.sqrt(OVERNIGHT_SHARE * (1 - OVERNIGHT_SHARE));
    const drawn = chance.normal(STREAM.open, dayNumber(line.sessions[index] as Session), 0);
    return Math.min(Math.max(closeOn(index - 1) * Math.exp(night + spread * drawn), low), high);
  }

  function sessionPath(index: number): SessionPath {
    const path = kept.get(index) ?? buildSession(index);
    kept.set(index, path);
    if (kept.size > PATHS_KEPT) kept.delete(kept.keys().next().value as number);
    return path;
  }

  function sessionRange(index: number): SessionRange {
    const known = ranges.get(index);
    if (known !== undefined) return known;
    const { open, high, low, close } = buildSession(index);
    ranges.set(index, { open, high, low, close });
    return { open, high, low, close };
  }

  function buildSession(index: number): SessionPath {
    const session = line.sessions[index] as Session;
    const { high: knownHigh = Number.POSITIVE_INFINITY, low: knownLow = 0 } = barOn(index) ?? {};
    const close = closeOn(index);
    const open = openOn(index, close, knownLow, knownHigh);
    const isRangeKnown = Number.isFinite(knownHigh) && knownLow > 0;
    const deviation = isRangeKnown ? Math.log(knownHigh / knownLow) / RANGE_PER_DEVIATION : daily * Math.sqrt(1 - OVERNIGHT_SHARE);
    return sessionPathOf({ session, open, close, knownLow, knownHigh, deviation }, chance);
  }

  const isDarkUntilClose = (index: number) => index === first && bars[0]?.open === undefined;

  return { first, last, isDarkUntilClose, barOn, barBefore, closeOn, sessionPath, sessionRange };
}

/** The standard deviation of one session's log return that the closes themselves show. */
function dailyDeviation(bars: readonly DailyBar[], indexes: readonly number[]): number {
  if (bars.length < 2) return DEVIATION_MIN;
  let sum = 0;
  for (let at = 1; at < bars.length; at += 1) {
    const logReturn = Math.log((bars[at] as DailyBar).close / (bars[at - 1] as DailyBar).close);
    sum += logReturn ** 2 / ((indexes[at] as number) - (indexes[at - 1] as number));
  }
  return Math.min(Math.max(Math.sqrt(sum / (bars.length - 1)), DEVIATION_MIN), DEVIATION_MAX);
}
