// Fills of our own orders, told twice: by the record of the run that sent them, and by the broker's activities. Each
// fill is counted once, whichever tells it first.
import { type ClientOrderId, parseClientOrderId, type RunId, type Side } from '../values/identity.ts';
import type { MicroUsd } from '../values/money.ts';
import { larger } from '../values/rounding.ts';
import { type NanoShares, notional } from '../values/shares.ts';
import { addDays, type EpochMs, type NewYorkDate } from '../values/time.ts';
import type { FillActivity } from './activity.ts';
import type { FillEntry, LateFillEntry } from './entry.ts';
import { fold, type Ledger, type OrderCount } from './ledger.ts';

/** What an order of a run came to. */
export interface FilledOrder {
  readonly clientOrderId: ClientOrderId;
  readonly symbol: string;
  readonly side: Side;
  /** In all. */
  readonly filledQuantity: NanoShares;
  readonly averageFillPrice?: MicroUsd;
}

export interface Counted<Entry> {
  readonly ledger: Ledger;
  readonly entries: readonly Entry[];
}

/** A driver that was away for longer than so many runs of its portfolio does not exist. */
const RUNS_MAX = 100;
/** After so long nobody will tell the other half of an order that only the activities knew. */
const UNRECORDED_DAYS_MAX = 30;

/** Counts the orders of a run that is over. Counting a run again changes nothing. */
export function countRun(ledger: Ledger, runId: RunId, orders: readonly FilledOrder[], at: EpochMs): Counted<FillEntry> {
  if (ledger.runs.includes(runId)) return { ledger, entries: [] };
  const entries: FillEntry[] = [];
  const counts = countsOf(ledger);
  for (const order of orders) {
    const before = counts.get(order.clientOrderId) ?? { clientOrderId: order.clientOrderId, recorded: 0n, seen: 0n };
    const after = { ...before, recorded: larger(before.recorded, order.filledQuantity) };
    counts.set(order.clientOrderId, after);
    const quantity = countedOf(after) - countedOf(before);
    if (quantity !== 0n) entries.push({ kind: 'fill', at, ...filled(order, quantity, order.averageFillPrice ?? 0n) });
  }
  const runs = [...ledger.runs, runId].slice(-RUNS_MAX);
  return { ledger: fold({ ...ledger, runs, orders: openCounts(counts, runs) }, entries), entries };
}

/** Counts fills that the broker reports, all of them of orders of ours. */
export function countFills(ledger: Ledger, activities: readonly (FillActivity & OfOurs)[]): Counted<LateFillEntry> {
  const entries: LateFillEntry[] = [];
  const counts = countsOf(ledger);
  for (const activity of activities) {
    const { clientOrderId, id, at, quantity, price } = activity;
    const before = counts.get(clientOrderId) ?? { clientOrderId, recorded: 0n, seen: 0n };
    const after = { ...before, seen: before.seen + quantity };
    counts.set(clientOrderId, after);
    const change = countedOf(after) - countedOf(before);
    if (change !== 0n) entries.push({ kind: 'late-fill', at, activity: id, ...filled(activity, change, price) });
  }
  return { ledger: fold({ ...ledger, orders: openCounts(counts, ledger.runs) }, entries), entries };
}

export interface OfOurs {
  readonly clientOrderId: ClientOrderId;
}

/** An order of this portfolio, sent for this very symbol and side. */
export function isOurs(activity: FillActivity, portfolio: string): activity is FillActivity & OfOurs {
  const key = parseClientOrderId(activity.clientOrderId ?? '');
  if (key === undefined) return false;
  return key.runId.startsWith(`${portfolio}/`) && key.symbol === activity.symbol && key.side === activity.side;
}

function countsOf({ orders }: Ledger): Map<ClientOrderId, OrderCount> {
  return new Map(orders.map((count) => [count.clientOrderId, count]));
}

function countedOf({ recorded, seen }: OrderCount): NanoShares {
  return larger(recorded, seen);
}

/** Once a run is counted, an order of which the activities told as much as its record has nothing left to be told twice. */
function openCounts(counts: ReadonlyMap<ClientOrderId, OrderCount>, runs: readonly RunId[]): OrderCount[] {
  const newest = [...counts.keys()].map(sessionOf).sort().at(-1);
  const isForgotten = ({ clientOrderId, recorded, seen }: OrderCount): boolean => {
    if (recorded > seen) return false;
    const key = parseClientOrderId(clientOrderId);
    if (key !== undefined && runs.includes(key.runId)) return true;
    return newest !== undefined && sessionOf(clientOrderId) < addDays(newest, -UNRECORDED_DAYS_MAX);
  };
  return [...counts.values()].filter((count) => !isForgotten(count)).sort((a, b) => (a.clientOrderId < b.clientOrderId ? -1 : 1));
}

function sessionOf(clientOrderId: ClientOrderId): NewYorkDate {
  const [, session] = parseClientOrderId(clientOrderId)?.runId.split('/') ?? [];
  if (session === undefined) throw new RangeError(`not an order of ours: ${clientOrderId}`);
  return session as NewYorkDate;
}

/** Cash is never overstated: a buy is rounded up, a sell down. */
function filled({ symbol, side, clientOrderId }: Omit<FilledOrder, 'filledQuantity'>, quantity: NanoShares, price: MicroUsd) {
  const sign = side === 'buy' ? 1n : -1n;
  const cost = notional(price, quantity, side === 'buy' ? 'ceil' : 'floor');
  return { symbol, clientOrderId, quantity: sign * quantity, amount: -sign * cost };
}
