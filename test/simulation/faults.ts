// What goes wrong on a day, drawn from its seed. Most days have a few faults only: a day on which everything
// fails exercises nothing but the failing.
import type { OpenOrders } from '../../shared/core/execution/open-orders.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/core/values/time.ts';
import type { Chance } from './chance.ts';

export interface SwitchFault {
  readonly afterMs: number;
  /** What becomes of the orders that work, or off. */
  readonly to: OpenOrders | 'off';
}

export interface TradingHalt {
  /** Which of the symbols. */
  readonly place: number;
  readonly afterMs: number;
  readonly forMs: number;
}

export interface Faults {
  /** Requests to the broker. */
  readonly readFails: number;
  readonly staleRead: number;
  readonly refused: number;
  readonly lostBefore: number;
  readonly lostAfter: number;
  readonly late: number;
  readonly lateMsMax: number;
  /** What the broker does with orders. */
  readonly rejects: number;
  readonly rejectsLater: number;
  readonly brokerCancels: number;
  readonly checksMoneyFirst: boolean;
  readonly unfillable: number;
  /** An order is replaced by hand, held back, promised a trade, done for the day, or in a state that nobody has heard of. */
  readonly oddStatus: number;
  readonly badQuote: number;
  /** The exchange halts one symbol. */
  readonly halt: TradingHalt | undefined;
  /** Our own stores. */
  readonly storeFailsBefore: number;
  readonly storeFailsAfter: number;
  /** Processes. */
  readonly crash: number;
  readonly crashesMax: number;
  readonly drivers: number;
  readonly deliveries: number;
  /** What people do to the kill switch, in order; the first is a halt. */
  readonly switchTurns: readonly SwitchFault[];
  readonly blockedAfterMs: number | undefined;
  readonly clockJumpAfterMs: number | undefined;
}

export const NO_FAULTS: Faults = {
  readFails: 0,
  staleRead: 0,
  refused: 0,
  lostBefore: 0,
  lostAfter: 0,
  late: 0,
  lateMsMax: 0,
  rejects: 0,
  rejectsLater: 0,
  brokerCancels: 0,
  checksMoneyFirst: false,
  unfillable: 0,
  oddStatus: 0,
  badQuote: 0,
  halt: undefined,
  storeFailsBefore: 0,
  storeFailsAfter: 0,
  crash: 0,
  crashesMax: 0,
  drivers: 1,
  deliveries: 1,
  switchTurns: [],
  blockedAfterMs: undefined,
  clockJumpAfterMs: undefined,
};

/** One day in eight has no faults at all. */
export function drawFaults(chance: Chance): Faults {
  if (chance.happens(1 / 8)) return NO_FAULTS;
  const sometimes = (probability: number): number => (chance.happens(0.35) ? chance.next() * probability : 0);
  // Most of a day happens in its first seconds.
  const once = (probability: number): number | undefined =>
    chance.happens(probability) ? chance.between(0, chance.pick([6 * SECOND_MS, 20 * SECOND_MS, MINUTE_MS, 10 * MINUTE_MS])) : undefined;
  return {
    readFails: sometimes(0.15),
    staleRead: sometimes(0.4),
    refused: sometimes(0.5),
    // Now and then hardly anything arrives: a day that may end in doubt.
    lostBefore: chance.happens(0.05) ? 0.95 : sometimes(0.5),
    lostAfter: sometimes(0.5),
    late: sometimes(0.5),
    lateMsMax: chance.pick([3 * SECOND_MS, 20 * SECOND_MS, 90 * SECOND_MS, 25 * MINUTE_MS]),
    rejects: sometimes(0.3),
    rejectsLater: sometimes(0.3),
    brokerCancels: sometimes(0.1),
    checksMoneyFirst: chance.happens(0.5),
    unfillable: sometimes(0.5),
    oddStatus: sometimes(0.7),
    badQuote: sometimes(0.4),
    halt: drawHalt(chance, once(0.2)),
    storeFailsBefore: sometimes(0.05),
    storeFailsAfter: sometimes(0.05),
    crash: sometimes(0.05),
    crashesMax: 12,
    drivers: chance.pick([1, 1, 2, 3]),
    deliveries: chance.pick([1, 1, 2, 4]),
    switchTurns: drawSwitchTurns(chance, once(0.35)),
    blockedAfterMs: once(0.05),
    clockJumpAfterMs: once(0.15),
  };
}

function drawHalt(chance: Chance, afterMs: number | undefined): TradingHalt | undefined {
  return afterMs === undefined
    ? undefined
    : { place: chance.between(0, 4), afterMs, forMs: chance.pick([20 * SECOND_MS, 5 * MINUTE_MS, 60 * MINUTE_MS]) };
}

/** Somebody halts, and perhaps he or another turns it again, and again. */
function drawSwitchTurns(chance: Chance, haltAfterMs: number | undefined): SwitchFault[] {
  if (haltAfterMs === undefined) return [];
  const turns: SwitchFault[] = [{ afterMs: haltAfterMs, to: chance.pick(['cancel', 'keep'] as const) }];
  while (turns.length < 4 && chance.happens(0.5)) {
    const before = turns.at(-1)?.afterMs ?? haltAfterMs;
    turns.push({
      afterMs: before + chance.between(0, chance.pick([SECOND_MS, 20 * SECOND_MS, 5 * MINUTE_MS])),
      to: chance.pick(['off', 'off', 'cancel', 'keep']),
    });
  }
  return turns;
}
