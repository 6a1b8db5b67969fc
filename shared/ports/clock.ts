import type { EpochMs } from '../core/values/time.ts';

/** The only source of "when". Virtual in the embedded run and in simulation. */
export interface Clock {
  now(): EpochMs;
}
