// The one stop of a position in tiers: so high that all of it together can lose no more than its entry could.
import { type Ppm, toFraction } from '../../values/weight.ts';
import type { Tranche } from './tiers.ts';

/**
 * The lowest price at which the losses of all tranches that would lose, Σ weight × (1 − stop / close), are what the first could
 * lose. A tranche that would gain at it makes up for nothing: so it holds whatever part of each tranche was really filled.
 * @param tranches the entry first; below the highest of their closes lies the stop.
 */
export function raisedStop(tranches: readonly Tranche[], stopLoss: Ppm): number {
  const [entry] = tranches;
  if (entry === undefined) throw new Error('a position in tiers has an entry');
  const risk = Number(entry.weight) * toFraction(stopLoss);
  const losing = [...tranches].sort((a, b) => a.close - b.close);
  for (;;) {
    const weight = losing.reduce((sum, tranche) => sum + Number(tranche.weight), 0);
    const units = losing.reduce((sum, tranche) => sum + Number(tranche.weight) / tranche.close, 0);
    const stop = (weight - risk) / units;
    const [lowest] = losing;
    if (lowest === undefined || losing.length === 1 || stop <= lowest.close) return stop;
    losing.shift();
  }
}

/** What all tranches would lose together at a stop, as a part of the sleeve's million. */
export function openRisk(tranches: readonly Tranche[], stop: number): number {
  return tranches.reduce((sum, { weight, close }) => sum + Number(weight) * Math.max(0, 1 - stop / close), 0);
}
