// A thread of a sweep: it is given prices and options once, and then one variant after another.
import { workerData } from 'piscina';
import { type RanVariant, runVariant } from './run-variant.ts';
import type { SweepWork } from './variant-pool.ts';
import type { Variant } from './vary.ts';

const { kind, prices, options } = workerData as SweepWork;

export function work(variant: Variant): RanVariant {
  return runVariant(kind, variant, prices, options);
}
