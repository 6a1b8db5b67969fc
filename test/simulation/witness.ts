// Watches every record that is stored and every order that is sent, and says what must never be.
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { OrderIntent } from '../../shared/core/execution/order.ts';
import type { ClientOrderId } from '../../shared/core/values/identity.ts';
import { formatUsd } from '../../shared/core/values/money.ts';
import { notional } from '../../shared/core/values/shares.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import type { FaultyBroker } from './faulty-broker.ts';
import { TRAVEL_MS_MAX } from './wire.ts';

export class Witness {
  readonly #storedIntents = new Map<ClientOrderId, string>();
  readonly #broken: string[] = [];
  /** When the kill switch was thrown. */
  stoppedAt: EpochMs | undefined;

  get broken(): readonly string[] {
    return this.#broken;
  }

  report(what: string): void {
    this.#broken.push(what);
  }

  seeStored({ phase }: RunRecord): void {
    if (phase.kind === 'claimed' || phase.execution === undefined) return;
    for (const { stage } of phase.execution.legs) {
      if (stage.kind === 'waiting' || stage.kind === 'done') continue;
      const body = bodyOf(stage.intent);
      const before = this.#storedIntents.get(stage.intent.clientOrderId);
      if (before !== undefined && before !== body) this.report(`${stage.intent.clientOrderId} was decided twice: ${before}, then ${body}`);
      this.#storedIntents.set(stage.intent.clientOrderId, body);
    }
  }

  /** The moment a submission leaves us. */
  seeSent(intent: OrderIntent, at: EpochMs, deadline: EpochMs): void {
    const stored = this.#storedIntents.get(intent.clientOrderId);
    if (stored === undefined) this.report(`${intent.clientOrderId} was sent, but no record holds it`);
    else if (stored !== bodyOf(intent)) this.report(`${intent.clientOrderId} was sent as ${bodyOf(intent)}, stored as ${stored}`);
    if (at >= deadline) this.report(`${intent.clientOrderId} was sent after the deadline`);
    // Whoever reads the switch and then sends has an answer that is at most one way back old.
    if (this.stoppedAt !== undefined && at > this.stoppedAt + TRAVEL_MS_MAX)
      this.report(`${intent.clientOrderId} was sent with the kill switch on`);
  }

  /** The moment the broker accepts one, before it is on its books. */
  seeAccepted(intent: OrderIntent, broker: FaultyBroker): void {
    for (const { clientOrderId } of broker.liveOrders(intent.symbol)) {
      this.report(`${intent.clientOrderId} was accepted while ${clientOrderId} is live`);
    }
    if (intent.side === 'sell') return;
    const cost = broker.openBuyCost() + notional(intent.limitPrice, intent.quantity, 'ceil');
    if (cost > broker.cash) this.report(`live buys may cost ${formatUsd(cost)}, but there is ${formatUsd(broker.cash)} in cash`);
  }
}

function bodyOf({ symbol, side, quantity, limitPrice, timeInForce }: OrderIntent): string {
  return `${side} ${quantity} ${symbol} at ${limitPrice} ${timeInForce}`;
}
