// The names by which a run and its orders are known for ever. Pure functions of what is decided, never
// of an attempt, a clock or chance: that is what makes doing it twice the same as doing it once.
import type { Flavor } from './flavor.ts';
import { isNewYorkDate, type NewYorkDate } from './time.ts';

/** `portfolio/2026-11-20/schedule`. */
export type RunId = Flavor<string, 'RunId'>;

/** What the broker refuses to accept twice; at most 128 characters. */
export type ClientOrderId = Flavor<string, 'ClientOrderId'>;

/** The SHA-256 of an artifact's canonical bytes, in hex. */
export type ContentHash = Flavor<string, 'ContentHash'>;

/** Of every SHA-256 as it is written down, of a hash or of a code under a key. */
export const SHA256_PATTERN = /^[0-9a-f]{64}$/;

/**
 * Names of portfolios, schedules and sleeves: so that every id made of them stays within its limits. `constructor` is none: every
 * object answers to it, and what is kept by name would be found where nothing was put.
 */
export const NAME_PATTERN = /^(?!constructor$)[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?$/;

/** Upper-case ticker as the broker writes it: "SPY", "BRK.B". */
export const SYMBOL_PATTERN = /^[A-Z]{1,6}(?:\.[A-Z]{1,2})?$/;

const COUNT_PATTERN = /^(?:0|[1-9]\d{0,5})$/;

export type Side = 'buy' | 'sell';

export interface RunKey {
  readonly portfolio: string;
  readonly session: NewYorkDate;
  readonly schedule: string;
}

export function runIdOf({ portfolio, session, schedule }: RunKey): RunId {
  return `${portfolio}/${session}/${schedule}`;
}

/** The inverse of `runIdOf`; undefined when the text is not a run id. */
export function parseRunId(text: string): RunKey | undefined {
  const [portfolio, session, schedule, surplus] = text.split('/');
  if (portfolio === undefined || session === undefined || schedule === undefined || surplus !== undefined) return undefined;
  if (!NAME_PATTERN.test(portfolio) || !NAME_PATTERN.test(schedule) || !isNewYorkDate(session)) return undefined;
  return { portfolio, session, schedule };
}

/** The run id in the alphabet of Step Functions execution names (at most 80 of `A-Za-z0-9-_`). */
export function executionNameOf(runId: RunId): string {
  return runId.replaceAll('/', '_');
}

export interface OrderKey {
  readonly runId: RunId;
  readonly symbol: string;
  readonly side: Side;
  /** Which part of the trade (0 unless the trade is sliced over time). */
  readonly slice: number;
  /** Which price step within the slice, from 0. */
  readonly peg: number;
}

export function clientOrderIdOf({ runId, symbol, side, slice, peg }: OrderKey): ClientOrderId {
  return `${executionNameOf(runId)}_${symbol}_${side}_${slice}_${peg}`;
}

/** What an order is for, by its id; undefined for an id that `clientOrderIdOf` does not make. */
export function parseClientOrderId(text: string): Omit<OrderKey, 'slice' | 'peg'> | undefined {
  const [portfolio, session, schedule, symbol, side, slice, peg, surplus] = text.split('_');
  const runId = parseRunId(`${portfolio}/${session}/${schedule}`);
  if (runId === undefined || symbol === undefined || surplus !== undefined || !SYMBOL_PATTERN.test(symbol)) return undefined;
  if (side !== 'buy' && side !== 'sell') return undefined;
  if (!COUNT_PATTERN.test(slice ?? '') || !COUNT_PATTERN.test(peg ?? '')) return undefined;
  return { runId: runIdOf(runId), symbol, side };
}
