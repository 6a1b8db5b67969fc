// Days of real money: some are cleared, or let through by a person, and some lack what would clear them, in one way or another. Told
// by the seed and not drawn: the chance of everything else stays as it was.
import { claimsEdge } from '../../shared/contracts/hypothesis/claims-edge.ts';
import { liveStandings } from '../../shared/contracts/hypothesis/live-clearance.ts';
import type { LiveDocuments } from '../../shared/contracts/hypothesis/live-documents.ts';
import { newSigningKey } from '../../shared/contracts/hypothesis/signing-keys.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import type { PortfolioSource } from '../../shared/ports/portfolios.ts';
import { readArtifact } from '../../shared/workflow/read-artifact.ts';
import { aPolicyCheck, aVerdictOn, liveDocuments, owner, signedCheck, signedVerdict } from '../builders/live.ts';
import type { SimulatedDay } from './simulated-day.ts';

export const STANDINGS = ['cleared', 'forged', 'overridden', 'killed', 'cleared', 'of-other-code', 'overridden', 'nothing'] as const;
export type Standing = (typeof STANDINGS)[number];

const LETS_TRADE: ReadonlySet<Standing> = new Set<Standing>(['cleared', 'overridden']);
const somebody = newSigningKey();

/** One day in nine is of real money; half of those may trade. */
export function standingOf(seed: number): Standing | undefined {
  return seed % 9 === 8 ? STANDINGS[Math.floor(seed / 9) % STANDINGS.length] : undefined;
}

/** Whether nothing at all may be sent on the day. */
export function isUncleared(seed: number): boolean {
  const standing = standingOf(seed);
  return standing !== undefined && !LETS_TRADE.has(standing);
}

/** The simulated broker calls its account so. */
export function withRealMoney(seed: number, policy: PortfolioPolicy): PortfolioPolicy {
  const standing = standingOf(seed);
  if (standing === undefined) return policy;
  const override = standing === 'overridden' ? { override: { by: 'somebody', reason: 'a simulated day' } } : {};
  return { ...policy, account: { ...policy.account, mode: 'live', number: 'SIM', ...override } };
}

/** The file as a run is given it. */
export function sourceOf(seed: number, policy: PortfolioPolicy): PortfolioSource {
  const standing = standingOf(seed);
  const text = '# drawn from a seed';
  return standing === undefined ? { text, policy } : { text, policy, live: liveStandings(policy, documentsOf(standing, policy)) };
}

function documentsOf(standing: Standing, policy: PortfolioPolicy): LiveDocuments {
  const isGood = standing !== 'killed';
  const pem = standing === 'forged' ? somebody.privatePem : owner.privatePem;
  const claims = policy.sleeves.some(claimsEdge);
  const signed = claims
    ? signedVerdict(aVerdictOn(policy, { verdict: isGood ? 'SCALE' : 'KILL' }), pem)
    : signedCheck(aPolicyCheck(policy, { outcome: isGood ? 'passed' : 'failed' }), pem);
  switch (standing) {
    case 'nothing':
    case 'overridden':
      return liveDocuments([]);
    case 'forged':
      // Under the name of the owner's key.
      return liveDocuments([{ ...signed, text: signed.text.replace(somebody.publicKey, owner.publicKey) }]);
    case 'of-other-code':
      return liveDocuments([signed], { source: '0'.repeat(64) });
    default:
      return liveDocuments([signed]);
  }
}

/** Without what clears it nothing is sent, whatever goes wrong; and a run that decided says what let it. */
export async function brokenClearance({ seed, policy, broker, record, stores }: SimulatedDay): Promise<string[]> {
  const broken: string[] = [];
  if (isUncleared(seed) && broker.intents.length > 0) broken.push(`${broker.intents.length} orders of a portfolio that nothing cleared`);
  if (isUncleared(seed) && record?.artifacts.snapshot !== undefined) broken.push('a portfolio that nothing cleared decided');
  if (record?.artifacts.snapshot === undefined) return broken;
  const { clearance } = await readArtifact(stores.artifacts, record, 'snapshot');
  if (policy.account.mode === 'paper') return clearance === undefined ? broken : [...broken, 'a clearance on paper'];
  const { documents = {}, override } = clearance ?? {};
  const isSaid = override !== undefined || policy.sleeves.every(({ name }) => Object.hasOwn(documents, name));
  return isSaid ? broken : [...broken, 'a live run does not say what let it trade'];
}
