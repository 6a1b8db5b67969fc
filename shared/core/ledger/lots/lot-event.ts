// The entries of a ledger as lots see them: by symbol in the order of time, the parts of one order on one day together, so that
// it makes no difference in how many pieces it filled; and of one corporate action, of which a broker may tell what went and what
// came apart.
import { newYorkDate } from '../../market/new-york-time.ts';
import type { ClientOrderId } from '../../values/identity.ts';
import type { MicroUsd } from '../../values/money.ts';
import type { NanoShares } from '../../values/shares.ts';
import type { EpochMs, NewYorkDate } from '../../values/time.ts';
import type { Entry } from '../entry.ts';
import { tradeDateOf } from '../settling.ts';
import type { LotOrigin } from './tax-lot.ts';

export interface LotEvent {
  readonly kind: LotOrigin;
  readonly symbol: string;
  readonly on: NewYorkDate;
  readonly at: EpochMs;
  /** What it added; negative where it took away. Never zero, but for cash of a corporate action. */
  readonly quantity: NanoShares;
  /** What it added to the cash; null where nobody told a price. */
  readonly amount: MicroUsd | null;
  /** Of a corporate action. */
  readonly word?: string;
  /** Of a fill. */
  readonly order?: ClientOrderId;
}

/** By symbol; each oldest first. */
export function lotEvents(entries: readonly Entry[]): ReadonlyMap<string, readonly LotEvent[]> {
  const bySymbol = new Map<string, LotEvent[]>();
  const events = entries.flatMap((entry) => eventOf(entry) ?? []);
  // Told late is not traded late. A stable sort keeps the order of the record within an instant.
  for (const event of events.sort((a, b) => a.at - b.at)) {
    const known = bySymbol.get(event.symbol) ?? [];
    const last = known.at(-1);
    const together = last === undefined ? undefined : joined(last, event);
    if (together === undefined) known.push(event);
    else known[known.length - 1] = together;
    bySymbol.set(event.symbol, known);
  }
  return bySymbol;
}

function eventOf(entry: Entry): LotEvent | undefined {
  if (!('quantity' in entry)) return undefined;
  const { kind, symbol, at, quantity } = entry;
  const isCash = kind === 'corporate-action' && entry.amount !== 0n;
  if (quantity === 0n && !isCash) return undefined;
  const order = kind === 'fill' || kind === 'late-fill' ? { order: entry.clientOrderId } : {};
  const on = order.order === undefined ? newYorkDate(at) : tradeDateOf(order.order, at);
  const word = kind === 'corporate-action' ? { word: entry.word } : {};
  return { kind, symbol, on, at, quantity, amount: amountOf(entry), ...word, ...order };
}

/** An order that filled without a price is not free, and neither is what a person took over. */
function amountOf(entry: Extract<Entry, { readonly quantity: NanoShares }>): MicroUsd | null {
  switch (entry.kind) {
    case 'opening':
      return null;
    case 'adopted':
      return entry.isPriced === true ? entry.amount : null;
    case 'corporate-action':
      return entry.amount;
    default:
      return entry.amount === 0n ? null : entry.amount;
  }
}

function joined(a: LotEvent, b: LotEvent): LotEvent | undefined {
  if (a.order !== b.order || a.word !== b.word || a.on !== b.on || (a.order === undefined && a.word === undefined)) return undefined;
  return { ...a, quantity: a.quantity + b.quantity, amount: a.amount === null || b.amount === null ? null : a.amount + b.amount };
}
