// Options that the prices cannot meet: said before anything is computed.
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { BacktestOptions, CashRate } from './backtest-options.ts';
import type { BacktestRefused } from './backtest-result.ts';
import { dayWithoutRate } from './cash-rates.ts';
import { dividendFlaw } from './dividends.ts';
import type { PriceTable } from './price-table.ts';
import type { SubjectColumns } from './subject-columns.ts';

export function refuseOptions(held: SubjectColumns, prices: PriceTable, { fill, dividends }: BacktestOptions): BacktestRefused | undefined {
  const missing = held.symbols.filter((_, place) => held.columns[place] === undefined);
  if (prices.dates.length === 0 || missing.length > 0) return refused('no-prices', `no prices of ${missing.join(', ') || 'anything'}`);
  if (fill === 'next-open' && !held.hasOpens) {
    const without = held.symbols.filter((_, place) => held.columns[place]?.opens === undefined);
    return refused('no-opens', `next-open needs opens, and the prices of ${without.join(', ')} have none`);
  }
  if (dividends === 'reinvested') return undefined;
  for (const symbol of held.symbols) {
    const column = prices.columns.find((each) => each.symbol === symbol);
    const flaw = column === undefined ? undefined : dividendFlaw(column);
    if (flaw === undefined) continue;
    const percent = (-100 * flaw.part).toFixed(3);
    return refused(
      'no-dividends',
      `the adjusted closes of ${symbol} mean that holders paid ${percent} % of the price on ${flaw.date}: which dividends there were cannot be told from them`,
    );
  }
  return undefined;
}

/** Which days are lived through is known only afterwards. A rate of long ago would be a return that nobody was paid. */
export function refuseUncoveredCash(cash: CashRate, days: readonly NewYorkDate[]): BacktestRefused | undefined {
  const day = dayWithoutRate(cash, days);
  if (day === undefined || cash.kind === 'annual') return undefined;
  const known = `they go from ${cash.dates[0]} to ${cash.dates.at(-1)}`;
  return refused(
    'no-cash-rates',
    `no rate of cash is known for ${day}, nor in the 35 days before it: ${known}; --from and --to say a part`,
  );
}

function refused(code: BacktestRefused['code'], detail: string): BacktestRefused {
  return { kind: 'refused', code, detail };
}
