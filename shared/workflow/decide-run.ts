// From a snapshot to a reviewed plan, with nothing but the snapshot: in a replay next year the same bytes come out.
import type { Snapshot } from '../contracts/artifacts.ts';
import type { PortfolioPolicy, Sleeve } from '../contracts/portfolio-policy.ts';
import { closePrice } from '../core/market/close-price.ts';
import { midOf, type QuoteRefusal, refuseQuote } from '../core/market/quote.ts';
import type { Schedule } from '../core/market/schedule.ts';
import type { RebalancePlan } from '../core/rebalance/plan.ts';
import { planRebalance } from '../core/rebalance/plan-rebalance.ts';
import type { RebalanceRules } from '../core/rebalance/rules.ts';
import type { SymbolPrice } from '../core/rebalance/wanted-trades.ts';
import type { BreakerLevel } from '../core/risk/breaker.ts';
import type { RiskReview } from '../core/risk/denial.ts';
import { NOTHING_TODAY, type RiskFacts } from '../core/risk/facts.ts';
import { type Remark, remarksOf } from '../core/risk/remarks.ts';
import { reviewPlan } from '../core/risk/review-plan.ts';
import { stressOfTargets } from '../core/risk/stress-denials.ts';
import { guardOf, type SubmissionGuard } from '../core/risk/submission-guard.ts';
import { blendSleeves, type SleeveTargets, scaledWithin } from '../core/strategy/blend.ts';
import { bandWithinCapital, withinCapital } from '../core/strategy/capital-step.ts';
import type { Solvers } from '../core/strategy/construction/solvers.ts';
import { decide } from '../core/strategy/decide.ts';
import type { LeftOut, Undefined } from '../core/strategy/evaluate.ts';
import type { Exit } from '../core/strategy/exits/exit-memory.ts';
import type { Add } from '../core/strategy/exits/tiers.ts';
import type { History } from '../core/strategy/history.ts';
import type { StrategyState } from '../core/strategy/state.ts';
import type { Stress } from '../core/strategy/stress.ts';
import type { Decision } from '../core/strategy/take-turn.ts';
import { isForcing, isHolding, type Turn } from '../core/strategy/turn.ts';
import { grossOf, type TargetWeights } from '../core/strategy/weights.ts';
import type { RebalanceBand } from '../core/values/band.ts';
import { parseRunId } from '../core/values/identity.ts';
import { divide } from '../core/values/rounding.ts';
import { notional } from '../core/values/shares.ts';
import { type Ppm, WHOLE } from '../core/values/weight.ts';
import { type Refusal, refused } from './refusals.ts';
import { refuseShorts } from './refuse-shorts.ts';
import type { SleevePrices } from './sleeve-prices.ts';

export type Decided =
  | {
      readonly kind: 'weights';
      readonly targets: TargetWeights;
      readonly leftOut: readonly (LeftOut & { readonly sleeve: string })[];
      /** By sleeve: what the next decision goes on from. */
      readonly states: Readonly<Record<string, StrategyState>>;
      /** By sleeve: why it takes its new weights, or that it holds. */
      readonly turns: Readonly<Record<string, Turn>>;
      /** By sleeve: positions that a protective exit ends; absent where there are none. */
      readonly exits?: Readonly<Record<string, readonly Exit[]>>;
      /** By sleeve: what is added to positions that gain; a sleeve that adds nothing is not in it. */
      readonly adds?: Readonly<Record<string, readonly Add[]>>;
    }
  | (Undefined & { readonly sleeve: string })
  /** Its positions without their signs are more than the whole. */
  | { readonly kind: 'leveraged'; readonly sleeve: string; readonly gross: Ppm };

/**
 * @param pricesOf what each sleeve decides on.
 * @param priorStates by sleeve, what earlier decisions left.
 * @param solvers absent: what needs one is undefined.
 */
export function decideTargets(
  { account, sleeves, cashReserve }: Pick<PortfolioPolicy, 'account' | 'sleeves' | 'cashReserve'>,
  pricesOf: (sleeve: Sleeve) => SleevePrices,
  priorStates: Snapshot['priorStates'],
  solvers?: Solvers,
): Decided {
  const targets: SleeveTargets[] = [];
  const leftOut: (LeftOut & { readonly sleeve: string })[] = [];
  const states: Record<string, StrategyState> = {};
  const turns: Record<string, Turn> = {};
  const exits: Record<string, readonly Exit[]> = {};
  const adds: Record<string, readonly Add[]> = {};
  for (const sleeve of sleeves) {
    const { name, capital } = sleeve;
    const decision = decideSleeve(sleeve, pricesOf(sleeve), priorStates?.[name], solvers);
    if (decision.kind === 'undefined') return { ...decision, sleeve: name };
    // A short position that is held may have risen: then all is made smaller, as nobody decided to borrow.
    const held = isHolding(decision.turn) ? scaledWithin(decision.targets, WHOLE) : decision.targets;
    const gross = grossOf(held);
    if (gross > WHOLE) return { kind: 'leveraged', sleeve: name, gross };
    targets.push({ capital, targets: held });
    states[name] = decision.state;
    turns[name] = decision.turn;
    if (decision.exits.length > 0) exits[name] = decision.exits;
    if (decision.adds.length > 0) adds[name] = decision.adds;
    leftOut.push(...decision.leftOut.map((each) => ({ sleeve: name, ...each })));
  }
  const ended = Object.keys(exits).length === 0 ? {} : { exits };
  const added = Object.keys(adds).length === 0 ? {} : { adds };
  const whole = blendSleeves(targets, cashReserve);
  return { kind: 'weights', targets: withinCapital(whole, account.capital ?? WHOLE), leftOut, states, turns, ...ended, ...added };
}

