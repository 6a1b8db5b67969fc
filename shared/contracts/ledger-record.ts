// The ledger of a portfolio as it is stored: one item with a version, written under a condition. What it says is the sum
// of the entries that `head` leads to.
import * as z from 'zod';
import { CASH_FLOWS } from '../core/ledger/entry.ts';
import type { Ledger } from '../core/ledger/ledger.ts';
import { canonicalJson } from './canonical-json.ts';
import { clientOrderIdText, contentHashText, instantText, newYorkDateText, runIdText, sharesText, side, usdText } from './codecs.ts';
import { UnreadableRecord } from './run-record.ts';

/** The version of the record's shape. The first; from the second on a release also reads the one before. */
export const LEDGER_SCHEMA = 1;

const ledger: z.ZodType<Ledger> = z.strictObject({
  holdings: z.array(z.strictObject({ symbol: z.string(), quantity: sharesText })),
  cash: z.partialRecord(z.enum(CASH_FLOWS), usdText),
  orders: z.array(z.strictObject({ clientOrderId: clientOrderIdText, recorded: sharesText, seen: sharesText })),
  runs: z.array(runIdText),
  activities: z.strictObject({ from: instantText, seen: z.array(z.strictObject({ id: z.string().min(1), at: instantText })) }),
  settling: z
    .array(z.strictObject({ symbol: z.string(), side, tradeDate: newYorkDateText, quantity: sharesText, amount: usdText }))
    .exactOptional(),
  uninvested: usdText.exactOptional(),
});

const ledgerRecord = z.strictObject({
  schemaVersion: z.literal(LEDGER_SCHEMA),
  portfolio: z.string(),
  /** 1 when opened; each write adds exactly 1. */
  version: z.number().int().positive(),
  updatedAt: instantText,
  /** The account that it is held in. */
  accountNumber: z.string(),
  ledger,
  /** The latest batch of entries. */
  head: contentHashText,
});
export type LedgerRecord = z.output<typeof ledgerRecord>;

export function encodeLedgerRecord(record: LedgerRecord): string {
  return canonicalJson(z.encode(ledgerRecord, record));
}

/** @throws UnreadableRecord for another schema version or a record that is not whole. */
export function decodeLedgerRecord(text: string): LedgerRecord {
  const json = parseJson(text);
  const found = z.looseObject({ schemaVersion: z.unknown() }).safeParse(json);
  if (found.success && found.data.schemaVersion !== LEDGER_SCHEMA)
    throw new UnreadableRecord(`ledger has schema version ${String(found.data.schemaVersion)}, this release reads ${LEDGER_SCHEMA}`);
  const parsed = z.safeDecode(ledgerRecord, json as z.input<typeof ledgerRecord>);
  if (!parsed.success) throw new UnreadableRecord(`ledger is not whole: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreadableRecord('ledger is not JSON', { cause });
  }
}
