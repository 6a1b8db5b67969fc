// Which candidates a filter takes: by value, ties by symbol, then by their order in the file.
import type { StrategyOptions } from '../options.ts';
import type { Tree } from '../tree.ts';

const SIGNIFICANT_DIGITS = 10;

/** A unit of the tenth digit is at most 1e-9 of the value: what is further apart than this stays apart when rounded. */
const SURELY_APART = 1e-8;

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
export function select(
  candidates: readonly Candidate[],
  direction: 'top' | 'bottom',
  count: number,
  digits: StrategyOptions['rankDigits'],
): number[] {
  const ties = tieOrder(candidates.map(({ symbol }) => symbol));
  const chosen = new Int32Array(Math.min(count, candidates.length));
  const values = Float64Array.from(candidates, ({ value }) => value);
  const taken = chooseBest(values, ties, direction, chosen, digits);
  return [...chosen.subarray(0, taken)].flatMap((index) => candidates[index]?.place ?? []);
}

/** The children that a filter ranks: all, or of each symbol the first. */
export function candidatesOf({ children }: { readonly children: readonly Tree[] }, { duplicates }: StrategyOptions): readonly Tree[] {
  if (duplicates === 'kept') return children;
  const met = new Set<string>();
  return children.filter((child) => {
    if (child.kind !== 'asset') return true;
    const isFirst = !met.has(child.symbol);
    met.add(child.symbol);
    return isFirst;
  });
}

/**
 * The order in which candidates of the same value are taken. Subtrees, which have no symbol, come before all symbols:
 * without a place for them the order would run in circles.
 */
export function tieOrder(symbols: readonly string[]): readonly number[] {
  const order = symbols.map((symbol, place) => ({ symbol, place }));
  return order.sort((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : a.place - b.place)).map(({ place }) => place);
}

/**
 * Fills `chosen` with the places of the best defined values, best first, as many as it is long.
 * @param ties every place, in the order in which the same values are taken.
 * @returns how many there are.
 */
export function chooseBest(
  values: Float64Array,
  ties: readonly number[],
  direction: 'top' | 'bottom',
  chosen: Int32Array,
  digits: StrategyOptions['rankDigits'] = 10,
): number {
  // Where all digits count, whatever differs is apart.
  const apart = digits === 'all' ? 0 : SURELY_APART;
  if (chosen.length === 1) return chooseOne(values, ties, direction, chosen, apart);
  let taken = 0;
  for (const place of ties) {
    const value = values[place] as number;
    if (Number.isNaN(value)) continue;
    if (taken < chosen.length) taken += 1;
    else if (!isBetter(value, values[chosen[taken - 1] as number] as number, direction, apart)) continue;
    let rank = taken - 1;
    for (; rank > 0 && isBetter(value, values[chosen[rank - 1] as number] as number, direction, apart); rank -= 1) {
      chosen[rank] = chosen[rank - 1] as number;
    }
    chosen[rank] = place;
  }
  return taken;
}

/** The same for the most frequent selection, without moving anything. */
function chooseOne(values: Float64Array, ties: readonly number[], direction: 'top' | 'bottom', chosen: Int32Array, apart: number): number {
  let best = Number.NaN;
  for (let rank = 0; rank < ties.length; rank += 1) {
    const place = ties[rank] as number;
    const value = values[place] as number;
    if (Number.isNaN(value) || !(Number.isNaN(best) || isBetter(value, best, direction, apart))) continue;
    best = value;
    chosen[0] = place;
  }
  return Number.isNaN(best) ? 0 : 1;
}

/** Rounding keeps an order, so it is asked only where it could make a tie. */
function isBetter(value: number, other: number, direction: 'top' | 'bottom', apart: number): boolean {
  if (value === other) return false;
  if (Math.abs(value - other) > apart * Math.max(Math.abs(value), Math.abs(other))) return value > other === (direction === 'top');
  const [rounded, otherRounded] = [rankValue(value), rankValue(other)];
  return rounded !== otherRounded && rounded > otherRounded === (direction === 'top');
}
