// Whether a portfolio may trade real money: every sleeve that claims an edge has a verdict that says SCALE, and one that claims none
// goes with a policy check that passed. Both signed by a known key, on exactly this, for exactly this code. One rule, asked before a
// deployment, before each run and by whoever wants to know.
import type { Frequency } from '../../core/market/schedule.ts';
import type { ContentHash } from '../../core/values/identity.ts';
import { contentHash } from '../canonical-json.ts';
import type { PortfolioPolicy, Sleeve } from '../portfolio-policy.ts';
import { claimsEdge } from './claims-edge.ts';
import type { LiveDocuments } from './live-documents.ts';
import type { LiveStanding } from './live-standing.ts';
import { POLICY_CHECK, POLICY_CHECKS, type PolicyCheck } from './policy-check.ts';
import { readSigned } from './signed-document.ts';
import { strategyHash } from './strategy-hash.ts';
import { tradedHash } from './traded-hash.ts';
import { VERDICT } from './verdict-document.ts';

export function liveStandings(policy: PortfolioPolicy, documents: LiveDocuments): readonly LiveStanding[] {
  const found = readAll(documents);
  const traded = tradedHash(policy);
  return policy.sleeves.map((sleeve) => {
    const kind = claimsEdge(sleeve) ? 'claim' : 'policy';
    const subject = kind === 'claim' ? strategyHash(sleeve) : traded;
    const [latest] = found.documents.filter((each) => each.kind === kind && each.subject === subject).sort(latestFirst);
    const about = { sleeve: sleeve.name, kind, subject } as const;
    if (latest === undefined) return { ...about, code: 'no-document', detail: `${LACKS[kind]}${found.refused}` };
    const standing = standingOf(latest, documents.source);
    const rarely = kind === 'claim' && standing.code === 'cleared' ? lookedAtRarely(sleeve, policy) : undefined;
    return { ...about, ...(rarely ?? standing), document: latest.hash };
  });
}

const LACKS = {
  claim: 'needs a verdict that says SCALE on exactly its strategy (evenkeel hypothesis judge)',
  policy: 'needs a policy check that passed on exactly this portfolio (evenkeel policy check)',
} as const;

interface LiveDocument {
  readonly kind: 'claim' | 'policy';
  readonly subject: ContentHash;
  readonly hash: ContentHash;
  readonly judged: number;
  /** Later where it was renewed, which judges nothing: it goes before what it renews, and never before a later word. */
  readonly signed: number;
  readonly word: string;
  readonly says: string;
  readonly isGood: boolean;
  readonly source: ContentHash;
}

/** Of two that were judged at one moment the worse counts. */
function latestFirst(a: LiveDocument, b: LiveDocument): number {
  return b.judged - a.judged || Number(a.isGood) - Number(b.isGood) || b.signed - a.signed;
}

function standingOf({ kind, says, word, isGood, source }: LiveDocument, deployed: ContentHash): Pick<LiveStanding, 'code' | 'detail'> {
  if (!isGood) return { code: kind === 'claim' ? 'not-scale' : 'not-passed', detail: `has ${says} that says ${word}` };
  if (source !== deployed)
    return {
      code: 'other-code',
      detail: `has ${says} that says ${word} of other code (${kind === 'claim' ? 'evenkeel hypothesis renew' : 'evenkeel policy check'} says it of this)`,
    };
  return { code: 'cleared', detail: `has ${says} that says ${word}` };
}

/** From the most to the least often. */
const FREQUENCIES: readonly Frequency[] = ['day', 'week', 'month', 'quarter', 'year'];

/**
 * A claim is judged by itself, looked at in every session; a policy check is of the schedules too. Between two runs of a portfolio
 * that is looked at less often than the strategy rebalances, it holds what was never judged.
 */
function lookedAtRarely(
  { rebalance }: Sleeve,
  { schedules }: Pick<PortfolioPolicy, 'schedules'>,
): Pick<LiveStanding, 'code' | 'detail'> | undefined {
  const judged: Frequency = rebalance.kind === 'every' ? rebalance.every : 'day';
  const looked = FREQUENCIES.find((each) => schedules.some(({ every }) => every === each));
  if (looked === undefined || FREQUENCIES.indexOf(looked) <= FREQUENCIES.indexOf(judged)) return undefined;
  return { code: 'looked-at-rarely', detail: `was judged to be looked at every ${judged}, and its portfolio is every ${looked}` };
}

function readAll({ keys, files }: LiveDocuments): { readonly documents: readonly LiveDocument[]; readonly refused: string } {
  const documents: LiveDocument[] = [];
  const refused: string[] = [];
  for (const { name, text } of files) {
    const hash = contentHash(text);
    const verdict = readSigned(VERDICT, text, keys);
    const check = verdict.kind === 'signed' ? undefined : readSigned(POLICY_CHECK, text, keys);
    if (verdict.kind === 'signed') {
      const { hypothesis, strategy, verdict: word, judged, renewed, code } = verdict.document;
      documents.push({
        kind: 'claim',
        subject: strategy.hash,
        hash,
        judged: judged.at,
        signed: (renewed ?? judged).at,
        word,
        says: `a verdict of the hypothesis ${hypothesis}`,
        isGood: word === 'SCALE',
        source: code.source,
      });
    } else if (check?.kind === 'signed') {
      const { traded, outcome, checks, judged, code } = check.document;
      documents.push({
        kind: 'policy',
        subject: traded,
        hash,
        judged: judged.at,
        signed: judged.at,
        word: outcome,
        says: `a policy check by ${judged.by}`,
        isGood: outcome === 'passed' && isWhole(checks) && checks.every(({ holds }) => holds),
        source: code.source,
      });
    } else
      refused.push(`${JSON.stringify(name)} is refused (${verdict.code === 'not-one' && check !== undefined ? check.code : verdict.code})`);
  }
  return { documents, refused: refused.length === 0 ? '' : `; ${refused.join(', ')}` };
}

/** What was not measured was not passed. */
function isWhole(checks: PolicyCheck['checks']): boolean {
  return POLICY_CHECKS.every((kind) => checks.some(({ check }) => check === kind));
}
