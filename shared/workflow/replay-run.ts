// A run evaluated again from what its snapshot stored (market, account, portfolio file, earlier states), and held against what
// was recorded, byte for byte.
import { openArtifact } from '../contracts/artifacts.ts';
import { type Difference, firstDifference } from '../contracts/first-difference.ts';
import { parsePortfolioFile } from '../contracts/portfolio-file.ts';
import type { Problem } from '../contracts/problem.ts';
import type { RunRecord } from '../contracts/run-record.ts';
import type { Leg } from '../core/execution/leg.ts';
import { sessionOn } from '../core/market/nyse-calendar.ts';
import type { Solvers } from '../core/strategy/construction/solvers.ts';
import type { ContentHash } from '../core/values/identity.ts';
import { formatUsd } from '../core/values/money.ts';
import { formatShares } from '../core/values/shares.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import { type Evaluated, evaluateSnapshot, type Next, type SealedDocument } from './evaluate-snapshot.ts';

/** `next` is what the run went on to do: its trades, or why there were none. */
export const REPLAYED = ['decision', 'plan', 'review', 'next'] as const;

export interface ReplayedPart {
  readonly part: (typeof REPLAYED)[number];
  /** Of the documents; `next` has none. */
  readonly recorded?: ContentHash;
  readonly replayed?: ContentHash;
  /** undefined: the same bytes. */
  readonly difference: Difference | undefined;
}

export type Replay =
  /** It was refused before it looked at the market. */
  | { readonly kind: 'no-snapshot' }
  /** What it needs is not stored any more. */
  | { readonly kind: 'missing'; readonly what: string }
  /** This release does not take the portfolio file that was recorded. */
  | { readonly kind: 'bad-portfolio'; readonly problems: readonly Problem[] }
  | { readonly kind: 'replayed'; readonly snapshot: ContentHash; readonly parts: readonly ReplayedPart[] };

/**
 * Reads and writes nothing.
 * @throws StoreError, also where stored bytes do not have their hash.
 */
export async function replayRun(record: RunRecord, artifacts: Pick<ArtifactStore, 'get'>, solvers?: Solvers): Promise<Replay> {
  const hash = record.artifacts.snapshot;
  if (hash === undefined) return { kind: 'no-snapshot' };
  const text = await artifacts.get(hash);
  if (text === undefined) return { kind: 'missing', what: `the snapshot ${hash}` };
  const snapshot = openArtifact('snapshot', text);
  const file = parsePortfolioFile(snapshot.portfolioFile, 'the recorded portfolio file');
  if (file.kind === 'refused') return { kind: 'bad-portfolio', problems: file.problems };
  const schedule = file.policy.schedules.find(({ name }) => name === record.schedule);
  const session = sessionOn(record.session);
  if (schedule === undefined) return { kind: 'missing', what: `the schedule ${record.schedule} in the recorded portfolio file` };
  if (session === undefined) return { kind: 'missing', what: `the session ${record.session} in the calendar` };

  const evaluated = evaluateSnapshot(hash, snapshot, file.policy, schedule, session, solvers);
  const parts: ReplayedPart[] = [];
  for (const part of ['decision', 'plan', 'review'] as const) {
    const compared = await compare(part, record, evaluated, artifacts);
    if (compared !== undefined) parts.push(compared);
  }
  return { kind: 'replayed', snapshot: hash, parts: [...parts, ...nextOf(record, evaluated.next)] };
}

/** undefined where neither has it. */
async function compare(
  part: 'decision' | 'plan' | 'review',
  record: RunRecord,
  evaluated: Evaluated,
  artifacts: Pick<ArtifactStore, 'get'>,
): Promise<ReplayedPart | undefined> {
  const recorded = record.artifacts[part];
  const replayed: SealedDocument | undefined = evaluated[part];
  if (recorded === undefined && replayed === undefined) return undefined;
  const hashes = { ...(recorded === undefined ? {} : { recorded }), ...(replayed === undefined ? {} : { replayed: replayed.hash }) };
  if (recorded === replayed?.hash) return { part, ...hashes, difference: undefined };
  const stored = recorded === undefined ? undefined : await artifacts.get(recorded);
  return {
    part,
    ...hashes,
    difference: firstDifference(parsed(stored), parsed(replayed?.text)) ?? { path: '', recorded, replayed: replayed?.hash },
  };
}

function parsed(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

/** Of a run that is still being planned nothing can be said. */
function nextOf({ phase }: RunRecord, next: Next): ReplayedPart[] {
  if (phase.kind === 'claimed') return [];
  const recorded = phase.execution === undefined ? wordsOf(phase) : { trades: phase.execution.legs.map(tradeOf) };
  const replayed = next.kind === 'execute' ? { trades: next.execution.legs.map(tradeOf) } : wordsOfNext(next);
  return [{ part: 'next', difference: firstDifference(recorded, replayed) }];
}

/** As it was planned: an approval takes the arrival again, and keeps the price of the decision. */
function tradeOf({ symbol, side, quantity, arrival, decision }: Leg) {
  return { symbol, side, quantity: formatShares(quantity), decision: formatUsd(decision ?? arrival) };
}

function wordsOf(phase: Exclude<RunRecord['phase'], { readonly kind: 'claimed' }>) {
  if (phase.kind !== 'ended') return { ending: phase.kind };
  const { kind, code, detail } = phase.ending;
  return { ending: kind, code, detail };
}

function wordsOfNext(next: Exclude<Next, { readonly kind: 'execute' }>) {
  return next.kind === 'refused'
    ? { ending: 'refused', code: next.code, detail: next.detail }
    : { ending: next.kind, code: undefined, detail: next.detail };
}
