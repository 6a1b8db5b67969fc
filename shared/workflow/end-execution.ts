// The end of a run: read the account once more, say what the run came to, and close the record.
import { measureNames, metricNames } from '../contracts/metric-names.ts';
import type { Ending, RunRecord } from '../contracts/run-record.ts';
import type { ExecutionState } from '../core/execution/state.ts';
import { type Outcome, outcomeOf } from '../core/ledger/outcome.ts';
import { sumOfShortfalls } from '../core/ledger/shortfall.ts';
import { midOf, refuseQuote } from '../core/market/quote.ts';
import type { Position } from '../core/portfolio/portfolio.ts';
import { measureDrift, type Valued } from '../core/rebalance/drift.ts';
import { formatUsd, type MicroUsd, roundToCents } from '../core/values/money.ts';
import { notional } from '../core/values/shares.ts';
import { SECOND_MS } from '../core/values/time.ts';
import { toFraction } from '../core/values/weight.ts';
import { keepToAccount } from './account-fence.ts';
import { countFillsOf, filledOrders } from './count-fills-of.ts';
import { noticeOfEnded } from './notice-of-ended.ts';
import { readArtifact } from './read-artifact.ts';
import type { RunPorts } from './world.ts';
import { writeArtifact } from './write-artifact.ts';

/**
 * Safe to repeat: until the record says that the run has ended, whoever comes next does all of this again. So the
 * record is written last: an owner told twice is no harm, an owner never told is.
 */
export async function endExecution(record: RunRecord, state: ExecutionState, ports: RunPorts): Promise<RunRecord | 'stale'> {
  const [account, positions, decision, plan] = await Promise.all([
    ports.broker.account(),
    ports.broker.positions(),
    readArtifact(ports.artifacts, record, 'decision'),
    readArtifact(ports.artifacts, record, 'plan'),
  ]);
  await keepToAccount(record, account, ports);
  if (decision.result.kind !== 'weights') throw new Error(`run ${record.runId} executes without target weights`);
  const previous = record.artifacts.review;
  if (previous === undefined) throw new Error(`run ${record.runId} executes without a review`);

  const planned = plan.plan.lines.filter(({ symbol }) => symbol !== 'cash');
  const mids = await usableMids(planned, state, ports);
  const valued = valuePositions(planned, positions, mids, state);
  const equity = valued.reduce((sum, { value }) => sum + value, account.cash);
  const lines = measureDrift(valued, equity, decision.result.targets, plan.band);
  const outcome = outcomeOf(state, lines, plan.plan.skipped, mids);
  const hash = await writeArtifact(ports.artifacts, { kind: 'outcome', previous, account, positions: [...positions], outcome });

  const at = ports.clock.now();
  const ending = endingOf(outcome, at);
  const ended: RunRecord = {
    ...record,
    version: record.version + 1,
    updatedAt: at,
    artifacts: { ...record.artifacts, outcome: hash },
    phase: { kind: 'ended', ending, execution: state },
  };
  await countFillsOf({ ...record, accountNumber: account.accountNumber }, filledOrders(state), ports);
  await announce(record, ending, outcome, ports);
  const positionsEnded = noticeOfEnded(record.runId, decision.result.exits ?? {}, plan.plan.trades, outcome);
  if (positionsEnded !== undefined) await ports.notifier.notify(positionsEnded);
  if ((await ports.runStore.save(ended)) === 'stale') return 'stale';
  ports.telemetry.info('run ended', { ending: ending.kind, detail: ending.detail });
  ports.telemetry.count(ending.kind === 'unresolved' ? metricNames.runsUnresolved : metricNames.runsCompleted, 1);
  measure(record, ending, outcome, ports);
  return ended;
}

/**
 * At the mid now; where no quote may be traded on, at the price the plan was made with, or as the plan valued what
 * it left alone: a wide or stale quote would show drift where there is none.
 */
function valuePositions(
  planned: readonly Valued[],
  positions: readonly Position[],
  mids: ReadonlyMap<string, MicroUsd>,
  state: ExecutionState,
): Valued[] {
  const arrivals = new Map(state.legs.map(({ symbol, arrival }) => [symbol, arrival]));
  return planned.map(({ symbol, value }) => {
    const price = mids.get(symbol) ?? arrivals.get(symbol);
    if (price === undefined) return { symbol, value };
    const quantity = positions.find((position) => position.symbol === symbol)?.quantity ?? 0n;
    return { symbol, value: notional(price, quantity, 'half-even') };
  });
}

