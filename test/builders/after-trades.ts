// The portfolio that a plan leads to when every trade fills at its arrival price and costs nothing.
import type { Portfolio } from '../../shared/core/portfolio/portfolio.ts';
import type { Trade } from '../../shared/core/rebalance/plan.ts';
import { anAccount } from './portfolio.ts';

export function afterTrades({ account, positions }: Portfolio, trades: readonly Trade[]): Portfolio {
  const quantities = new Map(positions.map(({ symbol, quantity }) => [symbol, quantity]));
  let { cash } = account;
  for (const { symbol, side, quantity, notional } of trades) {
    const sign = side === 'buy' ? 1n : -1n;
    quantities.set(symbol, (quantities.get(symbol) ?? 0n) + sign * quantity);
    cash -= sign * notional;
  }
  const held = [...quantities].filter(([, quantity]) => quantity !== 0n).sort(([a], [b]) => (a < b ? -1 : 1));
  return { account: anAccount({ cash }), positions: held.map(([symbol, quantity]) => ({ symbol, quantity, available: quantity })) };
}
