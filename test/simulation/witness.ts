// Watches every record that is stored and every order that is sent, and says what must never be.
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { KillSwitchState } from '../../shared/contracts/switch-turn.ts';
import type { Leg } from '../../shared/core/execution/leg.ts';
import type { OpenOrders } from '../../shared/core/execution/open-orders.ts';
import type { OrderIntent } from '../../shared/core/execution/order.ts';
import type { CashSettlement } from '../../shared/core/portfolio/cash-settlement.ts';
import { positionCap } from '../../shared/core/risk/exposure-denials.ts';
import type { Limits } from '../../shared/core/risk/limits.ts';
import type { ClientOrderId } from '../../shared/core/values/identity.ts';
import { formatUsd, type MicroUsd } from '../../shared/core/values/money.ts';
import { type NanoShares, notional } from '../../shared/core/values/shares.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import { WHOLE } from '../../shared/core/values/weight.ts';
import type { FaultyBroker } from './faulty-broker.ts';
import type { Timeline } from './timeline.ts';
import { type Process, TRAVEL_MS_MAX } from './wire.ts';

/** Twice the widest swing of the market, up and down. */
const DRIFT_BPS = 32n;

/** What a process was told of the kill switch, and when that was true, by a stopwatch. */
interface Look {
  readonly at: EpochMs;
  readonly state: KillSwitchState;
}

export class Witness {
  readonly #storedIntents = new Map<ClientOrderId, string>();
  readonly #planned = new Set<string>();
  readonly #broken: string[] = [];
  /** When the kill switch was turned on and off in turn; the last may be on still. */
  readonly #halts: { readonly from: EpochMs; to: EpochMs }[] = [];
  /** Since when orders are to be kept; undefined when they are not, or an earlier halt may still cancel some. */
  #keptSince: EpochMs | undefined;
  #wasCancelTurned = false;
  /** What each process was last told of the switch. */
  readonly #told = new WeakMap<Process, Look>();

  /** Of the portfolio file. */
  limits: Limits | undefined;
  /** False on a day whose breaker lets no position become larger. */
  mayOpen = true;
  /** By how much prices have leapt. */
  leapBps = 0n;
  readonly #sent = new Set<ClientOrderId>();
  readonly #legs = new Map<string, { readonly leg: Leg; readonly collarBps: number }>();

  get broken(): readonly string[] {
    return this.#broken;
  }

  report(what: string): void {
    this.#broken.push(what);
  }

  seeStored({ phase }: RunRecord): void {
    if (phase.kind === 'claimed' || phase.execution === undefined) return;
    for (const leg of phase.execution.legs) {
      this.#allow(leg);
      this.#legs.set(leg.symbol, { leg, collarBps: phase.execution.rules.collarBps });
    }
    for (const { stage } of phase.execution.legs) {
      if (stage.kind === 'waiting' || stage.kind === 'done') continue;
      const body = bodyOf(stage.intent);
      const before = this.#storedIntents.get(stage.intent.clientOrderId);
      if (before !== undefined && before !== body) this.report(`${stage.intent.clientOrderId} was decided twice: ${before}, then ${body}`);
      this.#storedIntents.set(stage.intent.clientOrderId, body);
    }
  }

  /** Somebody turns the kill switch. */
  seeTurn(to: OpenOrders | 'off', at: EpochMs): void {
    const last = this.#halts.at(-1);
    const isOn = last?.to === Number.POSITIVE_INFINITY;
    if (to === 'off' && last !== undefined && isOn) last.to = at;
    if (to !== 'off' && !isOn) this.#halts.push({ from: at, to: Number.POSITIVE_INFINITY });
    this.#wasCancelTurned ||= to === 'cancel';
    this.#keptSince = to === 'keep' && !this.#wasCancelTurned ? (this.#keptSince ?? at) : undefined;
  }

  /** A process is told how the switch stands, or is not told, and then may not take it for off. */
  seeSwitch(process: Process, look: Look | undefined): void {
    if (look === undefined) this.#told.delete(process);
    else this.#told.set(process, look);
  }

