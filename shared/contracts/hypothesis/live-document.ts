// A signed document as the gate of real money sees it: what it is about, what it says and how old its word is, whichever of the two
// kinds it is. Refuses to know whether that is enough.
import type { ContentHash } from '../../core/values/identity.ts';
import { MINUTE_MS } from '../../core/values/time.ts';
import { contentHash } from '../canonical-json.ts';
import type { LiveDocuments } from './live-documents.ts';
import { POLICY_CHECK, POLICY_CHECKS, type PolicyCheck } from './policy-check.ts';
import { readSigned } from './signed-document.ts';
import { VERDICT, type VerdictDocument } from './verdict-document.ts';

export interface LiveDocument {
  readonly kind: 'claim' | 'policy';
  /** By which a verdict names its strategy, and a policy check the portfolio. */
  readonly subject: ContentHash;
  /** Of its text. */
  readonly hash: ContentHash;
  readonly judged: number;
  /** Later where it was renewed, which judges nothing: it goes before what it renews, and never before a later word. */
  readonly signed: number;
  readonly word: string;
  readonly says: string;
  readonly isGood: boolean;
  readonly source: ContentHash;
}

/** A file that lies there as a document and counts as none. `from-the-future`: it would outlast every word that is said before then. */
export interface RefusedDocument {
  readonly name: string;
  readonly hash: ContentHash;
  readonly code: 'not-one' | 'unknown-key' | 'bad-signature' | 'from-the-future';
}

export interface ReadDocuments {
  readonly documents: readonly LiveDocument[];
  readonly refused: readonly RefusedDocument[];
}

/** Clocks of two machines differ; by more than this somebody set one. */
const AHEAD_MAX_MS = 5 * MINUTE_MS;

export function readLiveDocuments({ keys, files, asOf = Infinity }: LiveDocuments): ReadDocuments {
  const documents: LiveDocument[] = [];
  const refused: RefusedDocument[] = [];
  for (const { name, text } of files) {
    const hash = contentHash(text);
    const read = readOne(text, hash, keys);
    if (typeof read === 'string') refused.push({ name, hash, code: read });
    else if (Math.max(read.judged, read.signed) > asOf + AHEAD_MAX_MS) refused.push({ name, hash, code: 'from-the-future' });
    else documents.push(read);
  }
  return { documents, refused };
}

function readOne(text: string, hash: ContentHash, keys: readonly string[]): LiveDocument | RefusedDocument['code'] {
  const verdict = readSigned(VERDICT, text, keys);
  if (verdict.kind === 'signed') return ofVerdict(verdict.document, hash);
  const check = readSigned(POLICY_CHECK, text, keys);
  if (check.kind === 'signed') return ofCheck(check.document, hash);
  return verdict.code === 'not-one' ? check.code : verdict.code;
}

function ofVerdict({ hypothesis, strategy, verdict, judged, renewed, code }: VerdictDocument, hash: ContentHash): LiveDocument {
  return {
    kind: 'claim',
    subject: strategy.hash,
    hash,
    judged: judged.at,
    signed: (renewed ?? judged).at,
    word: verdict,
    says: `a verdict of the hypothesis ${hypothesis}`,
    isGood: verdict === 'SCALE',
    source: code.source,
  };
}

function ofCheck({ traded, outcome, checks, judged, code }: PolicyCheck, hash: ContentHash): LiveDocument {
  return {
    kind: 'policy',
    subject: traded,
    hash,
    judged: judged.at,
    signed: judged.at,
    word: outcome,
    says: `a policy check by ${judged.by}`,
    isGood: outcome === 'passed' && isWhole(checks) && checks.every(({ holds }) => holds),
    source: code.source,
  };
}

/** What was not measured was not passed. */
function isWhole(checks: PolicyCheck['checks']): boolean {
  return POLICY_CHECKS.every((kind) => checks.some(({ check }) => check === kind));
}
