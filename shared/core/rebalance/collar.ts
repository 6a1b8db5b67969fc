// The worst price a trade may get: the arrival mid plus or minus the collar.
import type { Side } from '../values/identity.ts';
import type { MicroUsd } from '../values/money.ts';
import { divide } from '../values/rounding.ts';

/** Rounded inward, so that the collar is never passed by rounding. */
export function collarPrice(side: Side, arrival: MicroUsd, collarBps: number): MicroUsd {
  const bps = BigInt(collarBps);
  return side === 'buy' ? divide(arrival * (10_000n + bps), 10_000n, 'floor') : divide(arrival * (10_000n - bps), 10_000n, 'ceil');
}
