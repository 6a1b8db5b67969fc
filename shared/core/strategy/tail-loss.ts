// What the holdings would have lost on the bad days on record: value at risk and expected shortfall, by historical simulation.
// Floats of the research side, rounded against us at the end; nothing is ordered by them.
import type { NewYorkDate } from '../values/time.ts';
import { type Ppm, toFraction, WHOLE } from '../values/weight.ts';
import type { History } from './history.ts';

/** Of all days, those on which the loss stays within the value at risk. */
export const TAIL_LEVELS = ['95%', '99%'] as const;
export type TailLevel = (typeof TAIL_LEVELS)[number];

/** One day in so many is in the tail. Fewer days than that have none. */
const ONE_IN: Readonly<Record<TailLevel, number>> = { '95%': 20, '99%': 100 };
/** A thousandth of a millionth is no loss, but the noise of floats. */
const NOISE = 1e-3;

export interface TailLoss {
  readonly level: TailLevel;
  /** The mildest loss of the tail, as a part of the portfolio; 0 where it is a gain. */
  readonly valueAtRisk: Ppm;
  /** The mean of the tail. */
  readonly expectedShortfall: Ppm;
}

export interface TailLosses {
  /** Sessions whose return is known of every symbol. */
  readonly returns: number;
  /** Without the levels for which there are too few returns. */
  readonly levels: readonly TailLoss[];
}

interface Change {
  readonly since: NewYorkDate;
  readonly by: number;
}

/**
 * @param weights below zero when short; without cash.
 * @param histories each adjusted in its own way, which a return does not show; where two know a session, the first counts.
 */
export function tailLosses(
  weights: readonly { readonly symbol: string; readonly weight: Ppm }[],
  histories: readonly History[],
): TailLosses {
  const held = weights
    .filter(({ weight }) => weight !== 0n)
    .map(({ symbol, weight }) => ({ part: toFraction(weight), changes: changesOf(symbol, histories) }));
  const losses = [...(held[0]?.changes ?? [])].flatMap(([date, { since }]) => {
    const parts = held.map(({ part, changes }) => {
      const change = changes.get(date);
      return change === undefined || change.since !== since ? undefined : part * change.by;
    });
    return parts.includes(undefined) ? [] : [-parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)];
  });
  const worstFirst = losses.sort((a, b) => b - a);
  const levels = TAIL_LEVELS.filter((level) => losses.length >= ONE_IN[level]).map((level) => tailAt(level, worstFirst));
  return { returns: losses.length, levels };
}

/** From one close to the next of the same history. */
function changesOf(symbol: string, histories: readonly History[]): ReadonlyMap<NewYorkDate, Change> {
  const changes = new Map<NewYorkDate, Change>();
  for (const { columns } of histories) {
    const { dates = [], closes = [] } = columns.find((column) => column.symbol === symbol) ?? {};
    for (const [place, date] of dates.entries()) {
      const [since, before, close] = [dates[place - 1], closes[place - 1] ?? 0, closes[place] ?? 0];
      if (since !== undefined && before > 0 && close > 0 && !changes.has(date)) changes.set(date, { since, by: close / before - 1 });
    }
  }
  return changes;
}

function tailAt(level: TailLevel, worstFirst: readonly number[]): TailLoss {
  // Rounded down: a tail of more days would be milder.
  const tail = worstFirst.slice(0, Math.floor(worstFirst.length / ONE_IN[level]));
  const mean = tail.reduce((sum, loss) => sum + loss, 0) / tail.length;
  return { level, valueAtRisk: partLost(tail.at(-1) ?? 0), expectedShortfall: partLost(mean) };
}

function partLost(fraction: number): Ppm {
  return fraction <= 0 ? 0n : BigInt(Math.ceil(fraction * Number(WHOLE) - NOISE));
}