/** A candidate that is left out because of its quote would hand its share to others by an accident of the moment. */
function decideSleeve(
  { strategy, rebalance, options, exits }: Sleeve,
  { history, day, refused: refusedQuotes }: SleevePrices,
  prior: StrategyState | undefined,
  solvers: Solvers | undefined,
): Decision | Undefined {
  const decision = decide(strategy, rebalance, history, prior, day, options, exits, solvers);
  if (decision.kind === 'undefined') return { ...decision, detail: `${decision.detail}${quotesText(decision.symbol, refusedQuotes)}` };
  const unquoted = decision.leftOut.find(({ dataOf }) => (dataOf === null ? refusedQuotes.size > 0 : refusedQuotes.has(dataOf)));
  if (unquoted === undefined) return decision;
  const { symbol, metric, why, dataOf } = unquoted;
  return { kind: 'undefined', symbol, metric, detail: `is ${why}${quotesText(dataOf, refusedQuotes)}` };
}

/** What is wrong with the quote of a symbol, or with all of them where it is not known whose it was. */
function quotesText(symbol: string | null, refusedQuotes: SleevePrices['refused']): string {
  const at = [...refusedQuotes].filter(([each]) => each === symbol || symbol === null || !refusedQuotes.has(symbol));
  return at.map(([each, { code, figures }]) => `; ${each} has ${code} ${JSON.stringify(figures)}`).join('');
}

/**
 * Leaving out a candidate gives its share to others. Of what is held, that would be a sale for want of data: a gap in a
 * feed must not sell anything.
 */
export function heldWithoutData(leftOut: readonly LeftOut[], { positions }: Pick<Snapshot, 'positions'>): Refusal | undefined {
  const held = leftOut.find(({ dataOf }) => positions.some(({ symbol, quantity }) => symbol === dataOf && quantity !== 0n));
  if (held === undefined) return undefined;
  return refused(
    'undefined-data',
    `${held.dataOf} is held, and ${held.metric} of ${held.symbol} is ${held.why}: nothing is sold for want of data`,
  );
}

/**
 * A sleeve without capital forces nothing. An exit does until the last share is gone, so that what was left over of it does
 * not hide inside the band.
 */
export function isForced(
  { sleeves }: Pick<PortfolioPolicy, 'sleeves'>,
  { turns, exits = {}, adds = {}, states, targets }: Extract<Decided, { kind: 'weights' }>,
  { positions }: Pick<Snapshot, 'positions'>,
): boolean {
  const isLeftOver = (symbol: string): boolean =>
    targets.weights.every((each) => each.symbol !== symbol) && positions.some((each) => each.symbol === symbol && each.quantity !== 0n);
  return sleeves.some(({ name, capital }) => {
    const turn = turns[name];
    if (capital === 0n || turn === undefined) return false;
    const ended = Object.entries(states[name]?.exits?.symbols ?? {}).filter(([, { kind }]) => kind === 'out');
    return isForcing(turn) || exits[name] !== undefined || adds[name] !== undefined || ended.some(([symbol]) => isLeftOver(symbol));
  });
}

export interface Planned {
  readonly kind: 'planned';
  readonly plan: RebalancePlan;
  readonly review: RiskReview;
  readonly stress: Stress;
  readonly remarks: readonly Remark[];
  /** What every submission is held against. */
  readonly guard: SubmissionGuard;
}

