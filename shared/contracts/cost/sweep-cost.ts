// What a sweep in the cloud costs, from the same table of prices as the month of a deployment. Without the free allowances: the
// trading of the account may need them.
import { SWEEP_MEMORY_MB } from '../sweep-batch.ts';
import { type Priced, prices } from './prices.ts';

export interface SweepSize {
  readonly variants: number;
  /** Variants of one call. */
  readonly batch: number;
  readonly secondsOfVariant: number;
}

/** Reading and unpacking the prices, once a function; reckoned as if every call began anew. */
const SECONDS_OF_START = 3;
/** Of the batch's own execution: its start and its one task. */
const TRANSITIONS_OF_BATCH = 2;
/** The rows, and what the machine notes of the batch. */
const WRITES_OF_BATCH = 2;

/** Dollars. */
export function sweepCost({ variants, batch, secondsOfVariant }: SweepSize): number {
  const batches = Math.ceil(variants / batch);
  const gbSeconds = ((variants * secondsOfVariant + batches * SECONDS_OF_START) * SWEEP_MEMORY_MB) / 1_024;
  return (
    costOf('functionSeconds', gbSeconds) +
    costOf('functionCalls', batches) +
    costOf('transitions', batches * TRANSITIONS_OF_BATCH) +
    costOf('objectWrites', batches * WRITES_OF_BATCH) +
    costOf('objectReads', batches)
  );
}

function costOf(priced: Priced, quantity: number): number {
  const { usd, per } = prices[priced];
  return (quantity * usd) / per;
}
