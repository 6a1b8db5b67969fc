// A broker with books of its own, and with every bad habit that a seed gives it. It knows nothing of runs: it
// keeps accounts of what it was sent, so that the two can be held against each other.
import type { Order, OrderIntent, OrderStatus } from '../../shared/core/execution/order.ts';
import { isTerminal } from '../../shared/core/execution/order.ts';
import type { Account, Position } from '../../shared/core/portfolio/portfolio.ts';
import type { ClientOrderId } from '../../shared/core/values/identity.ts';
import type { MicroUsd } from '../../shared/core/values/money.ts';
import { absolute, divide, larger, smaller } from '../../shared/core/values/rounding.ts';
import { isWhole, NANOS_PER_SHARE, type NanoShares, notional, type ShareUnit, truncateShares } from '../../shared/core/values/shares.ts';
import { type EpochMs, MINUTE_MS } from '../../shared/core/values/time.ts';
import type { CancelResult, SubmissionResult } from '../../shared/ports/broker.ts';
import { Books, type BrokerStart } from './broker-books.ts';
import type { Chance } from './chance.ts';
import type { Faults } from './faults.ts';
import type { Market } from './market.ts';
import { Strays } from './strays.ts';
import type { Timeline } from './timeline.ts';

interface Held {
  /** The session in which it was accepted, from 0. */
  readonly session: number;
  readonly intent: OrderIntent;
  readonly isUnfillable: boolean;
  /** It makes the position smaller. */
  readonly isClosing: boolean;
  /** It may not trade before. */
  suspendedUntil: EpochMs;
  /** It trades no more today, and at times cannot be canceled either. */
  isDone: boolean;
  /** What all fills came to. */
  spent: MicroUsd;
  /** Every state it was in, for those who read it late. */
  readonly history: { readonly at: EpochMs; readonly order: Order }[];
}

export class FaultyBroker extends Books {
  readonly #timeline: Timeline;
  readonly #chance: Chance;
  #faults: Faults;
  readonly #market: Market;
  #close: EpochMs;
  #session = 0;
  readonly #shareUnit: ShareUnit;
  readonly #held = new Map<ClientOrderId, Held>();
  readonly strays = new Strays();
  readonly #multiplier: 1 | 2;
  readonly accountNumber: string;
  readonly canShort: boolean | undefined;
  isBlocked = false;
  /** Called with what was just accepted. */
  onAccepted: (intent: OrderIntent) => void = () => undefined;
  /** Called after a fill, with what was held before it. */
  onFilled: (symbol: string, before: NanoShares) => void = () => undefined;

  constructor(start: BrokerStart, market: Market, timeline: Timeline, chance: Chance, faults: Faults) {
    super(start, market, timeline);
    this.#timeline = timeline;
    this.#chance = chance;
    this.#faults = faults;
    this.#market = market;
    this.#close = start.close;
    this.#shareUnit = start.shareUnit;
    this.accountNumber = start.accountNumber;
    this.canShort = start.canShort;
    this.#multiplier = start.multiplier ?? 2;
  }

  /** Every order of the session as it was accepted, in the order of time. */
  get intents(): readonly OrderIntent[] {
    return this.#heldNow().map(({ intent }) => intent);
  }

  /** Every order of the session as it is now. */
  get orders(): readonly Order[] {
    return this.#heldNow().map(now);
  }

  #heldNow(): Held[] {
    return [...this.#held.values()].filter(({ session }) => session === this.#session);
  }

  acceptedAt(id: ClientOrderId): EpochMs | undefined {
    return this.#held.get(id)?.history[0]?.at;
  }

