// Entries of a ledger as lots see them, for tests: say only what matters.
import type {
  AdoptedEntry,
  CorporateActionEntry,
  FillEntry,
  LateFillEntry,
  OpeningEntry,
} from '../../../../../shared/core/ledger/entry.ts';
import { newYorkInstant } from '../../../../../shared/core/market/new-york-time.ts';
import { clientOrderIdOf } from '../../../../../shared/core/values/identity.ts';
import { usd } from '../../../../../shared/core/values/money.ts';
import { shares } from '../../../../../shared/core/values/shares.ts';
import type { NewYorkDate } from '../../../../../shared/core/values/time.ts';

/** `quantity` below zero is a sale; `amount` is what went through the cash, so below zero for a purchase. */
export function fill(symbol: string, on: NewYorkDate, quantity: string, amount: string): FillEntry {
  const side = quantity.startsWith('-') ? 'sell' : 'buy';
  const clientOrderId = clientOrderIdOf({ runId: `balanced/${on}/daily`, symbol, side, slice: 0, peg: 0 });
  return { kind: 'fill', at: newYorkInstant(on, 15, 36), symbol, quantity: shares(quantity), amount: usd(amount), clientOrderId };
}

export function lateFill(symbol: string, on: NewYorkDate, quantity: string, amount: string): LateFillEntry {
  return { ...fill(symbol, on, quantity, amount), kind: 'late-fill', activity: 'late' };
}

export function opening(symbol: string, on: NewYorkDate, quantity: string): OpeningEntry {
  return { kind: 'opening', at: newYorkInstant(on, 9, 0), symbol, quantity: shares(quantity) };
}

export function adopted(symbol: string, on: NewYorkDate, quantity: string, stated: Partial<AdoptedEntry> = {}): AdoptedEntry {
  const said = { who: 'me', reason: 'mine', activities: [], amount: 0n };
  return { kind: 'adopted', at: newYorkInstant(on, 10, 0), symbol, quantity: shares(quantity), ...said, ...stated };
}

export function action(word: string, symbol: string, on: NewYorkDate, quantity: string, amount = '0.00'): CorporateActionEntry {
  const told = { activity: `${word} ${symbol}`, word, amount: usd(amount) };
  return { kind: 'corporate-action', at: newYorkInstant(on, 0, 0), symbol, quantity: shares(quantity), ...told };
}
