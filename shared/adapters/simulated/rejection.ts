// A refusal of the book in the broker's words and code, so that a record reads the same whoever was the broker.
import type { Refusal, RefusalCode } from '../../../exchange/matching/refusal.ts';
import { refusalWords } from '../../../exchange/matching/refusal-words.ts';
import type { SubmissionResult } from '../../ports/broker.ts';

type Rejected = Extract<SubmissionResult, { readonly kind: 'rejected' }>;

/** What an order intent cannot run into: it has a quantity, a limit on the grid and regular hours, and replaces nothing. */
const IMPOSSIBLE: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'client-order-id-taken',
  'sub-penny-price',
  'notional-decimals',
  'notional-not-market',
  'extended-hours-not-limit',
  'order-not-found',
  'order-terminal',
  'order-not-replaceable',
  'notional-not-replaceable',
  'order-unchanged',
  'position-not-found',
]);

/** @throws Error for a refusal that no submission can bring. */
export function rejectionOf(refusal: Refusal): Rejected {
  if (IMPOSSIBLE.has(refusal.code)) throw new Error(`a submission was refused as ${refusal.code}`);
  const { code, message } = refusalWords(refusal);
  return { kind: 'rejected', code: `${code}`, message };
}