/** @param isForced whether the targets are traded to inside the band too. */
export function planRun(
  policy: PortfolioPolicy,
  schedule: Schedule,
  snapshot: Snapshot,
  targets: TargetWeights,
  isForced: boolean,
): Planned | Refusal {
  const prices: SymbolPrice[] = [];
  const unsold = new Map<string, QuoteRefusal>();
  const sold = new Set(snapshot.unowned?.flatMap(({ symbol, kept }) => (kept === undefined ? [symbol] : [])));
  for (const { symbol } of snapshot.assets) {
    if (sold.has(symbol)) {
      const quote = snapshot.quotes.find((each) => each.symbol === symbol);
      const refusal = refuseQuote(quote, snapshot.asOf, policy.execution.quote);
      if (refusal !== undefined) unsold.set(symbol, refusal);
      else if (quote !== undefined) prices.push({ symbol, value: midOf(quote), isUnowned: true });
      continue;
    }
    const price = priceOf(symbol, policy, snapshot);
    if (price === undefined) return refused('no-price', `${symbol} has neither a usable quote nor a close`);
    prices.push(price);
  }
  if (equityOf(snapshot, prices) <= 0n) return refused('no-equity', 'cash and positions of the portfolio are worth nothing');
  const plan = planRebalance(snapshot, targets, prices, rulesOf(policy, schedule, snapshot, isForced), unsold);
  const notAllowed = refuseShorts(policy, snapshot, targets, plan.trades);
  if (notAllowed !== undefined) return notAllowed;
  const facts = factsOf(policy, snapshot);
  return {
    kind: 'planned',
    plan,
    review: reviewPlan(plan, snapshot.account, policy.limits, facts),
    stress: stressOfTargets({ plan, facts }),
    remarks: remarksOf(plan, snapshot.account, policy.limits, facts),
    guard: guardOf(plan, policy.limits, facts),
  };
}

function factsOf(policy: PortfolioPolicy, snapshot: Snapshot): RiskFacts {
  const { runId, asOf, history, historyAsOf, risk } = snapshot;
  const session = parseRunId(runId)?.session;
  if (session === undefined) throw new Error(`${runId} is no run id`);
  const recent = risk?.history ?? history;
  return {
    mode: policy.account.mode,
    session,
    asOf,
    history: sessionsIn(recent) > sessionsIn(history) ? recent : history,
    recent,
    historyAsOf,
    today: risk?.today ?? NOTHING_TODAY,
    ...(risk === undefined ? {} : { breaker: risk.breaker }),
  };
}

function sessionsIn({ columns }: History): number {
  return columns.reduce((most, { dates }) => Math.max(most, dates.length), 0);
}

/** How far a weight of the account may drift. */
export function bandOf({ account }: Pick<PortfolioPolicy, 'account'>, { band }: Pick<Schedule, 'band'>): RebalanceBand {
  return bandWithinCapital(band, account.capital ?? WHOLE);
}

function rulesOf(policy: PortfolioPolicy, schedule: Schedule, { risk }: Pick<Snapshot, 'risk'>, isForced: boolean): RebalanceRules {
  const openingsMax = openingsMaxOf(risk?.breaker.level ?? 'normal', policy.limits.turnoverMax);
  return {
    band: bandOf(policy, schedule),
    isForced,
    minimumTrade: policy.minimumTrade,
    shareUnit: policy.shareUnit,
    turnoverMax: policy.limits.turnoverMax,
    collarBps: policy.execution.collarBps,
    ...(openingsMax === undefined ? {} : { openingsMax }),
    ...(policy.investDeposits === 'on-rebalance' ? {} : { investsDeposits: true as const }),
  };
}

/** With caution, half of what the turnover limit would let be bought at the cost of what is sold; no more than that, nothing. */
function openingsMaxOf(level: BreakerLevel, turnoverMax: Ppm): Ppm | undefined {
  if (level === 'normal') return undefined;
  return level === 'caution' ? divide(turnoverMax, 2n, 'floor') : 0n;
}

function priceOf(symbol: string, policy: PortfolioPolicy, snapshot: Snapshot): SymbolPrice | undefined {
  const quote = snapshot.quotes.find((each) => each.symbol === symbol);
  const asset = snapshot.assets.find((each) => each.symbol === symbol);
  const refusal = refuseQuote(quote, snapshot.asOf, policy.execution.quote);
  if (quote !== undefined && refusal === undefined) {
    const value = midOf(quote);
    if (asset?.isTradable === false) return { symbol, value, refusal: { code: 'not-tradable', figures: {} } };
    if (asset?.isFractionable === false && policy.shareUnit === 'fractional')
      return { symbol, value, refusal: { code: 'not-fractionable', figures: {} } };
    return { symbol, value };
  }
  const close = lastClose(symbol, snapshot);
  return close === undefined || refusal === undefined ? undefined : { symbol, value: close, refusal };
}

/** Values a symbol that has no usable quote: it is not traded, but the rest of the portfolio is weighed against it. */
function lastClose(symbol: string, snapshot: Snapshot): bigint | undefined {
  return closePrice(snapshot.history.columns.find((column) => column.symbol === symbol)?.closes.at(-1));
}

function equityOf(snapshot: Snapshot, prices: readonly SymbolPrice[]): bigint {
  const held = new Map(snapshot.positions.map(({ symbol, quantity }) => [symbol, quantity]));
  return prices.reduce((sum, { symbol, value }) => sum + notional(value, held.get(symbol) ?? 0n, 'half-even'), snapshot.account.cash);
}
