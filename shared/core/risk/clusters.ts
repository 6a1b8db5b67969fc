// Which symbols go together, by the correlation of their daily returns. Floats of the research side: they decide who
// belongs together, never a quantity.
import type { ClosesColumn, History } from '../strategy/history.ts';
import { toFraction } from '../values/weight.ts';
import type { ClusterLimit } from './limits.ts';

/** Each symbol is in exactly one, alone or with others; both in the order given. A pair that cannot be compared goes together. */
export function clustersOf(
  symbols: readonly string[],
  { columns }: History,
  { correlation, window }: Pick<ClusterLimit, 'correlation' | 'window'>,
): readonly (readonly string[])[] {
  const least = toFraction(correlation);
  const columnOf = new Map(columns.map((column) => [column.symbol, column]));
  const together = (a: string, b: string): boolean => {
    const found = correlationOf(columnOf.get(a), columnOf.get(b), window);
    return found === undefined || found >= least;
  };
  const left = [...symbols];
  const clusters: string[][] = [];
  for (let first = left.shift(); first !== undefined; first = left.shift()) {
    const cluster = [first];
    for (const member of cluster) {
      for (const other of left.filter((each) => together(member, each))) {
        cluster.push(other);
        left.splice(left.indexOf(other), 1);
      }
    }
    clusters.push(symbols.filter((symbol) => cluster.includes(symbol)));
  }
  return clusters;
}

/**
 * Pearson's, of the last `window` daily returns on dates that both have; 0 where one of them does not move at all;
 * undefined where there are too few.
 */
export function correlationOf(a: ClosesColumn | undefined, b: ClosesColumn | undefined, window: number): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  const closeOfB = new Map(b.dates.map((date, place) => [date, b.closes[place]]));
  const pairs = a.dates.flatMap((date, place) => {
    const [x, y] = [a.closes[place], closeOfB.get(date)];
    return x === undefined || y === undefined ? [] : [{ x, y }];
  });
  const last = pairs.slice(-(window + 1));
  if (last.length < window + 1) return undefined;
  const returns = last.slice(1).map(({ x, y }, place) => ({ x: x / (last[place]?.x ?? 0) - 1, y: y / (last[place]?.y ?? 0) - 1 }));
  const meanX = returns.reduce((sum, { x }) => sum + x, 0) / returns.length;
  const meanY = returns.reduce((sum, { y }) => sum + y, 0) / returns.length;
  let [xy, xx, yy] = [0, 0, 0];
  for (const { x, y } of returns) {
    xy += (x - meanX) * (y - meanY);
    xx += (x - meanX) ** 2;
    yy += (y - meanY) ** 2;
  }
  if (xx === 0 || yy === 0) return 0;
  const found = xy / Math.sqrt(xx * yy);
  return Number.isFinite(found) ? found : undefined;
}
