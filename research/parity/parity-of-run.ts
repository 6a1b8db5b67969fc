// A recorded run held to the backtest: the targets decided again on columns, plan and orders made again from the snapshot, and what
// the fills cost beside a fill at the price of the decision.

import { quadraticSolver } from '../../shared/adapters/solvers/quadratic-solver.ts';
import { type Difference, firstDifference } from '../../shared/contracts/first-difference.ts';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { ArtifactStore } from '../../shared/ports/artifact-store.ts';
import { readRun } from '../../shared/workflow/read-run.ts';
import { replayRun } from '../../shared/workflow/replay-run.ts';
import { type Attribution, attributeTrade } from './attribute-trade.ts';
import { type CostSample, costSample } from './calibrate-costs.ts';
import { type DecidedAgain, decideAgain } from './decide-again.ts';

export type RunParity =
  /** It was refused before it looked at the market, or what it looked at is not stored. */
  | { readonly kind: 'not-compared'; readonly why: string }
  | {
      readonly kind: 'compared';
      /** undefined: identical. */
      readonly targets: Difference | undefined;
      readonly orders: Difference | undefined;
      /** Of a run that has ended. */
      readonly trades: readonly Attribution[];
      readonly samples: readonly CostSample[];
    };

/**
 * Reads and writes nothing else.
 * @throws StoreError, also where stored bytes do not have their hash.
 */
export async function parityOfRun(record: RunRecord, artifacts: Pick<ArtifactStore, 'get'>): Promise<RunParity> {
  const replay = await replayRun(record, artifacts, quadraticSolver);
  if (replay.kind !== 'replayed') return { kind: 'not-compared', why: replay.kind === 'missing' ? replay.what : replay.kind };
  const { snapshot, decision, plan, outcome } = await readRun(record, artifacts);
  if (snapshot === undefined || decision === undefined) return { kind: 'not-compared', why: 'no decision was recorded' };
  const file = parsePortfolioFile(snapshot.portfolioFile, 'the recorded portfolio file');
  if (file.kind === 'refused') return { kind: 'not-compared', why: 'bad-portfolio' };

  const legs = record.phase.kind === 'claimed' ? [] : (record.phase.execution?.legs ?? []);
  const isTraded = plan !== undefined && outcome !== undefined;
  const trades = isTraded ? legs.map((leg) => attributeTrade(leg, { snapshot, plan, outcome })) : [];
  return {
    kind: 'compared',
    targets: firstDifference(comparable(decision.result), comparable(decideAgain(file.policy, snapshot))),
    orders: replay.parts.flatMap(({ part, difference }) => (part === 'decision' || difference === undefined ? [] : [difference]))[0],
    trades,
    samples: trades.flatMap((trade, at) => {
      const leg = legs[at];
      return leg === undefined ? [] : (costSample(leg, trade, snapshot) ?? []);
    }),
  };
}

type Decided = DecidedAgain | { readonly kind: string; readonly sleeve?: string; readonly targets?: unknown; readonly turns?: unknown };

/** What two paths must agree on; text, as a difference is shown. */
function comparable(decided: Decided): unknown {
  const parts = 'targets' in decided ? { targets: decided.targets, turns: decided.turns ?? {} } : { sleeve: decided.sleeve };
  return JSON.parse(
    JSON.stringify({ kind: decided.kind, ...parts }, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
  );
}
