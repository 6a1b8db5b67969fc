// A batch of ledger entries as it is stored: an artifact under its hash that names the batch before it, so that the
// ledger of a portfolio is a chain that nothing can be taken out of.
import * as z from 'zod';
import type { Entry } from '../core/ledger/entry.ts';
import type { ContentHash } from '../core/values/identity.ts';
import { canonicalJson, contentHash } from './canonical-json.ts';
import { clientOrderIdText, contentHashText, instantText, sharesText, usdText } from './codecs.ts';

const holding = { at: instantText, symbol: z.string(), quantity: sharesText };
const activity = z.string().min(1);

const entry: z.ZodType<Entry> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opening'), ...holding }),
  z.strictObject({ kind: z.literal('fill'), ...holding, clientOrderId: clientOrderIdText, amount: usdText }),
  z.strictObject({ kind: z.literal('late-fill'), ...holding, clientOrderId: clientOrderIdText, activity, amount: usdText }),
  z.strictObject({ kind: z.literal('corporate-action'), ...holding, activity, word: z.string(), amount: usdText }),
  z.strictObject({
    kind: z.enum(['dividend', 'fee', 'interest', 'transfer', 'unknown']),
    at: instantText,
    activity,
    word: z.string(),
    symbol: z.string().exactOptional(),
    amount: usdText,
  }),
  z.strictObject({
    kind: z.literal('adopted'),
    ...holding,
    who: z.string().min(1),
    reason: z.string().min(1),
    activities: z.array(activity),
    amount: usdText,
    /** Absent in entries of releases that did not say. */
    isPriced: z.literal(true).exactOptional(),
  }),
]);

const ledgerEntries = z.strictObject({
  kind: z.literal('ledger-entries'),
  portfolio: z.string(),
  /** The batch before; absent in the first. */
  previous: contentHashText.exactOptional(),
  entries: z.array(entry),
});
export type LedgerEntries = z.output<typeof ledgerEntries>;

export function sealEntries(batch: LedgerEntries): { readonly hash: ContentHash; readonly text: string } {
  const text = canonicalJson(z.encode(ledgerEntries, batch));
  return { hash: contentHash(text), text };
}

/** @throws Error when the text is not a batch of entries: what is stored is never half understood. */
export function openEntries(text: string): LedgerEntries {
  const parsed = z.safeDecode<z.ZodType>(ledgerEntries, JSON.parse(text));
  if (!parsed.success) throw new Error(`stored ledger entries are not whole: ${z.prettifyError(parsed.error)}`);
  return parsed.data as LedgerEntries;
}
