// What happens at the one moment at which it hurts most: when something was decided and is on the record, and is not done
// yet. Whoever acts then on what he saw before acts wrongly.
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { Step } from './steps.ts';

/** A new order is on the record, or one is to be canceled for the sake of its price. */
export type Moment = 'order-decided' | 'order-repriced';

export interface WorstMomentFault {
  readonly on: Moment;
  /** The how-manieth, from 1. */
  readonly nth: number;
  readonly what: 'keep' | 'cancel' | 'clock-at-deadline' | 'account-blocked';
}

export class WorstMoment {
  readonly #fault: WorstMomentFault;
  readonly #strike: (what: WorstMomentFault['what']) => void;
  readonly #seen = new Set<string>();

  constructor(fault: WorstMomentFault, strike: (what: WorstMomentFault['what']) => void) {
    this.#fault = fault;
    this.#strike = strike;
  }

  see(step: Step): void {
    if (step.kind !== 'stored' || this.#seen.size >= this.#fault.nth) return;
    for (const id of idsOf(step.record, this.#fault.on)) this.#seen.add(id);
    if (this.#seen.size >= this.#fault.nth) this.#strike(this.#fault.what);
  }
}

function idsOf({ phase }: RunRecord, on: Moment): string[] {
  if (phase.kind !== 'executing') return [];
  return phase.execution.legs.flatMap(({ stage }) => {
    if (on === 'order-decided') return stage.kind === 'sending' ? [stage.intent.clientOrderId] : [];
    return stage.kind === 'canceling' && stage.cause.kind === 'next-peg' ? [stage.orderId] : [];
  });
}
