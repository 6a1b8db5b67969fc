// The exchange's own time. Everything it answers is a function of what this clock says.
import type { EpochMs } from '../shared/core/values/time.ts';

export interface ExchangeClock {
  readonly kind: 'virtual' | 'running';
  now(): EpochMs;
  /** @throws ClockError when `at` is before now: what was answered cannot be unsaid. */
  set(at: EpochMs): void;
  /** @throws ClockError when `ms` is negative. */
  advance(ms: number): void;
}

/** Time was asked to go back, or to an instant that is none. */
export class ClockError extends Error {
  override readonly name = 'ClockError';
}

/** Stands still until it is moved. */
export function virtualClock(start: EpochMs): ExchangeClock {
  let at = instant(start);
  return {
    kind: 'virtual',
    now: () => at,
    set: (to) => {
      at = notBefore(at, to);
    },
    advance: (ms) => {
      at = notBefore(at, at + ms);
    },
  };
}

/** Starts at an instant and runs in real time. @param monotonic milliseconds that only ever grow. */
export function runningClock(start: EpochMs, monotonic: () => number = () => performance.now()): ExchangeClock {
  const begun = monotonic();
  let offset = instant(start);
  const now = () => Math.floor(offset + monotonic() - begun);
  return {
    kind: 'running',
    now,
    set: (to) => {
      offset += notBefore(now(), to) - now();
    },
    advance: (ms) => {
      offset += notBefore(now(), now() + ms) - now();
    },
  };
}

function notBefore(now: EpochMs, to: EpochMs): EpochMs {
  if (instant(to) < now) throw new ClockError(`the exchange is at ${iso(now)} and cannot go back to ${iso(to)}`);
  return to;
}

function instant(at: number): EpochMs {
  if (!Number.isSafeInteger(at) || Math.abs(at) > 8.64e15) throw new ClockError(`${at} is not an instant in whole milliseconds`);
  return at;
}

function iso(at: EpochMs): string {
  return new Date(at).toISOString();
}
