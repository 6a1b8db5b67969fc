// The plan of a portfolio as a run of the session would make it, twice from one look at the world, with nothing written, sent
// or told. It answers whether a release can be let in, not what will be traded.
import type { DryRunResult } from '../contracts/events.ts';
import { overrideText } from '../contracts/hypothesis/override-text.ts';
import type { Session } from '../core/market/calendar.ts';
import { newYorkDate } from '../core/market/new-york-time.ts';
import { nextSession, sessionOn } from '../core/market/nyse-calendar.ts';
import { runIdOf } from '../core/values/identity.ts';
import type { EpochMs } from '../core/values/time.ts';
import type { PortfolioSource } from '../ports/portfolios.ts';
import { clearLive } from './clear-live.ts';
import { type MadePlan, makePlan } from './make-plan.ts';
import type { RefusalCode } from './refusals.ts';
import { seenOnce } from './seen-once.ts';
import { withoutEffects } from './without-effects.ts';
import type { RunPorts } from './world.ts';

/** A run would be refused for these whatever the day: by its code, its files, its keys or its calendar. */
const FAULTS_OF_RELEASE: ReadonlySet<RefusalCode> = new Set([
  'live-without-verdict',
  'account-mismatch',
  'calendar-disagrees',
  'unknown-symbol',
  'undefined-data',
  'leveraged-decision',
]);

/** @throws BrokerError, StoreError when the outside world fails, missing keys included; Error for a file without a schedule. */
export async function dryRun(source: PortfolioSource, ports: RunPorts): Promise<DryRunResult> {
  // Schedules of one portfolio differ in their moment and their band alone.
  const [schedule] = source.policy.schedules;
  if (schedule === undefined) throw new Error(`portfolio ${source.policy.name} has no schedule`);
  const session = sessionAt(ports.clock.now());
  const runId = runIdOf({ portfolio: source.policy.name, session: session.date, schedule: schedule.name });
  const seen = seenOnce(ports);
  const make = () => makePlan({ runId }, schedule, session, source, withoutEffects(seen));
  const [first, again] = [await make(), await make()];
  const { verdict, detail } = verdictOn(first, again);
  return { verdict, detail: [detail, ...clearedTexts(source)].join('; ') };
}

/** What real money would be traded by: which documents and whose override a release carries, only the release itself knows. */
function clearedTexts(source: PortfolioSource): string[] {
  const cleared = clearLive(source);
  if (cleared.kind === 'refused' || cleared.clearance === undefined) return [];
  const { documents, override } = cleared.clearance;
  const texts = Object.entries(documents).map(([sleeve, hash]) => `sleeve ${sleeve} is cleared by ${hash}`);
  return override === undefined ? texts : [...texts, overrideText(override)];
}

function verdictOn(first: MadePlan, again: MadePlan): DryRunResult {
  const [one, other] = [first, again].map(({ artifacts, next }) => `${next.kind} ${JSON.stringify(artifacts)}`);
  if (one !== other) return { verdict: 'failed', detail: `the same world gave ${one}, then ${other}` };
  const { next } = first;
  if (next.kind !== 'refused') return { verdict: 'passed', detail: next.kind };
  return { verdict: FAULTS_OF_RELEASE.has(next.code) ? 'failed' : 'passed', detail: `${next.code}: ${next.detail}` };
}

/** That of today until its close, then the next. */
function sessionAt(now: EpochMs): Session {
  const today = newYorkDate(now);
  const session = sessionOn(today);
  return session !== undefined && now < session.close ? session : nextSession(today);
}
