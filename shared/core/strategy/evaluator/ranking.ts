// Which candidates a filter takes: by value, ties by symbol, then by their order in the file.
import { isDefined } from './defined.ts';

const SIGNIFICANT_DIGITS = 10;

/**
 * A value as ranks compare it, to ten significant digits: two groups that held the same asset differ only by
 * rounding, and that must not decide.
 */
export function rankValue(value: number): number {
  if (value === 0) return 0;
  const scale = 10 ** (SIGNIFICANT_DIGITS - 1 - Math.floor(Math.log10(Math.abs(value))));
  return Number.isFinite(scale) && scale > 0 ? Math.round(value * scale) / scale : value;
}

export interface Candidate {
  /** Place in the file. */
  readonly place: number;
  readonly value: number;
  /** Empty for anything but a single asset. */
  readonly symbol: string;
}

/** The places of the first `count` defined candidates, best first. Fewer when fewer are defined. */
export function select(candidates: readonly Candidate[], direction: 'top' | 'bottom', count: number): number[] {
  const sign = direction === 'top' ? -1 : 1;
  return candidates
    .filter(({ value }) => isDefined(value))
    .map((candidate) => ({ ...candidate, value: sign * rankValue(candidate.value) }))
    .sort((a, b) => a.value - b.value || compareSymbols(a.symbol, b.symbol) || a.place - b.place)
    .slice(0, count)
    .map(({ place }) => place);
}

/** Subtrees, which have no symbol, come before all symbols: without a place for them the order would run in circles. */
function compareSymbols(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