/** Where there is a quote that may be traded on. */
async function usableMids(planned: readonly Valued[], state: ExecutionState, ports: RunPorts): Promise<ReadonlyMap<string, MicroUsd>> {
  const quotes = await ports.marketData.latestQuotes(planned.map(({ symbol }) => symbol));
  const now = ports.clock.now();
  return new Map(
    [...quotes.values()]
      .filter((quote) => refuseQuote(quote, now, state.rules.quote) === undefined)
      .map((quote) => [quote.symbol, midOf(quote)]),
  );
}

function endingOf(outcome: Outcome, at: number): Ending {
  const left = outcome.trades.filter(({ residual }) => residual !== undefined);
  const detail = left.map(({ symbol, side, residual }) => `${side} ${symbol}: ${residual?.code}`).join(', ');
  if (left.some(({ residual }) => residual?.code === 'unresolved')) return { kind: 'unresolved', detail, at };
  if (left.length > 0) return { kind: 'completed-with-residuals', detail, at };
  return { kind: 'completed', detail: `${outcome.trades.length} trades filled`, at };
}

/** An unresolved run is not announced here: it fails, and the dead-letter alarm pages once. */
async function announce(
  { runId, portfolio }: RunRecord,
  { kind, detail }: Ending,
  outcome: Outcome,
  { notifier }: RunPorts,
): Promise<void> {
  if (outcome.unexplained.length > 0) {
    const body = `Outside the band without a recorded reason: ${outcome.unexplained.join(', ')}.`;
    const subject = `${runId}: unexplained residual`;
    await notifier.notify({ severity: 'page', code: 'unexplained-residual', subject, body, portfolio, runId });
  } else if (kind === 'completed-with-residuals') {
    // Somebody trades with our names: the ticket of every residual would wait for days.
    const isForeign = outcome.trades.some(({ residual }) => residual?.code === 'foreign-order');
    await notifier.notify({
      severity: isForeign ? 'page' : 'ticket',
      code: isForeign ? 'foreign-order' : 'residuals',
      subject: `${runId}: completed with residuals`,
      body: `${detail}. ${costText(outcome)}`,
      portfolio,
      runId,
      stake: `$${formatUsd(leftOf(outcome))} were not traded`,
      done: 'It canceled what was open, and closed the run.',
    });
  }
}

/** What was planned and not done, at the arrivals. */
function leftOf({ trades }: Outcome): MicroUsd {
  const left = trades.reduce(
    (sum, { arrival, quantity, filledQuantity }) => sum + notional(arrival, quantity - filledQuantity, 'half-even'),
    0n,
  );
  return roundToCents(left, 'half-even');
}

/** All trades together, in dollars. */
function costText(outcome: Outcome): string {
  const { delay, execution, opportunity, fees } = shortfallOf(outcome);
  const textOf = (amount: MicroUsd | undefined): string => (amount === undefined ? 'unknown' : formatUsd(amount));
  return `Shortfall in dollars: delay ${textOf(delay)}, execution ${textOf(execution)}, opportunity ${textOf(opportunity)}, fees ${textOf(fees)}.`;
}

function shortfallOf({ trades }: Outcome) {
  return sumOfShortfalls(trades.flatMap(({ shortfall }) => shortfall ?? []));
}

function measure({ portfolio, scheduledTime }: RunRecord, ending: Ending, outcome: Outcome, { telemetry }: RunPorts): void {
  const orders = outcome.trades.flatMap((trade) => trade.orders);
  const filled = orders.filter(({ quantity, filledQuantity }) => filledQuantity >= quantity).length;
  const { delay, execution, fees = 0n } = shortfallOf(outcome);
  const drifts = outcome.lines.flatMap(({ symbol, drift }) => (symbol === 'cash' ? [] : [Math.abs(toFraction(drift)) * 100]));
  if (filled > 0) telemetry.count(metricNames.ordersFilled, filled);
  if (orders.length > filled) telemetry.count(metricNames.ordersUnfilled, orders.length - filled);
  if (ending.kind === 'completed-with-residuals') telemetry.count(metricNames.runsWithResiduals, 1);
  telemetry.measure(measureNames.runSeconds, (ending.at - scheduledTime) / SECOND_MS, portfolio);
  telemetry.measure(measureNames.driftPercent, Math.max(0, ...drifts), portfolio);
  telemetry.measure(measureNames.shortfallUsd, Number(formatUsd(delay + execution + fees)), portfolio);
}
