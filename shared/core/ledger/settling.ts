// What was traded and has not settled: proceeds that count as cash and have not arrived, and what was bought while they
// were under way. It refuses to know what may be done with either.
import { newYorkDate } from '../market/new-york-time.ts';
import { settlementDate } from '../market/settlement.ts';
import type { LockedShares } from '../portfolio/cash-settlement.ts';
import type { ClientOrderId, Side } from '../values/identity.ts';
import { parseClientOrderId } from '../values/identity.ts';
import type { MicroUsd } from '../values/money.ts';
import { absolute } from '../values/rounding.ts';
import { type NanoShares, notional } from '../values/shares.ts';
import type { EpochMs, NewYorkDate } from '../values/time.ts';
import type { FillActivity } from './activity.ts';
import type { Entry } from './entry.ts';

/** All that was bought, or sold, of a symbol on a date. */
export interface SettlingLot {
  readonly symbol: string;
  readonly side: Side;
  readonly tradeDate: NewYorkDate;
  readonly quantity: NanoShares;
  /** What it cost, or brought. Never below zero. */
  readonly amount: MicroUsd;
}

/** Proceeds that have not arrived on the date. They arrive as its day begins. */
export function unsettledProceeds(lots: readonly SettlingLot[], asOf: NewYorkDate): MicroUsd {
  return stillSettling(lots, asOf).reduce((sum, { side, amount }) => (side === 'sell' ? sum + amount : sum), 0n);
}

/**
 * By symbol, ascending: shares bought on a date on which proceeds were under way that have not arrived yet. Whether just
 * these proceeds paid for them is not asked: within a date nobody knows for certain what came first.
 */
export function lockedShares(lots: readonly SettlingLot[], asOf: NewYorkDate): LockedShares[] {
  const settling = stillSettling(lots, asOf);
  const firstSale = settling.find(({ side }) => side === 'sell')?.tradeDate;
  const locked = new Map<string, NanoShares>();
  for (const { symbol, side, tradeDate, quantity } of settling) {
    if (side === 'buy' && firstSale !== undefined && tradeDate >= firstSale) locked.set(symbol, (locked.get(symbol) ?? 0n) + quantity);
  }
  return [...locked].map(([symbol, quantity]) => ({ symbol, quantity })).sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
}

/** A later trade never settles earlier, so a purchase goes no sooner than any sale that may have paid for it. */
export function stillSettling(lots: readonly SettlingLot[], asOf: NewYorkDate): SettlingLot[] {
  return lots.filter(({ tradeDate }) => settlementDate(tradeDate) > asOf);
}

/** By trade date, symbol and side; one lot for each. */
export function addLots(lots: readonly SettlingLot[], more: readonly SettlingLot[]): readonly SettlingLot[] {
  if (more.length === 0) return lots;
  const byKey = new Map(lots.map((lot) => [keyOf(lot), lot]));
  for (const lot of more) {
    const before = byKey.get(keyOf(lot));
    const { quantity, amount } = before ?? { quantity: 0n, amount: 0n };
    byKey.set(keyOf(lot), { ...lot, quantity: quantity + lot.quantity, amount: amount + lot.amount });
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, lot]) => lot);
}

/** Of orders of ours. Trades by hand are in no entry of their own: `lotOfFill` is for those. */
export function lotOfEntry(entry: Entry): SettlingLot[] {
  if (entry.kind !== 'fill' && entry.kind !== 'late-fill') return [];
  const { symbol, quantity, amount, clientOrderId, at } = entry;
  const tradeDate = tradeDateOf(clientOrderId, at);
  return [{ symbol, side: quantity > 0n ? 'buy' : 'sell', tradeDate, quantity: absolute(quantity), amount: absolute(amount) }];
}

export function lotOfFill({ symbol, side, quantity, price, at }: FillActivity): SettlingLot {
  return { symbol, side, tradeDate: newYorkDate(at), quantity, amount: notional(price, quantity, 'ceil') };
}

/** An order that came after the close trades in a later session than its run's, and is told of no earlier. */
export function tradeDateOf(clientOrderId: ClientOrderId, at: EpochMs): NewYorkDate {
  const toldOn = newYorkDate(at);
  const session = parseClientOrderId(clientOrderId)?.runId.split('/')[1] as NewYorkDate | undefined;
  return session !== undefined && session > toldOn ? session : toldOn;
}

function keyOf({ tradeDate, symbol, side }: SettlingLot): string {
  return `${tradeDate} ${symbol} ${side}`;
}
