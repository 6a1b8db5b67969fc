// Where a symbol closed in the session before.
import { closePrice } from '../market/close-price.ts';
import type { MicroUsd } from '../values/money.ts';
import type { RiskFacts } from './facts.ts';

/** undefined where there is no close, or the last is older. */
export function lastCloseOf(symbol: string, { recent, historyAsOf }: Pick<RiskFacts, 'recent' | 'historyAsOf'>): MicroUsd | undefined {
  const column = recent.columns.find((each) => each.symbol === symbol);
  if (column === undefined || column.dates.at(-1) !== historyAsOf) return undefined;
  return closePrice(column.closes.at(-1));
}
