// The fast backtest: the decisions of the live path on columns, weights and dollars, and an account that balances on every bar.
// No I/O, no clock: the same subject, prices and options give the same result, bit by bit, and the future has no part in it.

import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { BacktestOptions } from './backtest-options.ts';
import type { BacktestRefused, BacktestResult } from './backtest-result.ts';
import { cashRates } from './cash-rates.ts';
import { liveRuns } from './live-runs.ts';
import { marketOf } from './market.ts';
import type { PriceTable } from './price-table.ts';
import { refuseOptions, refuseUncoveredCash } from './refuse-options.ts';
import { resultOf } from './result-of.ts';
import { runDays } from './run-days.ts';
import { type DecisionsOf, sleeveDecisions } from './sleeve-decisions.ts';
import type { Subject } from './subject.ts';
import { subjectColumns } from './subject-columns.ts';

/**
 * @param prices of every symbol that the subject holds or looks at, from as far back as it looks. May be used for any number of
 * backtests: what is made of it is kept.
 * @param decisionsOf where the decisions of a sleeve come from: its strategy, unless something else is given, such as what
 * was decided once and recorded.
 */
export function backtest(
  subject: Subject,
  prices: PriceTable,
  options: BacktestOptions,
  decisionsOf: DecisionsOf = sleeveDecisions,
): BacktestResult | BacktestRefused {
  const market = marketOf(prices);
  const held = subjectColumns(subject, market, options.dividends);
  const refusal = refuseOptions(held, prices, options);
  if (refusal !== undefined) return refusal;
  const { dates } = prices;
  const until = options.to === undefined ? dates.length - 1 : dates.findLastIndex((date) => date <= (options.to as NewYorkDate));
  const runs = runDays(subject, dates, options.fill, held.hasOpens).filter(
    ({ day }) => day <= until && (options.from === undefined || (dates[day] as NewYorkDate) >= options.from),
  );
  const lived = liveRuns({ subject, market, held, runs, until, rates: cashRates(options.cash, dates), options, decisionsOf });
  if (lived.kind === 'refused') return lived;
  const result = resultOf(subject.name, prices, held.symbols, lived);
  return refuseUncoveredCash(options.cash, result.dates) ?? result;
}
