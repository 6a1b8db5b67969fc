// Holds every step of a day against the laws that must be true at that very moment, not only in the evening. It has
// arithmetic of its own: a law that is computed with the code under test would break together with it.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { Leg } from '../../shared/core/execution/leg.ts';
import type { Order, OrderIntent } from '../../shared/core/execution/order.ts';
import type { ExecutionState } from '../../shared/core/execution/state.ts';
import type { Quote } from '../../shared/core/market/quote.ts';
import type { SubmissionGuard } from '../../shared/core/risk/submission-guard.ts';
import type { ClientOrderId } from '../../shared/core/values/identity.ts';
import type { MicroUsd } from '../../shared/core/values/money.ts';
import type { NanoShares } from '../../shared/core/values/shares.ts';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../shared/core/values/time.ts';
import type { FaultyBroker } from './faulty-broker.ts';
import type { Step } from './steps.ts';
import { UNREACHABLE } from './tally.ts';
import type { Timeline } from './timeline.ts';
import { type Process, TRAVEL_MS_MAX } from './wire.ts';

/** The words after which an order fills no more. Said again on purpose. */
const OVER: ReadonlySet<string> = new Set(['filled', 'canceled', 'expired', 'rejected', 'replaced']);
const PHASES = ['claimed', 'awaiting-approval', 'executing', 'ended'] as const;
/** A run that is due looks at the world for the first time no later than this. */
const LATE_MS_MAX = 10 * MINUTE_MS;
/** Between the look at a quote and the record that holds the intent. */
const THINKING_MS_MAX = 10 * SECOND_MS;
const CENT = 10_000n;

export interface DayUnderLaw {
  readonly policy: PortfolioPolicy;
  readonly due: EpochMs;
  /** No clock jump is to come: between a look at the clock and what follows from it, no more time passes than seems to. */
  readonly isClockTrue: boolean;
  readonly broker: FaultyBroker;
  readonly timeline: Timeline;
  readonly report: (what: string) => void;
}

export class StepLaws {
  readonly #day: DayUnderLaw;
  readonly #records = new Map<string, RunRecord>();
  readonly #legs = new Map<string, Leg>();
  readonly #quotes = new WeakMap<Process, Map<string, Quote>>();
  readonly #liedTo = new WeakSet<Process>();
  readonly #blocked = new WeakMap<Process, boolean>();
  readonly #account = new WeakMap<Process, string>();
  readonly #equity = new WeakMap<Process, MicroUsd>();
  readonly #others = new WeakMap<Process, readonly Order[]>();
  readonly #held = new WeakMap<Process, ReadonlyMap<string, NanoShares>>();
  readonly #sent = new Set<ClientOrderId>();
  #guard: SubmissionGuard | undefined;
  readonly #firstAsked = new WeakMap<Process, EpochMs>();

  constructor(day: DayUnderLaw) {
    this.#day = day;
  }

