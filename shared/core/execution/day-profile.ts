// How a session's volume and movement are spread over it: a model of the U that exchanges show, in whole numbers. It knows
// no symbol: a run reads daily bars, and those say nothing of the hours.
import type { Session } from '../market/calendar.ts';
import type { EpochMs } from '../values/time.ts';

type Hours = Pick<Session, 'open' | 'close'>;

/**
 * By thirteenths of the session, half hours of a regular one. The shape is that of Jain & Joh 1988 (JFQA 23:3; volume) and
 * Wood, McInish & Ord 1985 (J. Finance 40:3; returns), with the heavier end of today; the figures are ours, and rounded.
 */
const VOLUME_PERCENT = [14n, 9n, 8n, 7n, 6n, 6n, 5n, 5n, 6n, 6n, 7n, 8n, 13n];
/** Of the variance of a mean thirteenth. */
const VARIANCE_PERCENT = [256n, 144n, 121n, 100n, 81n, 81n, 64n, 64n, 64n, 81n, 81n, 81n, 121n];
const PARTS = BigInt(VOLUME_PERCENT.length);

/** Where the expected impact of equal volume is the same: impact grows with σ·√(q/V), so q goes with V/σ². */
const TEMPO = VOLUME_PERCENT.map((volume, part) => (volume * 1_000_000n) / (VARIANCE_PERCENT[part] ?? 1n));

/** A part of the day's volume, as numerator and denominator. */
export interface Share {
  readonly part: bigint;
  readonly whole: bigint;
}

/** The part of the day's volume that can be expected between two moments of the session. */
export function volumeShare(from: EpochMs, to: EpochMs, session: Hours): Share {
  return { part: areaUnder(VOLUME_PERCENT, from, to, session), whole: 100n * BigInt(session.close - session.open) };
}

/** How much of a trade belongs between two moments, beside what belongs between others. */
export function tempoBetween(from: EpochMs, to: EpochMs, session: Hours): bigint {
  return areaUnder(TEMPO, from, to, session);
}

/** A thirteenth of the session is as long as the whole of it in thirteenths of a millisecond. */
function areaUnder(heights: readonly bigint[], from: EpochMs, to: EpochMs, { open, close }: Hours): bigint {
  const width = BigInt(close - open);
  const [first, last] = [BigInt(from - open) * PARTS, BigInt(to - open) * PARTS];
  return heights.reduce((sum, height, part) => {
    const begins = BigInt(part) * width;
    const [left, right] = [first > begins ? first : begins, last < begins + width ? last : begins + width];
    return right > left ? sum + height * (right - left) : sum;
  }, 0n);
}