  /** Of whatever session. */
  liveOrders(symbol?: string): readonly Order[] {
    return [...this.#held.values()]
      .map(now)
      .filter((order) => !isTerminal(order.status) && (symbol === undefined || order.symbol === symbol));
  }

  filledQuantity(symbol: string): NanoShares {
    return this.orders.reduce((sum, order) => (order.symbol === symbol ? sum + order.filledQuantity : sum), 0n);
  }

  isClosing({ symbol, side }: Pick<OrderIntent, 'symbol' | 'side'>): boolean {
    return side === 'sell' ? this.held(symbol) > 0n : this.held(symbol) < 0n;
  }

  /** What the live orders that open positions may still take: a buy its limit, a short sale what it binds of our own. */
  openingCost(): MicroUsd {
    return this.#liveCost(false);
  }

  /** What the live covers may still cost at their limits. */
  coverCost(): MicroUsd {
    return this.#liveCost(true);
  }

  #liveCost(isClosing: boolean): MicroUsd {
    return [...this.#held.values()].reduce((sum, held) => {
      const { side, quantity, filledQuantity, status } = now(held);
      if (held.isClosing !== isClosing || (isClosing && side === 'sell') || isTerminal(status)) return sum;
      return sum + this.costOf(held.intent, quantity - filledQuantity);
    }, 0n);
  }

  costOf({ symbol, side, limitPrice }: OrderIntent, quantity: NanoShares): MicroUsd {
    const price = side === 'buy' ? limitPrice : 2n * this.#market.quoteAt(symbol, this.#timeline.now).ask - limitPrice;
    return notional(price, quantity, 'ceil');
  }

  account(): Account {
    // A margin account: the broker would lend, and so does not save us from spending what we have not got.
    return {
      accountNumber: this.accountNumber,
      equity: this.cash + this.value(),
      cash: this.cash,
      buyingPower: BigInt(this.#multiplier) * this.cash,
      isBlocked: this.isBlocked,
      multiplier: this.#multiplier,
      ...(this.canShort === undefined ? {} : { canShort: this.canShort, shortValue: this.shortValue() }),
    };
  }

  positions(): Position[] {
    return this.holdings().map(([symbol, quantity]) => ({ symbol, quantity, available: quantity > 0n ? this.#available(symbol) : 0n }));
  }

  openOrders(agoMs: number): Order[] {
    const ours = [...this.#held.values()].flatMap((held) => this.#asOf(held, agoMs) ?? []).filter(({ status }) => !isTerminal(status));
    return [...ours, ...this.strays.open(this.#timeline.now - agoMs)];
  }

  /** As much of a position as no order has set aside. */
  sellByHand(symbol: string, quantity: NanoShares): boolean {
    const sold = smaller(quantity, this.#available(symbol));
    if (this.held(symbol) <= 0n || sold <= 0n) return false;
    this.tradeByHand(symbol, 'sell', sold);
    return true;
  }

  /** Money comes in, or as much of it as no order has set aside goes out. */
  transfer(amount: MicroUsd): boolean {
    const free = larger(this.cash - this.openingCost() - this.coverCost(), 0n);
    const moved = amount > 0n ? amount : -smaller(-amount, free);
    return this.move(moved);
  }

  isHalted(symbol: string): boolean {
    return this.#market.isHalted(symbol, this.#timeline.now);
  }

  /** Another session begins. What people did before is known by then. */
  openSession(close: EpochMs, faults: Faults): void {
    this.#close = close;
    this.#faults = faults;
    this.#session += 1;
    this.forgetPeople();
    this.strays.endAll();
  }

  /** The broker reports one share more of an order that was over. False when it has none that could have filled further. */
  fillLate(): boolean {
    const held = [...this.#held.values()].find((each) => now(each).status !== 'filled' && now(each).filledQuantity < each.intent.quantity);
    if (held === undefined) return false;
    const { status, quantity, filledQuantity } = now(held);
    this.#fill(held, smaller(quantity - filledQuantity, NANOS_PER_SHARE), held.intent.limitPrice);
    this.#write(held, { ...now(held), status });
    this.#chance.count('late-fill');
    return true;
  }

  order(id: ClientOrderId, agoMs: number): Order | undefined {
    const held = this.#held.get(id);
    return held === undefined ? this.strays.find(id, this.#timeline.now - agoMs) : this.#asOf(held, agoMs);
  }

  submit(intent: OrderIntent): SubmissionResult {
    if (this.#faults.checksMoneyFirst && this.#lacks(intent)) return this.#refuse();
    const isTaken = this.#held.has(intent.clientOrderId) || this.strays.find(intent.clientOrderId, this.#timeline.now) !== undefined;
    if (isTaken) return { kind: 'duplicate' };
    if (this.#lacks(intent)) return this.#refuse();
    if (intent.timeInForce === 'cls' && this.#isCalled())
      return { kind: 'rejected', code: '42210000', message: 'too late for the auction' };
    if (this.#chance.strikes('rejected', this.#faults.rejects)) return { kind: 'rejected', code: '42210000', message: 'not today' };
    const { clientOrderId, symbol, side, quantity } = intent;
    const order: Order = {
      orderId: `at-broker-${this.#held.size}`,
      clientOrderId,
      symbol,
      side,
      quantity,
      filledQuantity: 0n,
      status: 'pending',
    };
    const isUnfillable = this.#chance.strikes('never-fills', this.#faults.unfillable);
    if (this.#timeline.now >= this.#close) this.#chance.count('arrived-after-close');
    const isClosing = this.isClosing(intent);
    const held: Held = {
      session: this.#session,
      intent,
      isUnfillable,
      isClosing,
      suspendedUntil: 0,
      isDone: false,
      spent: 0n,
      history: [],
    };
    // Whoever watches sees the world as it was when the order came.
    this.onAccepted(intent);
    this.#held.set(clientOrderId, held);
    this.#write(held, order);
    this.#foresee(held);
    return { kind: 'accepted', order };
  }

  /** The last call for the closing auction is over. */
  #isCalled(): boolean {
    return this.#timeline.now >= this.#close - 10 * MINUTE_MS;
  }

  #refuse(): SubmissionResult {
    this.#chance.count('refused-for-money');
    return { kind: 'rejected', code: '40310000', message: 'insufficient qty or buying power' };
  }

  cancel(orderId: string): CancelResult {
    const held = [...this.#held.values()].find((each) => now(each).orderId === orderId);
    if (held === undefined) return this.strays.end(orderId, 'canceled') ? 'requested' : 'not-found';
    const order = now(held);
    if (isTerminal(order.status)) return 'already-terminal';
    // To some brokers, what is done for the day can no longer be canceled; it ends by itself.
    if (held.isDone && this.#chance.happens(0.5)) return 'already-terminal';
    if (order.status !== 'canceling') {
      this.#write(held, { ...order, status: 'canceling' });
      this.#timeline.after(this.#chance.between(10, 5_000), () => this.#end(held, 'canceled'));
    }
    return 'requested';
  }

  /** What will become of an order, if nothing else does first. */
  #foresee(held: Held): void {
    if (this.#chance.strikes('rejected-later', this.#faults.rejectsLater)) {
      this.#timeline.after(this.#chance.between(5, 3_000), () => this.#end(held, 'rejected'));
      return;
    }
    if (this.#chance.strikes('canceled-by-broker', this.#faults.brokerCancels))
      this.#timeline.after(this.#chance.between(500, 60_000), () => this.#end(held, 'canceled'));
    if (this.#chance.happens(this.#faults.replaced)) {
      const word = this.#chance.pick(['replaced', 'expired'] as const);
      this.#chance.count(word === 'replaced' ? 'replaced-elsewhere' : 'expired-early');
      this.#timeline.after(this.#chance.between(500, 60_000), () => this.#end(held, word));
    }
    if (this.#chance.happens(this.#faults.oddStatus)) this.#timeline.after(this.#chance.between(5, 8_000), () => this.#turnOdd(held));
    // One that comes after the close waits for tomorrow.
    if (this.#timeline.now >= this.#close) return;
    this.#timeline.after(this.#chance.between(5, 1_500), () => {
      if (now(held).status === 'pending') this.#write(held, { ...now(held), status: 'working' });
      if (held.intent.timeInForce !== 'cls') this.#tryFill(held);
    });
    if (held.intent.timeInForce === 'cls') {
      this.#timeline.at(this.#close, () => this.#auction(held));
      return;
    }
    this.#timeline.at(this.#close + this.#chance.between(0, 5 * MINUTE_MS), () => this.#end(held, 'expired'));
  }

  /** At one price for all, in whole or in part; what is left is canceled a moment later. */
  #auction(held: Held): void {
    const { status, quantity, filledQuantity } = now(held);
    const price = held.isDone || this.#isSuspended(held) ? undefined : this.#fillPrice(held);
    if (!isTerminal(status) && price !== undefined) this.#fill(held, this.#portion(quantity - filledQuantity, 'whole'), price);
    this.#timeline.after(this.#chance.between(5, 60_000), () => this.#end(held, 'canceled'));
  }

  /** What a broker's order may come to besides filling and ending. */
  #turnOdd(held: Held): void {
    const order = now(held);
    if (isTerminal(order.status) || order.status === 'canceling') return;
    const status = this.#chance.pick(['replaced', 'suspended', 'done-for-day', 'stopped', 'unknown'] as const);
    if (status === 'suspended') held.suspendedUntil = this.#timeline.now + this.#chance.pick([5_000, 60_000, 60 * MINUTE_MS]);
    if (status === 'done-for-day') held.isDone = true;
    if (status === 'stopped') this.#timeline.after(this.#chance.between(500, 90_000), () => this.#fillAsPromised(held));
    this.#write(held, { ...order, status });
  }

  #fillAsPromised(held: Held): void {
    const { status, quantity, filledQuantity } = now(held);
    if (status === 'stopped' && this.#timeline.now < this.#close) this.#fill(held, quantity - filledQuantity, held.intent.limitPrice);
  }

  #isSuspended({ suspendedUntil, intent }: Held): boolean {
    return this.#timeline.now < suspendedUntil || this.isHalted(intent.symbol);
  }

  #tryFill(held: Held): void {
    const isSuspended = this.#isSuspended(held);
    if (isSuspended && now(held).status === 'working') this.#write(held, { ...now(held), status: 'suspended' });
    if (!isSuspended && now(held).status === 'suspended') this.#write(held, { ...now(held), status: 'working' });
    const order = now(held);
    if (isTerminal(order.status) || held.isDone || this.#timeline.now >= this.#close) return;
    const price = isSuspended ? undefined : this.#fillPrice(held);
    if (price !== undefined) this.#fill(held, this.#portion(order.quantity - order.filledQuantity, this.#unitOf(held)), price);
    this.#timeline.after(this.#chance.between(200, 4_000), () => this.#tryFill(held));
  }

  /** At the touch when the limit reaches it; inside the spread somebody may come to it. */
  #fillPrice({ intent, isUnfillable }: Held): MicroUsd | undefined {
    if (isUnfillable) return this.#chance.happens(0.02) ? intent.limitPrice : undefined;
    const { bid, ask } = this.#market.quoteAt(intent.symbol, this.#timeline.now);
    if (intent.side === 'buy' ? intent.limitPrice >= ask : intent.limitPrice <= bid) return intent.side === 'buy' ? ask : bid;
    return this.#chance.happens(0.05) ? intent.limitPrice : undefined;
  }

  /** Of what is short only whole shares change hands. */
  #unitOf({ intent, isClosing }: Held): ShareUnit {
    const isShort = (intent.side === 'sell') !== isClosing;
    return isShort ? 'whole' : this.#shareUnit;
  }

  #portion(left: NanoShares, unit: ShareUnit): NanoShares {
    if (this.#chance.happens(0.5)) return left;
    const part = truncateShares((left * BigInt(this.#chance.between(1, 99))) / 100n, unit);
    return part > 0n ? part : smaller(left, NANOS_PER_SHARE);
  }

  #fill(held: Held, quantity: NanoShares, price: MicroUsd): void {
    const order = now(held);
    const before = this.held(order.symbol);
    held.spent += this.settle(order.clientOrderId, order.symbol, order.side, quantity, price);
    const filledQuantity = order.filledQuantity + quantity;
    const averageFillPrice = divide(held.spent * NANOS_PER_SHARE, filledQuantity, 'half-even');
    const status = filledQuantity === order.quantity ? 'filled' : order.status;
    if (status !== 'filled') this.#chance.count('partial-fill');
    if (order.status === 'canceling') this.#chance.count('fill-after-cancel');
    this.#write(held, { ...order, filledQuantity, averageFillPrice, status });
    this.onFilled(order.symbol, before);
  }

  #end(held: Held, status: OrderStatus): void {
    if (!isTerminal(now(held).status)) this.#write(held, { ...now(held), status });
  }

  #lacks(intent: OrderIntent): boolean {
    const { symbol, side, quantity } = intent;
    if (this.isBlocked) return true;
    // No order goes through zero.
    if (this.isClosing(intent)) return this.#available(symbol) < quantity;
    if (side === 'sell' && (this.canShort !== true || !isWhole(quantity))) return true;
    return 2n * this.cash - this.openingCost() < this.costOf(intent, quantity);
  }

  /** Of a position, long or short, what no live order that closes it has set aside. */
  #available(symbol: string): NanoShares {
    const set = [...this.#held.values()].reduce((sum, held) => {
      const { quantity, filledQuantity, status } = now(held);
      return held.intent.symbol === symbol && held.isClosing && !isTerminal(status) ? sum + quantity - filledQuantity : sum;
    }, 0n);
    return absolute(this.held(symbol)) - set;
  }

  #write(held: Held, order: Order): void {
    held.history.push({ at: this.#timeline.now, order });
  }

  #asOf({ history }: Held, agoMs: number): Order | undefined {
    return history.findLast(({ at }) => at <= this.#timeline.now - agoMs)?.order;
  }
}

function now({ history }: Held): Order {
  const last = history.at(-1);
  if (last === undefined) throw new Error('an order without a state');
  return last.order;
}
