// Any ledger, as the store may be given it.
import fc from 'fast-check';
import type { LedgerEntries } from '../../shared/contracts/ledger-entries.ts';
import { LEDGER_SCHEMA, type LedgerRecord } from '../../shared/contracts/ledger-record.ts';
import { CASH_KINDS } from '../../shared/core/ledger/activity.ts';
import { CASH_FLOWS, type Entry } from '../../shared/core/ledger/entry.ts';
import type { Ledger } from '../../shared/core/ledger/ledger.ts';
import type { SettlingLot } from '../../shared/core/ledger/settling.ts';
import {
  anyClientOrderId,
  anyDate,
  anyHash,
  anyInstant,
  anyName,
  anyRunId,
  anyShares,
  anySide,
  anySymbol,
  anyUsd,
  withOptional,
} from './values.ts';

const text = fc.string({ minLength: 1, maxLength: 20 });
const holding = { at: anyInstant, symbol: anySymbol, quantity: anyShares };

const anyEntry: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({ kind: fc.constant('opening' as const), ...holding }),
  fc.record({ kind: fc.constant('fill' as const), ...holding, clientOrderId: anyClientOrderId, amount: anyUsd }),
  fc.record({ kind: fc.constant('late-fill' as const), ...holding, clientOrderId: anyClientOrderId, activity: text, amount: anyUsd }),
  fc.record({ kind: fc.constant('corporate-action' as const), ...holding, activity: text, word: fc.string(), amount: anyUsd }),
  fc.record(
    {
      kind: fc.constantFrom(...CASH_KINDS, 'unknown' as const),
      at: anyInstant,
      activity: text,
      word: fc.string(),
      amount: anyUsd,
      symbol: anySymbol,
    },
    { requiredKeys: ['kind', 'at', 'activity', 'word', 'amount'] },
  ),
  fc.record(
    {
      kind: fc.constant('adopted' as const),
      ...holding,
      who: text,
      reason: text,
      activities: fc.array(text),
      amount: anyUsd,
      isPriced: fc.constant(true as const),
    },
    { requiredKeys: ['kind', 'at', 'symbol', 'quantity', 'who', 'reason', 'activities', 'amount'] },
  ),
);

export const anyLedgerEntries: fc.Arbitrary<LedgerEntries> = fc.record(
  { kind: fc.constant('ledger-entries' as const), portfolio: anyName, previous: anyHash, entries: fc.array(anyEntry, { maxLength: 5 }) },
  { requiredKeys: ['kind', 'portfolio', 'entries'] },
);

const anyLot: fc.Arbitrary<SettlingLot> = fc.record({
  symbol: anySymbol,
  side: anySide,
  tradeDate: anyDate,
  quantity: anyShares,
  amount: anyUsd,
});

const anyLedger: fc.Arbitrary<Ledger> = withOptional(
  {
    holdings: fc.array(fc.record({ symbol: anySymbol, quantity: anyShares }), { maxLength: 5 }),
    cash: fc.dictionary(fc.constantFrom(...CASH_FLOWS), anyUsd, { noNullPrototype: true }),
    orders: fc.array(fc.record({ clientOrderId: anyClientOrderId, recorded: anyShares, seen: anyShares }), { maxLength: 3 }),
    runs: fc.array(anyRunId, { maxLength: 3 }),
    activities: fc.record({ from: anyInstant, seen: fc.array(fc.record({ id: text, at: anyInstant }), { maxLength: 5 }) }),
  },
  { settling: fc.array(anyLot, { maxLength: 3 }), uninvested: anyUsd },
);

export const anyLedgerRecord: fc.Arbitrary<LedgerRecord> = fc.record({
  schemaVersion: fc.constant(LEDGER_SCHEMA),
  portfolio: anyName,
  version: fc.integer({ min: 1, max: 1_000_000 }),
  updatedAt: anyInstant,
  accountNumber: fc.stringMatching(/^[A-Z0-9]{1,12}$/),
  ledger: anyLedger,
  head: anyHash,
});
