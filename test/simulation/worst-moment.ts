// What happens at the one moment at which it hurts most: when something was decided and is on the record, and is not done
// yet. Whoever acts then on what he saw before acts wrongly.
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { OrderIntent } from '../../shared/core/execution/order.ts';
import type { Step } from './steps.ts';

/** A new order is on the record, or one is to be canceled for the sake of its price. */
export type Moment = 'order-decided' | 'order-repriced';

export interface WorstMomentFault {
  readonly on: Moment;
  /** The how-manieth, from 1. */
  readonly nth: number;
  readonly what: 'keep' | 'cancel' | 'clock-at-deadline' | 'account-blocked' | 'foreign-order';
}

export class WorstMoment {
  readonly #fault: WorstMomentFault;
  readonly #strike: (what: WorstMomentFault['what'], intent: OrderIntent) => void;
  readonly #seen = new Set<string>();

  constructor(fault: WorstMomentFault, strike: (what: WorstMomentFault['what'], intent: OrderIntent) => void) {
    this.#fault = fault;
    this.#strike = strike;
  }

  see(step: Step): void {
    if (step.kind !== 'stored' || this.#seen.size >= this.#fault.nth) return;
    for (const intent of intentsOf(step.record, this.#fault.on)) {
      if (this.#seen.has(intent.clientOrderId) || this.#seen.size >= this.#fault.nth) continue;
      this.#seen.add(intent.clientOrderId);
      if (this.#seen.size >= this.#fault.nth) this.#strike(this.#fault.what, intent);
    }
  }
}

function intentsOf({ phase }: RunRecord, on: Moment): OrderIntent[] {
  if (phase.kind !== 'executing') return [];
  return phase.execution.legs.flatMap(({ stage }) => {
    if (on === 'order-decided') return stage.kind === 'sending' ? [stage.intent] : [];
    return stage.kind === 'canceling' && stage.cause.kind === 'next-peg' ? [stage.intent] : [];
  });
}
