// A thread of a walk-forward: it is given prices, options and the axis once, and then one variant after another.
import { workerData } from 'piscina';
import type { Variant } from '../sweep/vary.ts';
import { type LivedVariant, liveVariant } from './live-variant.ts';
import type { LifeWork } from './lives.ts';

const { kind, prices, options, axis } = workerData as LifeWork;

export function work(variant: Variant): LivedVariant {
  return liveVariant(kind, variant, prices, options, axis);
}
