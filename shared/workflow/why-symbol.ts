// Why a symbol was traded in a run or not: every step that decided about it, in their order, from the record and its
// artifacts alone. It refuses to know words for people.
import type { OutcomeArtifact, PlanArtifact, ReviewArtifact, Snapshot } from '../contracts/artifacts.ts';
import { parsePortfolioFile } from '../contracts/portfolio-file.ts';
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import type { Ending, RunRecord } from '../contracts/run-record.ts';
import type { Leg } from '../core/execution/leg.ts';
import type { TradeOutcome } from '../core/ledger/outcome.ts';
import type { Quote } from '../core/market/quote.ts';
import type { DriftLine, Skipped, Trade } from '../core/rebalance/plan.ts';
import type { Solvers } from '../core/strategy/construction/solvers.ts';
import { watchedSymbols } from '../core/strategy/evaluate.ts';
import type { Trace } from '../core/strategy/evaluator/trace.ts';
import type { Exit } from '../core/strategy/exits/exit-memory.ts';
import { isHolding, type Turn } from '../core/strategy/turn.ts';
import { bandWidth } from '../core/values/band.ts';
import type { NanoShares } from '../core/values/shares.ts';
import type { Ppm } from '../core/values/weight.ts';
import type { RunWithArtifacts } from './read-run.ts';
import { traceSleeve } from './trace-sleeve.ts';

export interface WhySleeve {
  readonly name: string;
  readonly capital: Ppm;
  /** Why it took its new weights, or that it held; absent in records of releases that never held. */
  readonly turn: Turn | undefined;
  /** Evaluated again; undefined where the sleeve held what it had, so that its strategy decided nothing. */
  readonly trace: Trace | undefined;
  /** The symbol's own exit. */
  readonly exit: Exit | undefined;
  /** Why the symbol, a candidate of this sleeve, was left out. */
  readonly leftOut: { readonly metric: string; readonly why: string } | undefined;
}

export interface WhySymbol {
  readonly symbol: string;
  /** undefined: the run was refused before it looked. */
  readonly snapshot:
    | { readonly quote: Quote | undefined; readonly position: NanoShares; readonly isOurs: boolean; readonly asOf: number }
    | undefined;
  /** Those that may hold the symbol, or look at it. */
  readonly sleeves: readonly WhySleeve[];
  /** Of a decision that has none: what was undefined. */
  readonly undecided: Extract<NonNullable<RunWithArtifacts['decision']>['result'], { kind: 'undefined' | 'leveraged' }> | undefined;
  /** undefined where nothing was planned. */
  readonly line: (DriftLine & { readonly band: Ppm }) | undefined;
  readonly plan: { readonly isTriggered: boolean; readonly isForced: boolean; readonly band: PlanArtifact['band'] } | undefined;
  readonly trade: Trade | undefined;
  readonly skipped: readonly Skipped[];
  readonly review: ReviewArtifact['review'] | undefined;
  /** Of a run that executes still. */
  readonly leg: Leg | undefined;
  readonly outcome: TradeOutcome | undefined;
  /** After the run. */
  readonly after: DriftLine | undefined;
  readonly ending: Ending | undefined;
  readonly phase: RunRecord['phase']['kind'];
}

/**
 * undefined: neither the portfolio nor the account of that run knows the symbol.
 * @param solvers absent: the way through what needs one is told as undefined.
 */
export function whySymbol(symbol: string, run: RunWithArtifacts, solvers?: Solvers): WhySymbol | undefined {
  const { record, snapshot, decision, plan, review, outcome } = run;
  if (snapshot !== undefined && !symbolsKnownTo(snapshot).includes(symbol)) return undefined;
  const line = plan?.plan.lines.find((each) => each.symbol === symbol);
  const { phase } = record;
  const legs = phase.kind === 'claimed' ? [] : (phase.execution?.legs ?? []);
  return {
    symbol,
    snapshot: snapshot === undefined ? undefined : seenOf(symbol, snapshot),
    sleeves: snapshot === undefined ? [] : sleevesOf(symbol, snapshot, run, solvers),
    undecided: decision === undefined || decision.result.kind === 'weights' ? undefined : decision.result,
    line: line === undefined || plan === undefined ? undefined : { ...line, band: bandWidth(plan.band, line.target) },
    plan: plan === undefined ? undefined : { isTriggered: plan.plan.isTriggered, isForced: plan.isForced === true, band: plan.band },
    trade: plan?.plan.trades.find((each) => each.symbol === symbol),
    skipped: plan?.plan.skipped.filter((each) => each.symbol === symbol) ?? [],
    review: review?.review,
    leg: legs.find((each) => each.symbol === symbol),
    outcome: tradeIn(symbol, outcome),
    after: outcome?.outcome.lines.find((each) => each.symbol === symbol),
    ending: phase.kind === 'ended' ? phase.ending : undefined,
    phase: phase.kind,
  };
}

/** Everything of which the run's snapshot says anything, ascending. */
export function symbolsKnownTo({ assets, positions, quotes }: Pick<Snapshot, 'assets' | 'positions' | 'quotes'>): readonly string[] {
  return [...new Set([...assets, ...positions, ...quotes].map(({ symbol }) => symbol))].sort();
}

function seenOf(symbol: string, { quotes, positions, assets, asOf }: Snapshot): NonNullable<WhySymbol['snapshot']> {
  return {
    quote: quotes.find((each) => each.symbol === symbol),
    position: positions.find((each) => each.symbol === symbol)?.quantity ?? 0n,
    isOurs: assets.some((each) => each.symbol === symbol),
    asOf,
  };
}

function tradeIn(symbol: string, outcome: OutcomeArtifact | undefined): TradeOutcome | undefined {
  return outcome?.outcome.trades.find((each) => each.symbol === symbol);
}

/** @throws Error for a recorded portfolio file that this release does not take. */
function sleevesOf(symbol: string, snapshot: Snapshot, { decision }: RunWithArtifacts, solvers: Solvers | undefined): readonly WhySleeve[] {
  const policy = policyOf(snapshot);
  const result = decision?.result;
  const decided = result?.kind === 'weights' ? result : undefined;
  return policy.sleeves.flatMap((sleeve): WhySleeve[] => {
    const { name, capital, strategy } = sleeve;
    if (!watchedSymbols(strategy).includes(symbol)) return [];
    const turn = decided?.turns?.[name];
    return [
      {
        name,
        capital,
        turn,
        trace: turn !== undefined && isHolding(turn) ? undefined : traceSleeve(sleeve, policy, snapshot, solvers),
        exit: decided?.exits?.[name]?.find((each) => each.symbol === symbol),
        leftOut: decided?.leftOut.find((each) => each.sleeve === name && each.symbol === symbol),
      },
    ];
  });
}

function policyOf({ portfolioFile }: Snapshot): PortfolioPolicy {
  const file = parsePortfolioFile(portfolioFile, 'the recorded portfolio file');
  if (file.kind === 'portfolio') return file.policy;
  throw new Error(`this release does not take the recorded portfolio file: ${file.problems[0]?.expected}`);
}
