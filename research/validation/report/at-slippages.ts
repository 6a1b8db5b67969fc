// The same backtest with spread and impact once, twice and three times: whether the result hangs on cheap trading.
import { backtest } from '../../backtest/backtest.ts';
import type { BacktestOptions } from '../../backtest/backtest-options.ts';
import type { BacktestResult } from '../../backtest/backtest-result.ts';
import type { PriceTable } from '../../backtest/price-table.ts';
import type { Subject } from '../../backtest/subject.ts';
import { type SettingFigures, settingFigures } from '../../metrics/setting-figures.ts';

/** Null where they are not defined, or the backtest was refused. */
export interface SlippageFigures extends SettingFigures {
  readonly times: 1 | 2 | 3;
}

/** @param result of the backtest under these options. */
export function atSlippages(
  subject: Subject,
  prices: PriceTable,
  options: BacktestOptions,
  result: BacktestResult,
): readonly SlippageFigures[] {
  return ([1, 2, 3] as const).map((times) => {
    const lived =
      times === options.costs.slippage ? result : backtest(subject, prices, { ...options, costs: { ...options.costs, slippage: times } });
    if (lived.kind === 'refused') return { times, cagr: null, sharpe: null, maxDrawdown: null };
    return { times, ...settingFigures({ ...lived, start: lived.start.date }) };
  });
}
