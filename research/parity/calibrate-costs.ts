// The cost model of a backtest, measured on recorded fills: half the spread, and the coefficient Y of Y · σ · √(Q / ADV) with its
// standard error. Too few fills say nothing, and then nothing is said.
import type { Snapshot } from '../../shared/contracts/artifacts.ts';
import type { Leg } from '../../shared/core/execution/leg.ts';
import { toFraction } from '../../shared/core/values/weight.ts';
import { type Attribution, halfSpread } from './attribute-trade.ts';

/** One recorded trade, as parts of its mid. */
export interface CostSample {
  /** In dollars. */
  readonly notional: number;
  readonly halfSpread: number | null;
  /** What the fills were worse than mid and half spread. */
  readonly excess: number | null;
  /** σ · √(Q / ADV); null where volumes or the volatility were not archived. */
  readonly size: number | null;
}

export interface CostCalibration {
  readonly fills: number;
  /** Weighted by what was traded; null with too few fills. */
  readonly halfSpreadBps: number | null;
  /** Y by least squares through the origin; null with too few fills, or where all are of one size of nothing. */
  readonly impact: { readonly coefficient: number; readonly standardError: number; readonly fills: number } | null;
}

/** Fewer would give a standard error that is itself a guess. */
export const FILLS_MIN = 30;
const BPS = 10_000;
const SESSIONS = 20;

export function costSample(leg: Leg, { symbol, notional, impact }: Attribution, snapshot: Snapshot): CostSample | undefined {
  if (!(notional > 0)) return undefined;
  const volume = dailyDollars(symbol, snapshot);
  const sigma = leg.volatility;
  return {
    notional,
    halfSpread: halfSpread(symbol, snapshot),
    excess: impact === null ? null : impact / notional,
    size: volume === null || sigma === undefined ? null : toFraction(sigma) * Math.sqrt(notional / volume),
  };
}

export function calibrateCosts(samples: readonly CostSample[]): CostCalibration {
  const quoted = samples.flatMap(({ halfSpread: half, notional }) => (half === null ? [] : [{ half, notional }]));
  const traded = quoted.reduce((sum, { notional }) => sum + notional, 0);
  const points = samples.flatMap(({ size, excess }) => (size === null || excess === null ? [] : [{ size, excess }]));
  return {
    fills: samples.length,
    halfSpreadBps: quoted.length < FILLS_MIN ? null : (BPS * quoted.reduce((sum, { half, notional }) => sum + half * notional, 0)) / traded,
    impact: points.length < FILLS_MIN ? null : throughOrigin(points),
  };
}

/** y = Y · x + e: Y = Σxy / Σx², its error √(Σe² / (n − 1) / Σx²). */
function throughOrigin(points: readonly { readonly size: number; readonly excess: number }[]): CostCalibration['impact'] {
  const squares = points.reduce((sum, { size }) => sum + size * size, 0);
  if (!(squares > 0)) return null;
  const coefficient = points.reduce((sum, { size, excess }) => sum + size * excess, 0) / squares;
  const left = points.reduce((sum, { size, excess }) => sum + (excess - coefficient * size) ** 2, 0);
  return { coefficient, standardError: Math.sqrt(left / (points.length - 1) / squares), fills: points.length };
}

/** The mean of the latest 20 sessions of what limits looked at. */
function dailyDollars(symbol: string, { risk, history }: Snapshot): number | null {
  const column = [risk?.history, history].flatMap(
    (each) => each?.columns.find((own) => own.symbol === symbol && own.volumes !== undefined) ?? [],
  )[0];
  if (column?.volumes === undefined) return null;
  const dollars = column.volumes.slice(-SESSIONS).flatMap((volume, at) => {
    const close = column.closes.at(at - Math.min(SESSIONS, column.closes.length));
    return volume === null || close === undefined ? [] : [volume * close];
  });
  const mean = dollars.reduce((sum, each) => sum + each, 0) / dollars.length;
  return mean > 0 ? mean : null;
}
