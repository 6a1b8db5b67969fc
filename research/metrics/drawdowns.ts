// How far, how long and how often the equity was below its highest.

/** Of a fall below the highest equity so far, in places of the equity column. */
export interface Drawdown {
  /** The highest before; −1 for the start. */
  readonly peak: number;
  readonly trough: number;
  /** The first at or above the peak again; null while it lasts. */
  readonly recovered: number | null;
  /** 1 − trough / peak. */
  readonly depth: number;
}

/** 1 − equity / its highest so far, on each bar. @param start the equity before the first bar. */
export function underwater(equity: Float64Array, start: number): Float64Array {
  let highest = start;
  return equity.map((now) => {
    if (now > highest) highest = now;
    return 1 - now / highest;
  });
}

/** The largest fall from the highest equity so far, a part of it; null for nothing. */
export function maxDrawdown(equity: Float64Array, start: number): number | null {
  if (equity.length === 0) return null;
  let [highest, deepest] = [start, 0];
  for (let bar = 0; bar < equity.length; bar += 1) {
    const now = equity[bar] as number;
    if (now > highest) highest = now;
    else if (1 - now / highest > deepest) deepest = 1 - now / highest;
  }
  return deepest;
}

/** Every fall in its order, the one that lasts too. */
export function drawdownsOf(equity: Float64Array, start: number): readonly Drawdown[] {
  const falls: Drawdown[] = [];
  let [peak, highest] = [-1, start];
  let trough = -1;
  let lowest = start;
  for (let bar = 0; bar < equity.length; bar += 1) {
    const now = equity[bar] as number;
    if (now >= highest) {
      if (lowest < highest) falls.push({ peak, trough, recovered: bar, depth: 1 - lowest / highest });
      [peak, highest, lowest] = [bar, now, now];
    } else if (now < lowest) [trough, lowest] = [bar, now];
  }
  if (lowest < highest) falls.push({ peak, trough, recovered: null, depth: 1 - lowest / highest });
  return falls;
}

/** √(Σ dᵢ² / n) of the falls below the highest so far, parts of one. Source: Martin and McCann (1989). */
export function ulcerIndex(below: Float64Array): number | null {
  if (below.length === 0) return null;
  return Math.sqrt(below.reduce((sum, each) => sum + each * each, 0) / below.length);
}

/** Σ dᵢ / n. Source: Zephyr's pain index, in Bacon (2008). */
export function painIndex(below: Float64Array): number | null {
  return below.length === 0 ? null : below.reduce((sum, each) => sum + each, 0) / below.length;
}
