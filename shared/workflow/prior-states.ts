// What earlier decisions of a portfolio left for the next one: where its averages began, what its rules and its protective
// exits remember, and when its strategies were last rebalanced.
import { openArtifact } from '../contracts/artifacts.ts';
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import type { RunRecord } from '../contracts/run-record.ts';
import { previousSession } from '../core/market/nyse-calendar.ts';
import { remembersPast } from '../core/strategy/evaluate.ts';
import type { StrategyState } from '../core/strategy/state.ts';
import { remembersTurns } from '../core/strategy/take-turn.ts';
import type { RunId } from '../core/values/identity.ts';
import type { NewYorkDate } from '../core/values/time.ts';
import type { RunPorts } from './world.ts';

/**
 * A quarter of daily runs. If all of them were refused before they decided, the strategies begin anew, from their history;
 * if none of them was carried out, every sleeve is due.
 */
const RUNS_MAX = 66;

/** By sleeve. */
type States = Readonly<Record<string, StrategyState>>;

/**
 * Memories come from the latest decision, whatever became of it: they are of the market. That a strategy was rebalanced
 * comes from the latest run that was carried out: where a plan was refused, or never approved, it is still due. So are its
 * exits, and what was never bought has no entry.
 *
 * @param session the one that is traded.
 * @returns undefined where no strategy remembers anything, or nothing has been decided yet.
 * @throws StoreError; Error for a decision that is pointed to and missing.
 */
export async function readPriorStates(
  runId: RunId,
  policy: PortfolioPolicy,
  session: NewYorkDate,
  ports: RunPorts,
): Promise<States | undefined> {
  const hasRule = policy.sleeves.some(({ strategy, rebalance, exits }) => remembersTurns(rebalance, strategy) || exits !== undefined);
  if (!hasRule && !policy.sleeves.some(({ strategy }) => remembersPast(strategy))) return undefined;
  const runs = await ports.runStore.list(policy.name, RUNS_MAX);
  let latest: States | undefined;
  for (const run of runs) {
    const states = run.runId === runId ? undefined : await statesLeftBy(run, ports);
    if (states === undefined || !isKnownBy(policy, session, states)) continue;
    latest ??= states;
    if (!hasRule) return latest;
    if (wasCarriedOut(run)) return rebalancedAs(states, latest);
  }
  return latest === undefined ? undefined : rebalancedAs({}, latest);
}

async function statesLeftBy(run: RunRecord, { artifacts }: RunPorts): Promise<States | undefined> {
  const hash = run.artifacts.decision;
  if (hash === undefined) return undefined;
  const text = await artifacts.get(hash);
  if (text === undefined) throw new Error(`the decision ${hash} of run ${run.runId} is missing`);
  const { result } = openArtifact('decision', text);
  return result.kind === 'weights' ? result.states : undefined;
}

/** A later decision knows what this one may not: a sleeve that decides on closes, what it decided on today's quotes. */
function isKnownBy({ sleeves }: PortfolioPolicy, session: NewYorkDate, states: States): boolean {
  const lastClose = previousSession(session).date;
  return sleeves.every(({ name, decideOn }) => {
    const state = states[name];
    const known = decideOn === 'live-quote' ? session : lastClose;
    return state === undefined || (state.asOf <= known && (state.exits?.asOf ?? known) <= known);
  });
}

/** Something was sent to the broker, or there was nothing to send. */
function wasCarriedOut({ phase }: RunRecord): boolean {
  return phase.kind === 'executing' || (phase.kind === 'ended' && phase.ending.kind !== 'refused');
}

function rebalancedAs(carriedOut: States, latest: States): States {
  return Object.fromEntries(
    Object.entries(latest).map(([name, { rebalanced: _, exits: __, ...state }]) => {
      const { rebalanced, exits } = carriedOut[name] ?? {};
      return [name, { ...state, ...(rebalanced === undefined ? {} : { rebalanced }), ...(exits === undefined ? {} : { exits }) }];
    }),
  );
}