  see(step: Step): void {
    const { report } = this.#day;
    switch (step.kind) {
      case 'stored':
        for (const broken of this.#brokenRecord(step.process, step.record)) report(broken);
        return;
      case 'quoted':
        this.#keepQuotes(step.process, step.asked, step.quotes);
        return;
      case 'calendar-lied':
        this.#liedTo.add(step.process);
        return;
      case 'account-told':
        this.#account.set(step.process, step.number);
        this.#blocked.set(step.process, step.isBlocked);
        this.#equity.set(step.process, step.equity);
        return;
      case 'positions-told':
        this.#held.set(step.process, step.held);
        return;
      case 'orders-told':
        this.#others.set(step.process, step.others);
        return;
      case 'sent':
        if (this.#blocked.get(step.process) !== false)
          report(`${step.intent.clientOrderId} was sent by one who knew that the account is blocked`);
        for (const broken of brokenLimit(step.intent, this.#legs.get(step.intent.symbol), this.#day.policy)) report(broken);
        for (const broken of this.#brokenReview(step.process, step.intent)) report(broken);
        return;
      case 'filled':
        for (const broken of brokenFill(step.symbol, this.#legs.get(step.symbol), this.#day.broker)) report(broken);
    }
  }

  #keepQuotes(process: Process, asked: readonly string[], quotes: ReadonlyMap<string, Quote>): void {
    const known = this.#quotes.get(process) ?? new Map<string, Quote>();
    if (!this.#firstAsked.has(process)) this.#firstAsked.set(process, this.#day.timeline.now);
    for (const symbol of asked) {
      const quote = quotes.get(symbol);
      if (quote === undefined) known.delete(symbol);
      else known.set(symbol, quote);
    }
    this.#quotes.set(process, known);
  }

  #brokenRecord(process: Process, record: RunRecord): string[] {
    const before = this.#records.get(record.runId);
    this.#records.set(record.runId, record);
    const broken = before === undefined ? brokenClaim(record) : brokenHistory(before, record);
    const after = executionOf(record);
    if (after === undefined) return broken;
    this.#guard = after.guard;
    const earlier = before === undefined ? undefined : executionOf(before);
    broken.push(...(earlier === undefined ? this.#brokenPlanning(process) : this.#brokenAccount(process, after)));
    for (const leg of after.legs) {
      const was = earlier?.legs.find(({ symbol }) => symbol === leg.symbol);
      this.#legs.set(leg.symbol, leg);
      if (was === undefined) continue;
      broken.push(...brokenLeg(was, leg, this.#day.broker), ...this.#brokenNewIntent(process, was, leg, after));
      broken.push(...brokenGivingUp(leg, after, this.#day.timeline.now), ...brokenDenial(leg));
    }
    return broken;
  }

  /** What follows on a plan is decided by what the account says that it was made for; the plan names it. */
  #brokenAccount(process: Process, { accountNumber }: ExecutionState): string[] {
    const { accountNumber: planned } = this.#day.broker;
    const told = this.#account.get(process);
    const broken = accountNumber === planned ? [] : [`the run is of account ${accountNumber}, planned for ${planned}`];
    return told === planned ? broken : [...broken, `a record was written by one whom account ${told} answered`];
  }

  /** A plan is frozen in time, and by nobody whose calendars disagree. */
  #brokenPlanning(process: Process): string[] {
    const { due, isClockTrue } = this.#day;
    const askedAt = this.#firstAsked.get(process);
    const broken = this.#liedTo.has(process) ? ['a plan was frozen by one whose broker has another calendar'] : [];
    // The question is asked on arrival there: several trips after the run looked at its clock.
    if (isClockTrue && askedAt !== undefined && askedAt > due + LATE_MS_MAX + 30 * TRAVEL_MS_MAX + MINUTE_MS)
      broken.push(`a plan was frozen ${Math.round((askedAt - due) / MINUTE_MS)} minutes after it was due`);
    return broken;
  }

  /** What a process was told before it sends an order for the first time forbids some. A repetition is no new order. */
  #brokenReview(process: Process, { clientOrderId, symbol, side, quantity, limitPrice }: OrderIntent): string[] {
    if (this.#sent.has(clientOrderId)) return [];
    this.#sent.add(clientOrderId);
    // Nor is it one when the first attempt was decided by somebody who died before he sent it: nobody else can know that.
    const stage = this.#legs.get(symbol)?.stage;
    if (stage?.kind === 'sending' && stage.attempts > 1) return [];
    const broken: string[] = [];
    const other = this.#others.get(process)?.find((order) => order.symbol === symbol && order.side !== side);
    if (other !== undefined) broken.push(`${clientOrderId} was sent beside ${other.clientOrderId} on the other side`);
    const { priceMoveMax, breaker: levels } = this.#day.policy.limits;
    const close = this.#guard?.closes[symbol];
    const move = close === undefined || limitPrice > close ? limitPrice - (close ?? limitPrice) : close - limitPrice;
    if (priceMoveMax !== undefined && close !== undefined && move * 1_000_000n > close * priceMoveMax)
      broken.push(`${clientOrderId} was sent at ${limitPrice}, too far from the close of ${close}`);
    const leg = this.#legs.get(symbol);
    const isOpening = (side === 'sell') === (leg?.position === 'short');
    const held = this.#held.get(process);
    if (held === undefined) broken.push(`${clientOrderId} was sent by one who had not looked at what is held`);
    const after = (held?.get(symbol) ?? 0n) + (side === 'buy' ? quantity : -quantity);
    const worth = ((after < 0n ? -after : after) * (leg?.arrival ?? 0n)) / 1_000_000_000n;
    const { positionMax } = this.#day.policy.limits;
    if (isOpening && this.#guard !== undefined && (worth - 1n) * 1_000_000n >= (positionMax + 1n) * this.#guard.equity)
      broken.push(`${clientOrderId} was sent for a position of ${worth} micro-dollars beside what somebody bought`);
    const mark = this.#guard?.breaker?.mark;
    const equity = this.#equity.get(process);
    if (levels?.drawdown === undefined || mark === undefined || equity === undefined) return broken;
    const { restricted, stopped } = levels.drawdown;
    if ((mark - equity) * 1_000_000n > mark * (isOpening ? restricted : stopped))
      broken.push(`${clientOrderId} was sent with ${equity} left of ${mark}`);
    return broken;
  }

  /** Another order of a leg is decided on a fresh quote, and once the broker is done with the one before. */
  #brokenNewIntent(process: Process, was: Leg, leg: Leg, { deadline }: ExecutionState): string[] {
    const { broker, timeline, policy, isClockTrue } = this.#day;
    const intent = intentOf(leg);
    const old = intentOf(was);
    if (intent === undefined || intent.clientOrderId === old?.clientOrderId) return [];
    const broken: string[] = [];
    if (timeline.now > deadline + THINKING_MS_MAX) broken.push(`${intent.clientOrderId} was decided after the deadline`);
    const quote = this.#quotes.get(process)?.get(leg.symbol);
    const { quoteAgeMsMax, spreadBpsMax } = policy.execution.quote;
    if (quote === undefined) broken.push(`${intent.clientOrderId} was decided without a quote`);
    else if (quote.bid <= 0n || quote.ask <= quote.bid) broken.push(`${intent.clientOrderId} was decided on a zero or crossed quote`);
    else if (isClockTrue && timeline.now - quote.at > quoteAgeMsMax + THINKING_MS_MAX)
      broken.push(`${intent.clientOrderId} was decided on a quote of ${(timeline.now - quote.at) / SECOND_MS} s ago`);
    else if ((quote.ask - quote.bid) * 20_000n > (quote.bid + quote.ask) * BigInt(spreadBpsMax + 1))
      broken.push(`${intent.clientOrderId} was decided on a wide quote`);
    const others = broker.orders.filter(({ symbol, status }) => symbol === leg.symbol && !OVER.has(status));
    for (const { clientOrderId } of others)
      if (clientOrderId !== intent.clientOrderId) broken.push(`${intent.clientOrderId} was decided while ${clientOrderId} may fill`);
    return broken;
  }
}

function executionOf({ phase }: RunRecord): ExecutionState | undefined {
  return phase.kind === 'claimed' ? undefined : phase.execution;
}

function intentOf({ stage }: Leg): OrderIntent | undefined {
  return stage.kind === 'waiting' || stage.kind === 'done' ? undefined : stage.intent;
}

function brokenClaim({ runId, version, phase }: RunRecord): string[] {
  return version === 1 && phase.kind === 'claimed' ? [] : [`${runId} begins as ${phase.kind} of version ${version}`];
}

/** Every transition is on the record: one version after the other, never back, and an end is the end. */
function brokenHistory(before: RunRecord, after: RunRecord): string[] {
  const broken: string[] = [];
  if (after.version !== before.version + 1) broken.push(`version ${before.version} was followed by ${after.version}`);
  if (PHASES.indexOf(after.phase.kind) < PHASES.indexOf(before.phase.kind))
    broken.push(`the run went from ${before.phase.kind} back to ${after.phase.kind}`);
  if (before.phase.kind === 'ended') broken.push('the record of an ended run was written again');
  for (const [kind, hash] of Object.entries(before.artifacts))
    if (Object.entries(after.artifacts).some(([other, next]) => other === kind && next !== hash)) broken.push(`the ${kind} was exchanged`);
  return broken;
}

/** What a leg was told once, it never hears otherwise; and what it says is over, is over at the broker. */
function brokenLeg(was: Leg, leg: Leg, broker: FaultyBroker): string[] {
  const broken: string[] = [];
  // The arrival is taken again when a plan is approved, and the decision's is then kept beside it.
  const isRepriced = was.arrival !== leg.arrival && was.decision === leg.decision;
  if (was.quantity !== leg.quantity || was.side !== leg.side || isRepriced) broken.push(`${leg.symbol}: what was planned has changed`);
  if (was.stage.kind === 'done' && leg.stage.kind !== 'done') broken.push(`${leg.symbol}: a leg that was done is ${leg.stage.kind} again`);
  was.closedOrders.forEach((closed, place) => {
    const now = leg.closedOrders[place];
    if (now?.clientOrderId !== closed.clientOrderId || now.filledQuantity !== closed.filledQuantity)
      broken.push(`${closed.clientOrderId}: its end was written twice`);
  });
  for (const closed of leg.closedOrders.slice(was.closedOrders.length)) broken.push(...brokenClosing(closed, broker));
  return broken;
}

/** The fate of an order is looked for until the session is over. */
function brokenGivingUp({ symbol, stage }: Leg, { close }: ExecutionState, now: EpochMs): string[] {
  const isGivenUp = stage.kind === 'done' && stage.residual?.code === 'unresolved';
  return isGivenUp && now < close ? [`${symbol} was given up ${Math.round((close - now) / SECOND_MS)} s before the close`] : [];
}

/** What is decided here is never what our own review has to stop. */
function brokenDenial({ symbol, stage }: Leg): string[] {
  const code = stage.kind === 'done' ? stage.residual?.code : undefined;
  return code !== undefined && UNREACHABLE.has(code) ? [`${symbol} was stopped by the review before the submission alone: ${code}`] : [];
}

function brokenClosing(
  { clientOrderId, status, filledQuantity }: { clientOrderId: ClientOrderId; status: string; filledQuantity: bigint },
  broker: FaultyBroker,
): string[] {
  const order = broker.orders.find((each) => each.clientOrderId === clientOrderId);
  if (order === undefined) return [`${clientOrderId} was closed, and the broker never had it`];
  // What is done for the day fills no more either.
  if (!OVER.has(order.status) && order.status !== 'done-for-day')
    return [`${clientOrderId} was closed as ${status}, at the broker it is ${order.status}`];
  return order.filledQuantity === filledQuantity
    ? []
    : [`${clientOrderId} was closed with ${filledQuantity} filled of ${order.filledQuantity}`];
}

/** The moment a fill is on the broker's books. */
function brokenFill(symbol: string, leg: Leg | undefined, broker: FaultyBroker): string[] {
  if (leg === undefined) return [`${symbol} was filled, and no record holds a leg of it`];
  const filled = broker.filledQuantity(symbol);
  return filled > leg.quantity ? [`${symbol}: ${filled} filled of ${leg.quantity} planned`] : [];
}

/** Inside the collar around the arrival price, on the tick, of no more than is planned, and within the file's own limits. */
function brokenLimit({ clientOrderId, side, quantity, limitPrice }: OrderIntent, leg: Leg | undefined, policy: PortfolioPolicy): string[] {
  if (leg === undefined) return [`${clientOrderId} was sent, and no record holds a leg of it`];
  const broken: string[] = [];
  const away = side === 'buy' ? limitPrice - leg.arrival : leg.arrival - limitPrice;
  if (away * 10_000n > leg.arrival * BigInt(policy.execution.collarBps))
    broken.push(`${clientOrderId} was sent ${away} micro-dollars beyond its arrival: outside the collar`);
  if (limitPrice % CENT !== 0n) broken.push(`${clientOrderId} was sent at ${limitPrice}, which is no whole cent`);
  if (quantity > leg.quantity) broken.push(`${clientOrderId} was sent for ${quantity} of ${leg.quantity} planned`);
  // At its limit an order may be larger by the collar.
  const micros = (limitPrice * quantity) / 1_000_000_000n;
  if (micros * 10_000n > policy.limits.orderNotionalMax * BigInt(10_001 + policy.execution.collarBps))
    broken.push(`${clientOrderId} was sent for more than an order may be`);
  return broken;
}
