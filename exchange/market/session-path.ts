// One session of one symbol, second by second: from its open to its close, inside its range, by a seeded bridge.
import type { Session } from '../../shared/core/market/calendar.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../shared/core/values/time.ts';
import { bridgeAt, fillBridge } from './bridge.ts';
import type { Chance } from './chance.ts';

/** The four prices of a session, in dollars. */
export interface SessionRange {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** One session of one symbol. */
export interface SessionPath extends SessionRange {
  readonly session: Session;
  readonly minutes: number;
  /** The price `second` seconds after the open; the last second is the close. */
  priceAt(second: number): number;
  /** The 61 prices from the start of a minute to its end, both included. */
  minute(minute: number): Float64Array;
}

/** Which draws belong to what. */
const MINUTE_STREAM = 3;
const SECOND_STREAM = 4;
const SECONDS = 60;

export interface SessionShape {
  readonly session: Session;
  readonly open: number;
  readonly close: number;
  readonly knownLow: number;
  readonly knownHigh: number;
  /** Standard deviation of the log price from open to close. */
  readonly deviation: number;
}

export function sessionPathOf({ session, open, close, knownLow, knownHigh, deviation }: SessionShape, chance: Chance): SessionPath {
  const minutes = Math.floor((session.close - session.open) / MINUTE_MS);
  const day = dayNumber(session);
  const grid = new Float64Array(minutes + 1);
  grid[0] = Math.log(open);
  grid[minutes] = Math.log(close);
  fillBridge(grid, deviation / Math.sqrt(minutes), (middle) => chance.normal(MINUTE_STREAM, day, middle));
  const bounded = grid.map((logPrice) => foldInto(logPrice, Math.log(knownLow), Math.log(knownHigh)));
  // Where the bar gives no range, the minutes decide it and the seconds in between keep to it: the range of
  // a session then costs one grid, not every second of it.
  const high = Number.isFinite(knownHigh) ? knownHigh : Math.max(open, close, Math.exp(bounded.reduce((a, b) => Math.max(a, b))));
  const low = knownLow > 0 ? knownLow : Math.min(open, close, Math.exp(bounded.reduce((a, b) => Math.min(a, b))));
  const [logLow, logHigh] = [Math.log(low), Math.log(high)];
  const step = deviation / Math.sqrt(minutes * SECONDS);
  const dollars = (logPrice: number) => Math.min(Math.max(Math.exp(foldInto(logPrice, logLow, logHigh)), low), high);
  const displacementIn = (minute: number) => (middle: number) => chance.normal(SECOND_STREAM, day * 1_440 + minute, middle);

  return {
    session,
    open,
    close,
    low,
    high,
    minutes,
    priceAt(second) {
      if (second <= 0) return open;
      if (second >= minutes * SECONDS) return close;
      const minute = Math.floor(second / SECONDS);
      const [start, end] = [bounded[minute] as number, bounded[minute + 1] as number];
      return dollars(bridgeAt(second % SECONDS, 0, SECONDS, start, end, step, displacementIn(minute)));
    },
    minute(minute) {
      const points = new Float64Array(SECONDS + 1);
      points[0] = bounded[minute] as number;
      points[SECONDS] = bounded[minute + 1] as number;
      fillBridge(points, step, displacementIn(minute));
      const prices = points.map(dollars);
      if (minute === 0) prices[0] = open;
      if (minute === minutes - 1) prices[SECONDS] = close;
      return prices;
    },
  };
}

/** Reflects a value at both bounds until it lies between them: continuous, and nothing inside is moved. */
function foldInto(value: number, low: number, high: number): number {
  if (!(high > low)) return low;
  let folded = value;
  while (folded < low || folded > high) folded = folded < low ? 2 * low - folded : 2 * high - folded;
  return folded;
}

/** Names a session independently of where the known prices begin. */
export function dayNumber({ open }: Session): number {
  return Math.floor(open / DAY_MS);
}

/** Whole seconds from the open to `at`, at most to the close. */
export function secondOf(session: Session, at: number): number {
  return Math.floor((Math.min(at, session.close) - session.open) / SECOND_MS);
}
