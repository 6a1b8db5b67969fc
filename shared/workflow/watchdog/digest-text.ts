// The digest of a session in words: what was traded and why, drift, cost, risk, and whatever was skipped. A pure function of what
// was read; it refuses to know where.
import type { Digest } from '../../contracts/digest.ts';
import { overrideText } from '../../contracts/hypothesis/override-text.ts';
import type { PortfolioPolicy } from '../../contracts/portfolio-policy.ts';
import { averageFillPrice } from '../../core/ledger/average-fill-price.ts';
import { sumOfShortfalls } from '../../core/ledger/shortfall.ts';
import type { Session } from '../../core/market/calendar.ts';
import { isKnownInstant } from '../../core/market/new-york-time.ts';
import { nextRuns } from '../../core/market/schedule-slot.ts';
import type { Account } from '../../core/portfolio/portfolio.ts';
import type { BreakerView } from '../../core/risk/breaker.ts';
import { formatUsd, type MicroUsd, roundToCents } from '../../core/values/money.ts';
import { divide } from '../../core/values/rounding.ts';
import { formatShares } from '../../core/values/shares.ts';
import type { EpochMs } from '../../core/values/time.ts';
import { formatPercent, type Ppm, weightOf } from '../../core/values/weight.ts';
import type { Finding } from './finding.ts';
import { absolute, driftsOf, type RunFacts } from './session-outcomes.ts';

/** Of a percent, in parts per million. */
const HUNDREDTH = 100n;

export interface DigestFacts {
  readonly policy: PortfolioPolicy;
  readonly session: Session;
  readonly at: EpochMs;
  /** undefined where the broker could not be asked. */
  readonly account: Account | undefined;
  readonly breaker: BreakerView | undefined;
  readonly runs: readonly RunFacts[];
  readonly findings: readonly Finding[];
  /** What could not be checked. */
  readonly blind: readonly string[];
  readonly anchors: Digest['anchors'];
}

