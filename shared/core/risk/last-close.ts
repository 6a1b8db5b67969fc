// Where a symbol closed in the session before.
import { type MicroUsd, parseUsd } from '../values/money.ts';
import type { RiskFacts } from './facts.ts';

/** undefined where there is no close, or the last is older. */
export function lastCloseOf(symbol: string, { recent, historyAsOf }: Pick<RiskFacts, 'recent' | 'historyAsOf'>): MicroUsd | undefined {
  const column = recent.columns.find((each) => each.symbol === symbol);
  if (column === undefined || column.dates.at(-1) !== historyAsOf) return undefined;
  const close = column.closes.at(-1);
  const price = close === undefined || !Number.isFinite(close) ? undefined : parseUsd(close.toFixed(6));
  return price === undefined || price <= 0n ? undefined : price;
}
