// Whether a portfolio may trade real money: every sleeve that claims an edge has a verdict that says SCALE, and one that claims none
// goes with a policy check that passed. Both signed by a known key, on exactly this, for exactly this code. One rule, asked before a
// deployment, before each run and by whoever wants to know.
import type { ContentHash } from '../../core/values/identity.ts';
import type { PortfolioPolicy, Sleeve } from '../portfolio-policy.ts';
import { claimsEdge } from './claims-edge.ts';
import { PUBLIC_KEYS_FILE } from './document-names.ts';
import { type LiveDocument, type ReadDocuments, type RefusedDocument, readLiveDocuments } from './live-document.ts';
import type { LiveDocuments } from './live-documents.ts';
import type { LiveStanding } from './live-standing.ts';
import { strategyHash } from './strategy-hash.ts';
import { otherwiseThanJudged } from './traded-as-judged.ts';
import { tradedHash } from './traded-hash.ts';

export function liveStandings(policy: PortfolioPolicy, documents: LiveDocuments): readonly LiveStanding[] {
  const read = readLiveDocuments(documents);
  const traded = tradedHash(policy);
  return policy.sleeves.map((sleeve) => {
    const kind = claimsEdge(sleeve) ? 'claim' : 'policy';
    const subject = kind === 'claim' ? strategyHash(sleeve) : traded;
    return { sleeve: sleeve.name, kind, subject, ...standingOf({ sleeve, kind, subject }, policy, read, documents.source) };
  });
}

type Found = Pick<LiveStanding, 'code' | 'detail' | 'document'>;

const LACKS = {
  claim: 'needs a verdict that says SCALE on exactly its strategy (evenkeel hypothesis judge)',
  policy: 'needs a policy check that passed on exactly this portfolio (evenkeel policy check)',
} as const;

const SAYS_IT_OF_THIS = { claim: 'evenkeel hypothesis renew', policy: 'evenkeel policy check' } as const;

function standingOf(
  { sleeve, kind, subject }: Pick<LiveStanding, 'kind' | 'subject'> & { readonly sleeve: Sleeve },
  policy: PortfolioPolicy,
  { documents, refused }: ReadDocuments,
  source: ContentHash,
): Found {
  const [latest] = documents.filter((each) => each.kind === kind && each.subject === subject).sort(latestFirst);
  const otherwise = kind === 'claim' ? otherwiseThanJudged(sleeve, policy) : [];
  if (latest === undefined) return { code: 'no-document', detail: [LACKS[kind], ...otherwise, ...refused.map(refusedText)].join('; ') };
  const { says, word, isGood, hash: document } = latest;
  const detail = `has ${says} that says ${word}`;
  if (!isGood) return { code: kind === 'claim' ? 'not-scale' : 'not-passed', detail, document };
  // What cannot be read may be the later no.
  if (refused.length > 0) return { code: 'refused-document', detail: [detail, ...refused.map(refusedText)].join('; '), document };
  if (latest.source !== source)
    return { code: 'other-code', detail: `${detail} of other code (${SAYS_IT_OF_THIS[kind]} says it of this)`, document };
  if (otherwise.length > 0)
    return {
      code: 'traded-otherwise',
      detail: `${detail}, and is traded otherwise than it was judged (${otherwise.join('; ')})`,
      document,
    };
  return { code: 'cleared', detail, document };
}

/** Of two that were judged at one moment the worse counts. */
function latestFirst(a: LiveDocument, b: LiveDocument): number {
  return b.judged - a.judged || Number(a.isGood) - Number(b.isGood) || b.signed - a.signed;
}

const REFUSED: Readonly<Record<RefusedDocument['code'], string>> = {
  'not-one': 'it is no signed document, or was changed',
  'unknown-key': `its key is not in ${PUBLIC_KEYS_FILE}`,
  'bad-signature': 'it was forged, or changed since it was signed',
  'from-the-future': 'it is dated ahead',
};

function refusedText({ name, code }: RefusedDocument): string {
  return `${JSON.stringify(name)} is refused, since ${REFUSED[code]}, and may say otherwise: mend it, or take it away`;
}
