// The one stop of a position in tiers: so high that all of it together can lose no more than its entry could.
import { type Ppm, toFraction } from '../../values/weight.ts';
import type { Lot } from './tiers.ts';

/**
 * The lowest price at which the losses of all lots that would lose, Σ weight × (1 − stop / close), are what the first could
 * lose. A lot that would gain at it makes up for nothing: so it holds whatever part of each lot was really filled.
 * @param lots the entry first; below the highest of their closes lies the stop.
 */
export function raisedStop(lots: readonly Lot[], stopLoss: Ppm): number {
  const [entry] = lots;
  if (entry === undefined) throw new Error('a position in tiers has an entry');
  const risk = Number(entry.weight) * toFraction(stopLoss);
  const losing = [...lots].sort((a, b) => a.close - b.close);
  for (;;) {
    const weight = losing.reduce((sum, lot) => sum + Number(lot.weight), 0);
    const units = losing.reduce((sum, lot) => sum + Number(lot.weight) / lot.close, 0);
    const stop = (weight - risk) / units;
    const [lowest] = losing;
    if (lowest === undefined || losing.length === 1 || stop <= lowest.close) return stop;
    losing.shift();
  }
}

/** What all lots would lose together at a stop, as a part of the sleeve's million. */
export function openRisk(lots: readonly Lot[], stop: number): number {
  return lots.reduce((sum, { weight, close }) => sum + Number(weight) * Math.max(0, 1 - stop / close), 0);
}
