// Whether a portfolio may trade real money: every sleeve that claims an edge has a verdict that says SCALE, and one that claims none
// goes with a policy check that passed. Both signed by a known key, on exactly this, for exactly this code. One rule, asked before a
// deployment, before each run and by whoever wants to know.
import type { Frequency } from '../../core/market/schedule.ts';
import { bandWidth } from '../../core/values/band.ts';
import type { ContentHash } from '../../core/values/identity.ts';
import { formatPercent, type Ppm, WHOLE } from '../../core/values/weight.ts';
import type { PortfolioPolicy, Sleeve } from '../portfolio-policy.ts';
import { claimsEdge } from './claims-edge.ts';
import { type LiveDocument, type ReadDocuments, type RefusedDocument, readLiveDocuments } from './live-document.ts';
import type { LiveDocuments } from './live-documents.ts';
import type { LiveStanding } from './live-standing.ts';
import { strategyHash } from './strategy-hash.ts';
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
  if (latest === undefined) return { code: 'no-document', detail: [LACKS[kind], ...refused.map(refusedText)].join('; ') };
  const { says, word, isGood, hash: document } = latest;
  const detail = `has ${says} that says ${word}`;
  if (!isGood) return { code: kind === 'claim' ? 'not-scale' : 'not-passed', detail, document };
  // What cannot be read may be the later no.
  if (refused.length > 0) return { code: 'refused-document', detail: [detail, ...refused.map(refusedText)].join('; '), document };
  if (latest.source !== source)
    return { code: 'other-code', detail: `${detail} of other code (${SAYS_IT_OF_THIS[kind]} says it of this)`, document };
  if (kind === 'claim' && !isTradedAsJudged(sleeve, policy))
    return { code: 'traded-otherwise', detail: `${detail} of it ${judgedAs(sleeve)}, and its portfolio is traded otherwise`, document };
  return { code: 'cleared', detail, document };
}

/** Of two that were judged at one moment the worse counts. */
function latestFirst(a: LiveDocument, b: LiveDocument): number {
  return b.judged - a.judged || Number(a.isGood) - Number(b.isGood) || b.signed - a.signed;
}

function refusedText({ name, code }: RefusedDocument): string {
  return `${JSON.stringify(name)} is refused (${code}) and may say otherwise: mend it, or take it away`;
}

/**
 * Room for whole shares, and for what prices do between a run and the close: a band of a schedule is no wider where a claim is traded.
 * docs/decisions/0062 says what it costs.
 */
const BAND_MAX: Ppm = 10_000n;

/**
 * A claim is judged by itself, looked at in every session and always brought to its targets; a policy check is of schedules and bands
 * too. In a portfolio that is looked at less often a claim holds what was never judged. So it does where it rebalances on another
 * session of its period than the first, and where a wide band keeps it from its targets.
 */
function isTradedAsJudged(sleeve: Sleeve, { schedules }: Pick<PortfolioPolicy, 'schedules'>): boolean {
  const judged = frequencyOf(sleeve);
  return schedules.some(
    ({ every, on, band }) => (every === 'day' || (every === judged && on === 'first')) && bandWidth(band, WHOLE) <= BAND_MAX,
  );
}

/** How often it has to be looked at. An exit is asked for in every session, whatever the rule is. */
function frequencyOf({ rebalance, exits }: Sleeve): Frequency {
  return rebalance.kind === 'every' && exits === undefined ? rebalance.every : 'day';
}

function judgedAs(sleeve: Sleeve): string {
  const frequency = frequencyOf(sleeve);
  const looked = frequency === 'day' ? 'looked at every day' : `looked at every day, or on the first session of every ${frequency}`;
  return `${looked}, in a band of at most ${formatPercent(BAND_MAX)}`;
}
