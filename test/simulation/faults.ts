// What goes wrong on a day, drawn from its seed. Most days have a few faults only: a day on which everything
// fails exercises nothing but the failing.
import type { OpenOrders } from '../../shared/core/execution/open-orders.ts';
import type { Side } from '../../shared/core/values/identity.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/core/values/time.ts';
import type { Chance } from './chance.ts';
import { QUOTE_FLAWS, type QuoteFlaw } from './fault-kinds.ts';
import type { OtherAccountFault } from './other-account.ts';
import type { WorstMomentFault } from './worst-moment.ts';

export interface SwitchFault {
  readonly afterMs: number;
  /** What becomes of the orders that work, or off. */
  readonly to: OpenOrders | 'off';
}

/** Somebody moves money: below zero out of the account. */
export interface TransferFault {
  readonly afterMs: number;
  readonly dollars: number;
}

/** Somebody trades in the account without asking us. */
export interface HandTradeFault {
  readonly afterMs: number;
  /** Which of the symbols. */
  readonly place: number;
  readonly side: Side;
  readonly shares: number;
}

/** One symbol stands still, or leaps. */
export interface SymbolFault {
  readonly afterMs: number;
  readonly place: number;
}

export interface TradingHalt extends SymbolFault {
  readonly forMs: number;
}

export interface Faults {
  /** Requests to the broker. */
  readonly readFails: number;
  readonly staleRead: number;
  readonly staleMsMax: number;
  readonly refused: number;
  readonly lostBefore: number;
  readonly lostAfter: number;
  readonly late: number;
  readonly lateMsMin: number;
  readonly lateMsMax: number;
  /** What the broker does with orders. */
  readonly rejects: number;
  readonly rejectsLater: number;
  readonly brokerCancels: number;
  readonly checksMoneyFirst: boolean;
  readonly unfillable: number;
  readonly replaced: number;
  readonly calendarDisagrees: number;
  /** An order is replaced by hand, held back, promised a trade, done for the day, or in a state that nobody has heard of. */
  readonly oddStatus: number;
  readonly badQuote: number;
  /** Our own stores. */
  readonly storeFailsBefore: number;
  readonly storeFailsAfter: number;
  /** A store holds a request back for seconds, as one does that writes too much. */
  readonly storeSlow: number;
  /** Processes. */
  readonly crash: number;
  readonly crashesMax: number;
  readonly drivers: number;
  readonly deliveries: number;
  /** What people do to the kill switch, in order; the first is a halt. */
  readonly switchTurns: readonly SwitchFault[];
  readonly blockedAfterMs: number | undefined;
  readonly clockJumpAfterMs: number | undefined;
  readonly worstMoment: WorstMomentFault | undefined;
  /** A release: every process that runs is gone at once. */
  readonly redeployAfterMs: number | undefined;
  /** By how much the schedule itself is late. */
  readonly scheduleLateMs: number;
  readonly transfers: readonly TransferFault[];
  readonly handTrades: readonly HandTradeFault[];
  /** The exchange halts one symbol. */
  readonly tradingHalt: TradingHalt | undefined;
  /** Somebody places an order of his own, which never fills. */
  readonly orderByHand: (SymbolFault & { readonly side: Side }) | undefined;
  readonly priceJump: (SymbolFault & { readonly bps: number }) | undefined;
  /** From then on every quote of the symbol that is read has this flaw. */
  readonly stuckQuote: (SymbolFault & { readonly flaw: QuoteFlaw }) | undefined;
  /** Keys of another account are used for a while. */
  readonly otherAccount: OtherAccountFault | undefined;
  /** What goes wrong in the session after; undefined where nothing does any more. */
  readonly nextDay: Faults | undefined;
}

export const NO_FAULTS: Faults = {
  readFails: 0,
  staleRead: 0,
  staleMsMax: 0,
  refused: 0,
  lostBefore: 0,
  lostAfter: 0,
  late: 0,
  lateMsMin: 0,
  lateMsMax: 0,
  rejects: 0,
  rejectsLater: 0,
  brokerCancels: 0,
  checksMoneyFirst: false,
  unfillable: 0,
  replaced: 0,
  calendarDisagrees: 0,
  oddStatus: 0,
  badQuote: 0,
  storeFailsBefore: 0,
  storeFailsAfter: 0,
  storeSlow: 0,
  crash: 0,
  crashesMax: 0,
  drivers: 1,
  deliveries: 1,
  switchTurns: [],
  blockedAfterMs: undefined,
  clockJumpAfterMs: undefined,
  worstMoment: undefined,
  redeployAfterMs: undefined,
  scheduleLateMs: 0,
  transfers: [],
  handTrades: [],
  tradingHalt: undefined,
  orderByHand: undefined,
  priceJump: undefined,
  stuckQuote: undefined,
  otherAccount: undefined,
  nextDay: undefined,
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
    staleMsMax: 6 * SECOND_MS,
    refused: sometimes(0.5),
    // Now and then hardly anything arrives: a day that may end in doubt.
    lostBefore: chance.happens(0.05) ? 0.95 : sometimes(0.5),
    lostAfter: sometimes(0.5),
    ...drawLateness(chance, sometimes(0.5)),
    rejects: sometimes(0.3),
    rejectsLater: sometimes(0.3),
    brokerCancels: sometimes(0.25),
    checksMoneyFirst: chance.happens(0.5),
    unfillable: sometimes(0.5),
    replaced: chance.happens(0.2) ? chance.next() * 0.2 : 0,
    calendarDisagrees: chance.happens(0.08) ? chance.next() : 0,
    oddStatus: sometimes(0.7),
    badQuote: sometimes(0.4),
    storeFailsBefore: sometimes(0.05),
    storeFailsAfter: sometimes(0.05),
    storeSlow: sometimes(0.2),
    crash: sometimes(0.05),
    crashesMax: 12,
    drivers: chance.pick([1, 1, 2, 3]),
    deliveries: chance.pick([1, 1, 2, 4]),
    switchTurns: drawSwitchTurns(chance, once(0.4)),
    blockedAfterMs: once(0.05),
    clockJumpAfterMs: once(0.15),
    nextDay: undefined,
    otherAccount: undefined,
    worstMoment: chance.happens(0.1) ? drawWorstMoment(chance) : undefined,
    ...drawInterventions(chance, once),
  };
}