export function digestText(facts: DigestFacts): string {
  const { runs, findings, blind, anchors } = facts;
  const sections = [
    accountLines(facts),
    runs.length === 0 ? [noRunLine(facts)] : runs.flatMap(runLines),
    findings.length === 0 ? [] : ['To look at:', ...findings.map(({ code, subject }) => `  ${subject} (${code})`)],
    blind.length === 0 ? [] : ['Not checked:', ...blind.map((each) => `  ${each}`)],
    [nextLine(facts)],
    ['To keep, outside the store:', ...anchorLines(anchors)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** What is missing was due; and of what could not be looked at nobody knows. */
function noRunLine({ findings, blind }: DigestFacts): string {
  if (findings.some(({ code }) => code === 'run-missing')) return 'What was due is missing: nothing was traded.';
  return blind.length > 0 ? 'No run was seen.' : 'Nothing was due, and nothing was traded.';
}

function accountLines(facts: DigestFacts): string[] {
  const { account, breaker, policy } = facts;
  const override = overrideLines(facts);
  if (account === undefined) return ['Account: the broker did not answer.', ...override];
  const { equity, cash, lastEquity } = account;
  const change =
    lastEquity === undefined || lastEquity <= 0n
      ? ''
      : `, ${signed(weightOf(equity - lastEquity, lastEquity, 'half-even'))} since the close before`;
  const worth = `Account: $${dollars(equity)}, of which $${dollars(cash)} in cash${change}.`;
  const { capital } = policy.account;
  const step = capital === undefined ? [] : [`Capital: ${formatPercent(capital)} of the account; the rest stays in cash.`];
  if (breaker === undefined) return [worth, ...step, ...override];
  return [
    worth,
    ...step,
    ...override,
    `Risk: ${percentText(breaker.drawdown)} below the high-water mark of $${dollars(breaker.mark)}; breaker ${breaker.level}.`,
  ];
}

/** The runs of the session had what was deployed then; the file of the evening may say less, or another. */
function overrideLines({ policy, runs }: DigestFacts): string[] {
  const all = [policy.account.override, ...runs.map(({ override }) => override)];
  return [...new Set(all.flatMap((each) => (each === undefined ? [] : [overrideText(each)])))];
}

function runLines({ record, decision, plan, review, outcome }: RunFacts): string[] {
  const { runId, phase } = record;
  const ending =
    phase.kind === 'ended'
      ? `${phase.ending.kind}${phase.ending.code === undefined ? '' : `, ${phase.ending.code}`}. ${phase.ending.detail}`
      : `not ended, ${phase.kind}`;
  return [
    `Run ${runId}: ${ending}`,
    ...whyLines(decision),
    ...tradeLines(outcome),
    ...leftLines(decision, plan, outcome),
    ...driftLines(plan, outcome),
    ...costLines(outcome),
    ...riskLines(review),
  ];
}

/** Of each sleeve, why it took new weights or held; and the exits that were touched. */
function whyLines(decision: RunFacts['decision']): string[] {
  if (decision === undefined) return [];
  const { result } = decision;
  if (result.kind !== 'weights') return [`  why: sleeve ${result.sleeve} had no answer`];
  const turns = Object.entries(result.turns ?? {}).map(([sleeve, turn]) => `${sleeve} ${turn}`);
  const exits = Object.values(result.exits ?? {}).flatMap((each) => each.map(({ symbol, by }) => `${symbol} ${by}`));
  return [...(turns.length === 0 ? [] : [`  why: ${turns.join(', ')}`]), ...(exits.length === 0 ? [] : [`  exits: ${exits.join(', ')}`])];
}

function tradeLines(outcome: RunFacts['outcome']): string[] {
  return (outcome?.outcome.trades ?? []).map(({ side, symbol, quantity, filledQuantity, residual, orders }) => {
    const price = averageFillPrice(orders);
    const at = price === undefined ? '' : ` at $${dollars(price)}`;
    const part = filledQuantity === quantity ? formatShares(quantity) : `${formatShares(filledQuantity)} of ${formatShares(quantity)}`;
    return `  ${side === 'buy' ? 'bought' : 'sold'} ${part} ${symbol}${at}${residual === undefined ? '' : `; the rest was left: ${residual.code}`}`;
  });
}

function leftLines(decision: RunFacts['decision'], plan: RunFacts['plan'], outcome: RunFacts['outcome']): string[] {
  const skipped = (plan?.plan.skipped ?? [])
    .filter(({ code }) => code !== 'at-target' && code !== 'inside-band')
    .map(({ symbol, code }) => `${symbol} ${code}`);
  const leftOut =
    decision?.result.kind === 'weights' ? decision.result.leftOut.map(({ symbol, metric }) => `${symbol} (no ${metric})`) : [];
  const unexplained = outcome?.outcome.unexplained ?? [];
  return [
    ...(skipped.length === 0 ? [] : [`  skipped: ${skipped.join(', ')}`]),
    ...(leftOut.length === 0 ? [] : [`  left out: ${leftOut.join(', ')}`]),
    ...(unexplained.length === 0 ? [] : [`  unexplained: ${unexplained.join(', ')}`]),
  ];
}

function driftLines(plan: RunFacts['plan'], outcome: RunFacts['outcome']): string[] {
  if (plan === undefined) return [];
  const before = percentText(largest(plan.plan.lines));
  return [outcome === undefined ? `  drift: ${before}` : `  drift: ${before} before, ${percentText(largest(outcome.outcome.lines))} after`];
}

function largest(lines: NonNullable<RunFacts['plan']>['plan']['lines']): Ppm {
  return driftsOf({ lines }).reduce<Ppm>((most, { drift }) => (absolute(drift) > most ? absolute(drift) : most), 0n);
}

/** Against the prices at which was decided; positive costs. */
function costLines(outcome: RunFacts['outcome']): string[] {
  const trades = outcome?.outcome.trades ?? [];
  const known = trades.flatMap(({ shortfall }) => shortfall ?? []);
  if (trades.length === 0 || known.length < trades.length) return [];
  const { delay, execution, opportunity, fees } = sumOfShortfalls(known);
  const textOf = (amount: MicroUsd | undefined): string => (amount === undefined ? 'not known' : `$${dollars(amount)}`);
  return [`  cost: delay ${textOf(delay)}, execution ${textOf(execution)}, opportunity ${textOf(opportunity)}, fees ${textOf(fees)}`];
}

function riskLines(review: RunFacts['review']): string[] {
  if (review === undefined) return [];
  const { stress, remarks = [] } = review;
  const losses = [
    ['the worst day', stress?.day],
    ['the worst week', stress?.week],
    ['a fall of all shares by a fifth', stress?.shock],
  ] as const;
  const known = losses.flatMap(([what, scenario]) => (scenario === undefined ? [] : [`${what} ${percentText(scenario.loss)}`]));
  return [
    ...(known.length === 0 ? [] : [`  risk: would lose in ${known.join(', ')}`]),
    ...(remarks.length === 0 ? [] : [`  let pass: ${[...new Set(remarks.map(({ code }) => code))].join(', ')}`]),
  ];
}

function nextLine({ policy, at }: DigestFacts): string {
  const next = policy.schedules
    .flatMap((schedule) => (isKnownInstant(at) ? nextRuns(schedule, at, 1).map((run) => ({ ...run, schedule: schedule.name })) : []))
    .sort((a, b) => a.at - b.at)[0];
  return next === undefined ? 'Next run: none that the calendar knows.' : `Next run: ${next.schedule}, ${new Date(next.at).toISOString()}.`;
}

function anchorLines({ runs, ledger, audit }: Digest['anchors']): string[] {
  return [
    ...runs.map(({ runId, version, head }) => `  ${runId} version ${version}${head === undefined ? '' : `, ${head}`}`),
    ...(audit === undefined ? [] : [`  audit head ${audit}`]),
    ledger === undefined ? '  no ledger yet' : `  ledger version ${ledger.version}, ${ledger.head}`,
  ];
}

function signed(part: Ppm): string {
  return part > 0n ? `+${percentText(part)}` : percentText(part);
}

/** To a hundredth: the record has all of it. */
function percentText(part: Ppm): string {
  return formatPercent(divide(part, HUNDREDTH, 'half-even') * HUNDREDTH);
}

function dollars(amount: MicroUsd): string {
  return formatUsd(roundToCents(amount, 'half-even'));
}
