// What the target weights would lose: on the worst day and week of the history that was read, when all shares fall by a fifth,
// and when everything goes against us at once. Floats of the research side, rounded against us at the end; nothing is
// ordered by them.

import { absolute, divide } from '../values/rounding.ts';
import type { NewYorkDate } from '../values/time.ts';
import { type Ppm, percent, toFraction, WHOLE } from '../values/weight.ts';
import type { History } from './history.ts';

/** Shares fall by this much, and what is short rises by as much. */
const SHOCK: Ppm = percent('20%');
/** Daily deviations that a position goes against us where everything moves as one. */
const DEVIATIONS = 3;
const WEEK_SESSIONS = 5;
/** A thousandth of a millionth is no loss, but the noise of floats. */
const NOISE = 1e-3;

export interface StressScenario {
  /** As a part of the portfolio; 0 where nothing would be lost. */
  readonly loss: Ppm;
  /** The last session of it. */
  readonly on?: NewYorkDate;
}

/** Each left out where the history does not allow an answer. */
export interface Stress {
  /** Daily returns that all symbols have in common. */
  readonly returns: number;
  readonly day?: StressScenario;
  readonly week?: StressScenario;
  readonly shock: StressScenario;
  /** The sum of |weight| × deviation × 3. */
  readonly correlated?: StressScenario;
}

/** @param weights below zero when short; without cash. */
export function stressOf(weights: readonly { readonly symbol: string; readonly weight: Ppm }[], history: History): Stress {
  const held = weights.filter(({ weight }) => weight !== 0n);
  const gross = held.reduce((sum, { weight }) => sum + absolute(weight), 0n);
  const shock = { loss: divide(gross * SHOCK, WHOLE, 'ceil') };
  const { dates, closesOf } = commonCloses(
    held.map(({ symbol }) => symbol),
    history,
  );
  const returns = Math.max(dates.length - 1, 0);
  if (held.length === 0 || returns === 0) return { returns, shock };
  const over = (sessions: number): StressScenario | undefined => {
    let worst: StressScenario | undefined;
    for (let at = sessions; at < dates.length; at += 1) {
      const change = held.reduce(
        (sum, { weight, symbol }) => sum + toFraction(weight) * changeOver(closesOf(symbol), at - sessions, at),
        0,
      );
      const loss = lossOf(-change);
      const on = dates[at];
      if (on !== undefined && (worst === undefined || loss > worst.loss)) worst = { loss, on };
    }
    return worst;
  };
  const [day, week] = [over(1), over(WEEK_SESSIONS)];
  const apart = held.reduce((sum, { weight, symbol }) => sum + Math.abs(toFraction(weight)) * deviationOf(closesOf(symbol)), 0);
  return {
    returns,
    ...(day === undefined ? {} : { day }),
    ...(week === undefined ? {} : { week }),
    shock,
    ...(returns < 2 ? {} : { correlated: { loss: lossOf(apart * DEVIATIONS) } }),
  };
}

/** The dates that all of them have, ascending; none where one of them has no column. */
function commonCloses(symbols: readonly string[], { columns }: History) {
  const closes = new Map<string, Map<NewYorkDate, number>>();
  for (const { symbol, dates, closes: values } of columns) {
    if (symbols.includes(symbol)) closes.set(symbol, new Map(dates.map((date, place) => [date, values[place] ?? Number.NaN])));
  }
  const [first] = symbols.map((symbol) => closes.get(symbol));
  const dates =
    first === undefined ? [] : [...first.keys()].filter((date) => symbols.every((symbol) => (closes.get(symbol)?.get(date) ?? 0) > 0));
  return { dates, closesOf: (symbol: string) => dates.map((date) => closes.get(symbol)?.get(date) ?? Number.NaN) };
}

function changeOver(closes: readonly number[], from: number, to: number): number {
  return (closes[to] ?? Number.NaN) / (closes[from] ?? Number.NaN) - 1;
}

/** Of the sample of daily returns. */
function deviationOf(closes: readonly number[]): number {
  const returns = closes.slice(1).map((close, place) => close / (closes[place] ?? Number.NaN) - 1);
  const mean = returns.reduce((sum, each) => sum + each, 0) / returns.length;
  const squares = returns.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return Math.sqrt(squares / (returns.length - 1));
}

/** @throws RangeError for what is no number: closes above zero always give one. */
function lossOf(fraction: number): Ppm {
  return fraction <= 0 ? 0n : BigInt(Math.ceil(fraction * Number(WHOLE) - NOISE));
}
