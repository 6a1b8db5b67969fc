// What a path did over a part of a session, as one bar.
import type { SessionPath, SessionRange } from './session-path.ts';

/** Prices in dollars, rounded to micro-dollars where the model made them. */
export interface IntervalBar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** From one second after the open to another, both included; `sessionVolume` is spread evenly over the session. */
export function intervalBar(path: SessionPath, from: number, to: number, sessionVolume: number): IntervalBar {
  const total = path.minutes * 60;
  const volumeAt = (second: number) => Math.floor((sessionVolume * Math.min(second, total)) / total);
  const volume = volumeAt(to === total ? total : to + 1) - volumeAt(from);
  if (from <= 0 && to >= total) return sessionBar(path, volume);
  const open = path.priceAt(from);
  let [high, low, close] = [open, open, open];
  for (let minute = Math.floor(from / 60); minute * 60 <= to && minute < path.minutes; minute += 1) {
    const prices = path.minute(minute);
    for (let second = Math.max(from - minute * 60, 0); second <= 60 && minute * 60 + second <= to; second += 1) {
      close = prices[second] as number;
      if (close > high) high = close;
      if (close < low) low = close;
    }
  }
  return { open: toMicroDollar(open), high: toMicroDollar(high), low: toMicroDollar(low), close: toMicroDollar(close), volume };
}

/** A whole session. A close that is known keeps every digit, so that a history read back is the history that was given. */
export function sessionBar({ open, high, low, close }: SessionRange, volume: number): IntervalBar {
  return { open: toMicroDollar(open), high: Math.max(toMicroDollar(high), close), low: Math.min(toMicroDollar(low), close), close, volume };
}

function toMicroDollar(price: number): number {
  return Math.round(price * 1_000_000) / 1_000_000;
}