/** On some days every request is late, and comes when the session is over: nobody hears of its order before. */
function drawLateness(chance: Chance, late: number): Pick<Faults, 'late' | 'lateMsMin' | 'lateMsMax'> {
  if (chance.happens(0.04)) return { late: chance.pick([0.9, 1]), lateMsMin: 25 * MINUTE_MS, lateMsMax: 2 * HOUR_MS };
  return { late, lateMsMin: 500, lateMsMax: chance.pick([3 * SECOND_MS, 20 * SECOND_MS, 90 * SECOND_MS, 25 * MINUTE_MS]) };
}

type Once = (probability: number) => number | undefined;

/** What happens to the account, the market and the machines while a run is under way. */
function drawInterventions(chance: Chance, once: Once) {
  const places = 4;
  const transferAfterMs = once(0.12);
  // Most likely between the plan and the first order.
  const handTradeAfterMs = chance.happens(0.1) ? chance.between(3 * SECOND_MS, 9 * SECOND_MS) : once(0.1);
  const haltAfterMs = once(0.25);
  const orderAfterMs = once(0.1);
  const jumpAfterMs = once(0.2);
  const stuckAfterMs = once(0.15);
  return {
    redeployAfterMs: once(0.1),
    scheduleLateMs: chance.happens(0.08) ? chance.between(SECOND_MS, 14 * MINUTE_MS) : 0,
    transfers:
      transferAfterMs === undefined
        ? []
        : [{ afterMs: transferAfterMs, dollars: chance.between(100, 30_000) * chance.pick([1, -1] as const) }],
    handTrades:
      handTradeAfterMs === undefined
        ? []
        : [
            {
              afterMs: handTradeAfterMs,
              place: chance.between(0, places),
              side: chance.pick(['buy', 'sell'] as const),
              shares: chance.between(1, chance.pick([9, 200])),
            },
          ],
    tradingHalt:
      haltAfterMs === undefined
        ? undefined
        : { afterMs: haltAfterMs, place: chance.between(0, places), forMs: chance.pick([20 * SECOND_MS, 5 * MINUTE_MS, 60 * MINUTE_MS]) },
    orderByHand:
      orderAfterMs === undefined
        ? undefined
        : { afterMs: orderAfterMs, place: chance.between(0, places), side: chance.pick(['buy', 'sell'] as const) },
    priceJump:
      jumpAfterMs === undefined
        ? undefined
        : { afterMs: jumpAfterMs, place: chance.between(0, places), bps: chance.between(5, 500) * chance.pick([1, -1] as const) },
    stuckQuote:
      stuckAfterMs === undefined ? undefined : { afterMs: stuckAfterMs, place: chance.between(0, places), flaw: chance.pick(QUOTE_FLAWS) },
  };
}

function drawWorstMoment(chance: Chance): WorstMomentFault {
  return {
    on: chance.pick(['order-decided', 'order-repriced'] as const),
    nth: chance.between(1, 3),
    what: chance.pick(['keep', 'cancel', 'clock-at-deadline', 'account-blocked', 'foreign-order'] as const),
  };
}

/** Somebody halts, and perhaps he or another turns it again, and again. */
function drawSwitchTurns(chance: Chance, haltAfterMs: number | undefined): SwitchFault[] {
  if (haltAfterMs === undefined) return [];
  const turns: SwitchFault[] = [{ afterMs: haltAfterMs, to: chance.pick(['cancel', 'keep', 'keep'] as const) }];
  while (turns.length < 4 && chance.happens(0.5)) {
    const before = turns.at(-1)?.afterMs ?? haltAfterMs;
    turns.push({
      afterMs: before + chance.between(0, chance.pick([SECOND_MS, 6 * SECOND_MS, 20 * SECOND_MS])),
      to: chance.pick(['off', 'off', 'off', 'cancel', 'keep']),
    });
  }
  return turns;
}
