// One portfolio after the close of a session: everything is looked at, what was found is told, and the digest is written.
import { DIGEST_SCHEMA, type Digest } from '../../contracts/digest.ts';
import { metricNames } from '../../contracts/metric-names.ts';
import type { PortfolioPolicy } from '../../contracts/portfolio-policy.ts';
import type { Session } from '../../core/market/calendar.ts';
import { formatUsd } from '../../core/values/money.ts';
import { readRun } from '../read-run.ts';
import { anchorsOf } from './anchors.ts';
import { Attempts } from './attempts.ts';
import { compareBooks } from './books.ts';
import { type DigestFacts, digestText } from './digest-text.ts';
import { type Finding, noticeOf } from './finding.ts';
import { factsOf, findInOutcome, type RunFacts } from './session-outcomes.ts';
import { findInRuns, readSessionRuns, type SessionRuns } from './session-runs.ts';
import { findHalt, findLosses, viewBreaker } from './standing.ts';
import { cancelStrays } from './stray-orders.ts';
import { findMissingCloses, findOldKeys, findSkew } from './surroundings.ts';
import { findInChains } from './verify-chain.ts';
import type { WatchdogPorts } from './watchdog-world.ts';

export interface Watched {
  readonly portfolio: string;
  readonly findings: readonly Finding[];
  /** What could not be checked. */
  readonly blind: readonly string[];
  readonly digest: Digest;
}

/**
 * Safe to repeat: a stray order is canceled once, the ledger counts once, and the owner is told once.
 * @throws AggregateError after everything else, for what could not be told or kept, and for defects of ours.
 */
export async function watchPortfolio(policy: PortfolioPolicy, session: Session, ports: WatchdogPorts): Promise<Watched> {
  const attempts = new Attempts(ports.telemetry);
  const now = ports.clock.now();
  const day = await attempts.look('the runs', () => readSessionRuns(policy, session, ports.runStore));
  const account = await attempts.look('the account', () => ports.broker.account());
  const chains = await attempts.find('the audit chain', () => findInChains(day?.records ?? [], ports.artifacts));
  const runs = await readFacts(day, chains, ports, attempts);
  // Stray orders first: what they have filled is then among what the ledger counts.
  const found = [
    ...(day === undefined ? [] : findInRuns(day, now)),
    ...(await attempts.find('stray orders', () => cancelStrays(policy.name, ports))),
    ...(await attempts.find('the ledger', () => compareBooks(policy, ports))),
    ...chains,
    ...runs.flatMap(findInOutcome),
    ...(await attempts.find('the kill switch', () => findHalt(policy.name, ports))),
  ];
  const breaker =
    account === undefined ? undefined : await attempts.look('the breaker', () => viewBreaker(policy, session, account, ports));
  const around = [
    ...findLosses(breaker),
    ...(await attempts.find('the age of the keys', () => findOldKeys(policy, ports))),
    ...(await attempts.find("the broker's clock", () => findSkew(ports))),
    ...(await attempts.find('the closes', () => findMissingCloses(policy, session, ports))),
  ];
  const anchors = (await attempts.look('the anchors', () => anchorsOf(policy.name, day?.records ?? [], ports))) ?? { runs: [] };
  const findings = [...found, ...around, ...attempts.findings()];
  const facts = { policy, session, at: now, account, breaker, runs, findings, blind: attempts.blind, anchors };
  const digest = digestOf(facts);
  await finish(facts, digest, attempts, ports);
  return { portfolio: policy.name, findings, blind: attempts.blind, digest };
}

/** A run whose artifacts are broken, or cannot be read, is told of without them. */
async function readFacts(
  day: SessionRuns | undefined,
  broken: readonly Finding[],
  ports: WatchdogPorts,
  attempts: Attempts,
): Promise<readonly RunFacts[]> {
  const facts: RunFacts[] = [];
  for (const record of day?.records ?? []) {
    const isWhole = broken.every(({ runId }) => runId !== record.runId);
    const look = async () => factsOf(await readRun(record, ports.artifacts));
    const read = isWhole ? await attempts.look(`the artifacts of ${record.runId}`, look) : undefined;
    facts.push(read ?? { record });
  }
  return facts;
}

function digestOf(facts: DigestFacts): Digest {
  const { policy, session, at, anchors } = facts;
  return { schemaVersion: DIGEST_SCHEMA, portfolio: policy.name, session: session.date, at, text: digestText(facts), anchors };
}

/** Each by itself: what cannot be told must not keep the rest from being told. */
async function finish(
  { policy, session, account, findings }: DigestFacts,
  digest: Digest,
  attempts: Attempts,
  ports: WatchdogPorts,
): Promise<void> {
  const { name: portfolio } = policy;
  const stake = account === undefined ? undefined : `the account is worth $${formatUsd(account.equity)}`;
  const about = { portfolio, session: session.date, stake };
  const failures = attempts.defects();
  const note = (failure: unknown): void => void failures.push(failure);
  for (const finding of findings) await ports.notifier.notify(noticeOf(finding, about)).catch(note);
  await ports.digests.keep(digest).catch(note);
  if (policy.notify?.digest !== 'none') {
    const subject = `${portfolio}: ${session.date}${findings.length === 0 ? '' : `, ${findings.length} to look at`}`;
    const notice = { severity: 'info', code: 'daily-digest', subject, body: digest.text, portfolio, session: session.date } as const;
    await ports.notifier.notify(notice).catch(note);
  }
  if (findings.length > 0) ports.telemetry.count(metricNames.watchdogFindings, findings.length);
  if (failures.length > 0) throw new AggregateError(failures, `the watchdog could not finish ${portfolio}`);
}