  /** What the plan sells short comes on top of what was short before the day. */
  #allow({ symbol, side, position, quantity }: Leg): void {
    if (side !== 'sell' || position !== 'short' || this.#planned.has(symbol)) return;
    this.#planned.add(symbol);
    this.allowedShort.set(symbol, (this.allowedShort.get(symbol) ?? 0n) + quantity);
  }

  /** The moment a submission leaves us. */
  seeSent(process: Process, intent: OrderIntent, { now, passed }: Timeline, deadline: EpochMs): void {
    const stored = this.#storedIntents.get(intent.clientOrderId);
    if (stored === undefined) this.report(`${intent.clientOrderId} was sent, but no record holds it`);
    else if (stored !== bodyOf(intent)) this.report(`${intent.clientOrderId} was sent as ${bodyOf(intent)}, stored as ${stored}`);
    if (now >= deadline) this.report(`${intent.clientOrderId} was sent after the deadline`);
    const told = this.#told.get(process);
    if (told?.state.kind !== 'off') this.report(`${intent.clientOrderId} was sent by one who knew that the kill switch is on`);
    // Whoever reads the switch and then sends has an answer that is at most one way back old.
    if (this.#halts.some(({ from, to }) => passed > from + TRAVEL_MS_MAX && passed <= to))
      this.report(`${intent.clientOrderId} was sent with the kill switch on`);
    if (isOld(told, passed)) this.report(`${intent.clientOrderId} was sent by one who had not looked at the kill switch again`);
  }

  /** The moment a request that changes anything leaves us: it goes to the account that its run was planned for. */
  seeAccount(what: string, { accountNumber }: FaultyBroker, planned: FaultyBroker): void {
    if (accountNumber !== planned.accountNumber) this.report(`${what} was sent to ${accountNumber}, planned for ${planned.accountNumber}`);
  }

  /** The moment a submission leaves us: it is within every limit, whatever the record says of it. */
  seeSize({ clientOrderId, symbol, side, quantity, limitPrice }: OrderIntent, broker: FaultyBroker): void {
    const known = this.#legs.get(symbol);
    // A repetition is no new order: the broker takes it at most once, and may have filled it already.
    if (this.limits === undefined || known === undefined || this.#sent.has(clientOrderId)) return;
    const { limits } = this;
    const { arrival } = known.leg;
    this.#sent.add(clientOrderId);
    const say = (what: string): void => this.report(`${clientOrderId} was sent ${what}`);
    const isOpening = (side === 'sell') === (known.leg.position === 'short');
    if (isOpening && !this.mayOpen) say('though the breaker is restricted');
    if (this.#sent.size > (limits.sessionOrdersMax ?? Number.POSITIVE_INFINITY)) say(`as number ${this.#sent.size} of the session`);
    if (limits.orderSharesMax !== undefined && quantity > limits.orderSharesMax) say(`for ${quantity} nano-shares`);
    if (notional(arrival, quantity, 'floor') > limits.orderNotionalMax) say('beyond the largest notional');
    const beyond = side === 'buy' ? limitPrice - arrival : arrival - limitPrice;
    if (beyond * 10_000n > arrival * BigInt(known.collarBps)) say(`at ${limitPrice}, outside the collar around ${arrival}`);
    // What somebody buys or takes out meanwhile is not ours to weigh.
    const after = broker.held(symbol) - broker.boughtByHand(symbol) + (side === 'buy' ? quantity : -quantity);
    const size = notional(arrival, after < 0n ? -after : after, 'floor');
    // Prices move between the plan and here by hundredths of a percent, and the equity with them.
    const room = ((broker.account().equity + broker.taken) * (10_000n + 4n * DRIFT_BPS + this.leapBps)) / 10_000n;
    if (isOpening && size * WHOLE > positionCap(symbol, limits) * room) say(`for a position of ${formatUsd(size)}`);
  }

  /** The moment a cancel leaves us. The deadline and a blocked account cancel, whatever the kill switch says. */
  seeCancel(process: Process, orderId: string, at: EpochMs, mayCancelAll: boolean): void {
    if (mayCancelAll) return;
    const told = this.#told.get(process);
    if (told?.state.kind === 'on' && told.state.openOrders === 'keep')
      this.report(`${orderId} was to be canceled by one who knew that orders are kept`);
    if (this.#keptSince !== undefined && at > this.#keptSince + TRAVEL_MS_MAX)
      this.report(`${orderId} was to be canceled, though orders are kept`);
    if (this.#isForItsPrice(orderId) && isOld(told, at))
      this.report(`${orderId} was to be canceled for its price by one who had not looked at the kill switch again`);
  }

  #isForItsPrice(orderId: string): boolean {
    const stages = [...this.#legs.values()].map(({ leg }) => leg.stage);
    return stages.some((stage) => stage.kind === 'canceling' && stage.orderId === orderId && stage.cause.kind === 'next-peg');
  }

  /** The moment the broker accepts one, before it is on its books. */
  seeAccepted(intent: OrderIntent, broker: FaultyBroker): void {
    for (const { clientOrderId } of broker.liveOrders(intent.symbol)) {
      this.report(`${intent.clientOrderId} was accepted while ${clientOrderId} is live`);
    }
    const cost = broker.costOf(intent, intent.quantity);
    if (broker.isClosing(intent)) {
      const covers = intent.side === 'buy' ? broker.coverCost() + cost : 0n;
      // What somebody bought on credit before today is in the cash; a sale makes it less.
      if (covers > 0n && covers > broker.cash + broker.taken)
        this.report(`live covers may cost ${formatUsd(covers)}, but there is ${formatUsd(broker.cash)} in cash`);
      return;
    }
    const taken = broker.openingCost() + cost;
    const free = broker.cash - 2n * broker.shortValue() + drift(broker);
    // What somebody took out while an order was on its way is not ours to mend.
    const { taken: gone } = broker;
    if (this.settlement !== undefined && this.settlement !== 'allow-unsettled' && taken > broker.settledCash() + gone)
      this.report(`live orders may take ${formatUsd(taken)}, but ${formatUsd(broker.settledCash())} are settled`);
    if (taken > free + gone)
      this.report(`live orders may take ${formatUsd(taken)}, but ${formatUsd(free)} is neither spent nor collateral`);
  }

  /** Of an account without margin; left out, proceeds may be spent and what they bought be sold. */
  settlement: CashSettlement['rule'] | undefined;

  /** Before the day: what is short already, and what more may be. */
  readonly allowedShort = new Map<string, NanoShares>();

  /** Every fill, as soon as the broker has it on its books. */
  seeFilled(symbol: string, before: NanoShares, broker: FaultyBroker): void {
    const after = broker.held(symbol);
    if (before !== 0n && after !== 0n && before > 0n !== after > 0n) this.report(`${symbol} went through zero, from ${before} to ${after}`);
    if (after < 0n && -after > (this.allowedShort.get(symbol) ?? 0n))
      this.report(`${symbol} is ${-after} short, ${this.allowedShort.get(symbol) ?? 0n} were planned`);
    if (this.settlement !== undefined && after < before && after < broker.locked(symbol))
      this.report(`${after} of ${symbol} are left, ${broker.locked(symbol)} were bought with proceeds that have not arrived`);
    const isLarger = after < 0n ? after < before : after > before;
    // Equity is cash + long − short: all positions are within it for as long as twice what is short is within the cash.
    if (isLarger && 2n * broker.shortValue() > broker.cash + broker.taken + drift(broker))
      this.report(
        `${formatUsd(broker.shortValue())} are short beside ${formatUsd(broker.cash)} in cash: more than the account is worth is held`,
      );
  }
}

/** Whoever acts at once on what he was told knows nothing that is older than its way to him. */
function isOld(look: Look | undefined, at: EpochMs): boolean {
  return look !== undefined && at - look.at > TRAVEL_MS_MAX;
}

/** Prices move by hundredths of a percent between our look and the broker's. */
function drift(broker: FaultyBroker): MicroUsd {
  return (2n * broker.shortValue() * DRIFT_BPS) / 10_000n;
}

function bodyOf({ symbol, side, quantity, limitPrice, timeInForce }: OrderIntent): string {
  return `${side} ${quantity} ${symbol} at ${limitPrice} ${timeInForce}`;
}
