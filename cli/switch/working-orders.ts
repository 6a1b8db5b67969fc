// The orders that a run's record holds as sent and not ended. A record names an order before the broker has it, so an
// order that no record holds was never sent.
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import { formatUsd } from '../../shared/core/values/money.ts';
import { formatShares } from '../../shared/core/values/shares.ts';

export interface WorkingOrder {
  readonly runId: string;
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  /** Shares. */
  readonly quantity: string;
  /** US dollars. */
  readonly limitPrice: string;
  /** `sending`: the broker may or may not have it. */
  readonly stage: 'sending' | 'working' | 'canceling';
}

export function workingOrders({ runId, phase }: RunRecord): WorkingOrder[] {
  if (phase.kind !== 'executing') return [];
  return phase.execution.legs.flatMap(({ stage }) => {
    if (stage.kind === 'waiting' || stage.kind === 'done') return [];
    const { clientOrderId, symbol, side, quantity, limitPrice } = stage.intent;
    const order = { runId, clientOrderId, symbol, side, quantity: formatShares(quantity), limitPrice: formatUsd(limitPrice) };
    return [{ ...order, stage: stage.kind }];
  });
}

/** "sell 22 SPY at 99.98 (canceling)" */
export function workingOrderText({ side, quantity, symbol, limitPrice, stage }: WorkingOrder): string {
  return `${side} ${quantity} ${symbol} at ${limitPrice} (${stage})`;
}
