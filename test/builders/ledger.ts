// A ledger and what the broker tells, for tests: say only what matters.
import type { Activity, CashKind, FillActivity } from '../../shared/core/ledger/activity.ts';
import type { Ledger } from '../../shared/core/ledger/ledger.ts';
import { type AccountLook, openLedger } from '../../shared/core/ledger/reconcile.ts';
import { clientOrderIdOf, type Side } from '../../shared/core/values/identity.ts';
import { usd } from '../../shared/core/values/money.ts';
import { shares } from '../../shared/core/values/shares.ts';
import { DAY_MS, SECOND_MS } from '../../shared/core/values/time.ts';

/** 15:35 in New York. */
export const NOON = Date.UTC(2026, 10, 20, 20, 35);
export const CLAIM = { portfolio: 'balanced', symbols: ['SPY', 'TLT'], adoptsUnowned: false };
export const A_RUN = 'balanced/2026-11-20/daily';

let serial = 0;

export function ourOrder(symbol: string, side: Side, peg = 0, runId = A_RUN): string {
  return clientOrderIdOf({ runId, symbol, side, slice: 0, peg });
}

/** `quantity` in shares, at 100 dollars, a second after the one before. */
export function aFill(symbol: string, side: Side, quantity: string, stated: Partial<FillActivity> = {}): FillActivity {
  serial += 1;
  const at = NOON + serial * SECOND_MS;
  return {
    kind: 'fill',
    id: `fill-${String(serial).padStart(6, '0')}`,
    at,
    word: 'FILL',
    clientOrderId: ourOrder(symbol, side),
    symbol,
    side,
    quantity: shares(quantity),
    price: usd('100'),
    ...stated,
  };
}

/** Of nobody's order that we know. */
export function aManualFill(symbol: string, side: Side, quantity: string): FillActivity {
  return aFill(symbol, side, quantity, { clientOrderId: 'by-hand' });
}

export function aSplit(symbol: string, quantity: string, word = 'SPLIT'): Activity {
  serial += 1;
  return {
    kind: 'corporate-action',
    id: `split-${serial}`,
    at: NOON + serial * SECOND_MS,
    word,
    symbol,
    quantity: shares(quantity),
    amount: 0n,
  };
}

export function aFlow(kind: CashKind, amount: string, symbol?: string): Activity {
  serial += 1;
  const named = symbol === undefined ? {} : { symbol };
  return { kind, id: `flow-${serial}`, at: NOON + serial * SECOND_MS, word: kind.toUpperCase(), amount: usd(amount), ...named };
}

export function aLook(held: Readonly<Record<string, string>>, activities: readonly Activity[] = []): AccountLook {
  const positions = Object.entries(held).map(([symbol, text]) => ({ symbol, quantity: shares(text), available: shares(text) }));
  return { positions, activities, at: NOON + DAY_MS };
}

/** Opened long enough ago for every activity of a test to be new. */
export function aLedger(held: Readonly<Record<string, string>>): Ledger {
  return openLedger(CLAIM, { ...aLook(held), at: NOON }).ledger;
}
