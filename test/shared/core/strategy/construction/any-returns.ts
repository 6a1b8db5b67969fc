// Returns to construct portfolios of: any, and those of the goldens.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';

export const data = fileURLToPath(new URL('../../../../../../shared/data/', import.meta.url));
export const isHere = existsSync(`${data}reference/optimisation`) && existsSync(`${data}prices/etf37`);
export const absent = isHere ? '' : ' (left out: ../shared/data is not there)';

/** Of adjusted closes between two dates, both included. */
export function etfCloses(symbols: readonly string[], first: string, last: string): readonly Float64Array[] {
  return symbols.map((symbol) => {
    const rows = readFileSync(`${data}prices/etf37/${symbol}.csv`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    return Float64Array.from(rows.filter(([date = '']) => date >= first && date <= last).map((row) => Number(row[2])));
  });
}

export function returnsOf(closes: readonly Float64Array[]): readonly Float64Array[] {
  return closes.map((column) => column.slice(1).map((close, bar) => close / (column[bar] as number) - 1));
}

/** Two to six assets over forty days: common shocks, and as much of their own that no covariance is singular. */
export const anyReturns = fc
  .record({
    assets: fc.integer({ min: 2, max: 6 }),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    common: fc.double({ min: 0, max: 0.02, noNaN: true }),
  })
  .map(({ assets, seed, common }): readonly Float64Array[] => {
    let state = seed;
    const shock = (): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647 - 0.5;
    };
    const market = Float64Array.from({ length: 40 }, shock);
    return Array.from({ length: assets }, (_, place) => market.map((each) => common * each + 0.01 * (1 + place) * shock()));
  });

/** The same assets in another order. */
export function reordered<Item>(
  items: readonly Item[],
  seed: number,
): { readonly items: readonly Item[]; readonly from: readonly number[] } {
  const from = items.map((_, place) => place).sort((a, b) => ((a * 7 + seed) % 11) - ((b * 7 + seed) % 11) || a - b);
  return { items: from.map((place) => items[place] as Item), from };
}
