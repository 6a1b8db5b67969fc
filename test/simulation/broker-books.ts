// What a broker's account holds: cash, positions, proceeds that have not arrived, and a word for everything that happened.
// People may trade in it without asking anybody. It knows nothing of orders.
import type { Activity, FillActivity } from '../../shared/core/ledger/activity.ts';
import { newYorkDate } from '../../shared/core/market/new-york-time.ts';
import { settlementDate } from '../../shared/core/market/settlement.ts';
import type { ClientOrderId, Side } from '../../shared/core/values/identity.ts';
import type { MicroUsd } from '../../shared/core/values/money.ts';
import { type NanoShares, notional, type ShareUnit } from '../../shared/core/values/shares.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';
import type { Market } from './market.ts';
import type { Timeline } from './timeline.ts';

/** Where an order of ours has its id. */
export const BY_HAND = 'by-hand';

export interface BrokerStart {
  readonly accountNumber: string;
  readonly cash: MicroUsd;
  readonly positions: ReadonlyMap<string, NanoShares>;
  readonly close: EpochMs;
  readonly shareUnit: ShareUnit;
  /** Left out: an account of which nothing is said. */
  readonly canShort?: boolean;
  /** 1: a cash account, which the broker lets violate what it likes. */
  readonly multiplier?: 1 | 2;
  /** What a person did in the account earlier on the day; all of it is in cash and positions. */
  readonly earlier?: readonly FillActivity[];
}

export class Books {
  readonly #timeline: Timeline;
  readonly #market: Market;
  readonly #positions: Map<string, NanoShares>;
  readonly #activities: Activity[];
  readonly #boughtByHand = new Map<string, NanoShares>();
  readonly #locked = new Map<string, NanoShares>();
  /** Proceeds of sales, by the day on which they arrive. */
  readonly #proceeds: { readonly settlesOn: NewYorkDate; readonly amount: MicroUsd }[] = [];
  #cash: MicroUsd;
  /** What people took out of the cash without asking us. */
  taken: MicroUsd = 0n;

  constructor({ cash, positions, earlier = [] }: BrokerStart, market: Market, timeline: Timeline) {
    this.#timeline = timeline;
    this.#market = market;
    this.#cash = cash;
    this.#positions = new Map(positions);
    this.#activities = [...earlier];
    for (const { side, symbol, price, quantity, at } of earlier) {
      if (side === 'sell') this.#expectProceeds(notional(price, quantity, 'floor'), at);
      else this.#locked.set(symbol, quantity);
    }
  }

  get cash(): MicroUsd {
    return this.#cash;
  }

  #expectProceeds(amount: MicroUsd, at: EpochMs): void {
    this.#proceeds.push({ settlesOn: settlementDate(newYorkDate(at)), amount });
  }

  /** Cash without proceeds that have not arrived by now. */
  settledCash(): MicroUsd {
    const today = newYorkDate(this.#timeline.now);
    return this.#proceeds.reduce((sum, { settlesOn, amount }) => (settlesOn > today ? sum - amount : sum), this.#cash);
  }

  /** Bought earlier on the day with proceeds that had not arrived. */
  locked(symbol: string): NanoShares {
    return this.#locked.get(symbol) ?? 0n;
  }

  /** What is held now, below zero when short. */
  held(symbol: string): NanoShares {
    return this.#positions.get(symbol) ?? 0n;
  }

  /** Every position, by its symbol. */
  holdings(): [string, NanoShares][] {
    return [...this.#positions].filter(([, quantity]) => quantity !== 0n).sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** What all positions are worth together. */
  value(): MicroUsd {
    return this.#valueOf(() => true);
  }

  /** What the short positions are worth, without the minus. */
  shortValue(): MicroUsd {
    return -this.#valueOf((quantity) => quantity < 0n);
  }

  #valueOf(isCounted: (quantity: NanoShares) => boolean): MicroUsd {
    return [...this.#positions].reduce((sum, [symbol, quantity]) => {
      if (!isCounted(quantity)) return sum;
      const { bid, ask } = this.#market.quoteAt(symbol, this.#timeline.now);
      return sum + notional((bid + ask) / 2n, quantity, 'half-even');
    }, 0n);
  }

  /** What happened, as it was told `agoMs` ago. */
  activities(from: EpochMs, agoMs = 0): readonly Activity[] {
    return this.#activities.filter(({ at }) => at >= from && at <= this.#timeline.now - agoMs);
  }

  /** A person trades at the mid, without asking us. */
  tradeByHand(symbol: string, side: Side, quantity: NanoShares): void {
    const { bid, ask } = this.#market.quoteAt(symbol, this.#timeline.now);
    const amount = this.settle(BY_HAND, symbol, side, quantity, (bid + ask) / 2n);
    if (side !== 'buy') return;
    this.taken += amount;
    this.#boughtByHand.set(symbol, this.boughtByHand(symbol) + quantity);
  }

  /** What people added to a position without asking us. */
  boughtByHand(symbol: string): NanoShares {
    return this.#boughtByHand.get(symbol) ?? 0n;
  }

  /** Money comes in or goes out. False where none does. */
  protected move(amount: MicroUsd): boolean {
    if (amount === 0n) return false;
    this.#cash += amount;
    if (amount < 0n) this.taken -= amount;
    const word = amount > 0n ? 'CSD' : 'CSW';
    this.#activities.push({ kind: 'transfer', id: this.#nextActivity(), at: this.#timeline.now, word, amount });
    return true;
  }

  /** What people did up to now is known to whoever begins anew. */
  protected forgetPeople(): void {
    this.taken = 0n;
    this.#boughtByHand.clear();
    this.#locked.clear();
  }

  /** @returns what it came to. */
  protected settle(clientOrderId: ClientOrderId, symbol: string, side: Side, quantity: NanoShares, price: MicroUsd): MicroUsd {
    const isBuy = side === 'buy';
    // Rounded down for both: many partial fills then never cost more than the whole order at its limit.
    const amount = notional(price, quantity, 'floor');
    this.#cash += isBuy ? -amount : amount;
    if (!isBuy) this.#expectProceeds(amount, this.#timeline.now);
    this.#positions.set(symbol, (this.#positions.get(symbol) ?? 0n) + (isBuy ? quantity : -quantity));
    this.#activities.push({
      kind: 'fill',
      id: this.#nextActivity(),
      at: this.#timeline.now,
      word: 'FILL',
      clientOrderId,
      symbol,
      side,
      quantity,
      price,
    });
    return amount;
  }

  #nextActivity(): string {
    return `activity-${String(this.#activities.length).padStart(6, '0')}`;
  }
}
