// What all sessions together came to.
import { accountValue } from '../../exchange/matching/account-value.ts';
import { unpricedFees } from '../../exchange/matching/post-fees.ts';
import { formatUsd, type MicroUsd, usd } from '../../shared/core/values/money.ts';
import { notional } from '../../shared/core/values/shares.ts';
import { toFraction, weightOf } from '../../shared/core/values/weight.ts';
import type { LocalWorld } from '../../shared/wiring/local.ts';
import { readArtifact } from '../../shared/workflow/read-artifact.ts';
import type { SessionStep } from './rebalance-sessions.ts';
import type { ShortfallReport } from './session-report.ts';

export interface DemoSummary {
  readonly portfolio: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly runs: number;
  /** Runs that had ended before this process began. */
  readonly runsDoneBefore: number;
  /** Orders that the exchange accepted from this process, and ever. */
  readonly ordersSent: number;
  readonly ordersEver: number;
  /** US dollars. */
  readonly deposit: string;
  readonly equity: string;
  readonly gain: number;
  /** The shares of the first session, never touched again. */
  readonly buyAndHold: string | null;
  readonly executionCost: string;
  /** All runs together, in its parts; null where one of them is not known. */
  readonly shortfall: ShortfallReport;
  readonly fees: string;
  /** Fee types for which the dated table has no price on the dates traded: unknown, not free. */
  readonly feesUnpriced: readonly string[];
  readonly unexplained: number;
  readonly refused: number;
}

export async function summarise(
  portfolio: string,
  steps: readonly SessionStep[],
  ordersBefore: number,
  deposit: MicroUsd,
  world: LocalWorld,
): Promise<DemoSummary> {
  const { desk } = world.exchange;
  desk.advance();
  const { equity } = accountValue(desk.book, desk.around);
  const fees = desk.book.activities.reduce((sum, activity) => (activity.kind === 'FEE' ? sum - activity.cashChange : sum), 0n);
  const held = await holdValue(steps, world);
  const ordersEver = desk.book.orders.size;
  const reports = steps.map(({ report }) => report);
  return {
    portfolio,
    from: reports[0]?.date ?? null,
    to: reports.at(-1)?.date ?? null,
    runs: steps.length,
    runsDoneBefore: steps.filter(({ wasDone }) => wasDone).length,
    ordersSent: ordersEver - ordersBefore,
    ordersEver,
    deposit: formatUsd(deposit),
    equity: formatUsd(equity),
    gain: toFraction(weightOf(equity - deposit, deposit, 'half-even')),
    buyAndHold: held === undefined ? null : formatUsd(held),
    executionCost: reports.reduce((sum, { cost }) => sum + Number(cost), 0).toFixed(2),
    shortfall: {
      delay: total(reports.map(({ shortfall }) => shortfall.delay)),
      execution: total(reports.map(({ shortfall }) => shortfall.execution)),
      opportunity: total(reports.map(({ shortfall }) => shortfall.opportunity)),
      fees: total(reports.map(({ shortfall }) => shortfall.fees)),
    },
    fees: formatUsd(fees),
    feesUnpriced: [...new Set(unpricedFees(desk.book).map(({ feeType }) => feeType))].sort(),
    unexplained: reports.filter(({ unexplained }) => unexplained.length > 0).length,
    refused: reports.filter(({ ending }) => ending === 'refused').length,
  };
}

/** null where one of them is not known. */
function total(amounts: readonly (string | null)[]): string | null {
  return amounts.includes(null) ? null : formatUsd(amounts.reduce((sum, amount) => sum + usd(amount ?? '0'), 0n));
}

/** What the account would be worth had nothing been traded after the first session that traded. */
async function holdValue(steps: readonly SessionStep[], { exchange, runStore, artifacts }: LocalWorld): Promise<MicroUsd | undefined> {
  const first = steps.find(({ report }) => report.orders.length > 0);
  const record = first === undefined ? undefined : await runStore.load(first.report.runId);
  if (record?.artifacts.outcome === undefined) return undefined;
  const { account, positions } = await readArtifact(artifacts, record, 'outcome');
  const now = exchange.clock.now();
  return positions.reduce(
    (sum, { symbol, quantity }) => sum + notional(exchange.market.lastTradeAt(symbol, now)?.price ?? 0n, quantity, 'half-even'),
    account.cash,
  );
}
