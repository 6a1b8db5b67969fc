// How a portfolio stands after the close: its kill switch, and its breaker by what the account is worth now. Nothing is moved:
// that is for the next run.
import { measureNames } from '../../contracts/metric-names.ts';
import type { PortfolioPolicy } from '../../contracts/portfolio-policy.ts';
import type { Session } from '../../core/market/calendar.ts';
import type { Account } from '../../core/portfolio/portfolio.ts';
import { type BreakerView, followBreaker } from '../../core/risk/breaker.ts';
import { formatUsd } from '../../core/values/money.ts';
import { formatPercent, toFraction } from '../../core/values/weight.ts';
import type { Finding } from './finding.ts';
import type { WatchdogPorts } from './watchdog-world.ts';

/** @throws StoreError, also for a switch that is there and cannot be read. */
export async function findHalt(portfolio: string, { killSwitch }: Pick<WatchdogPorts, 'killSwitch'>): Promise<Finding[]> {
  const state = await killSwitch.read(portfolio);
  if (state.kind === 'off') return [];
  const body = `Turned on by ${state.by} at ${new Date(state.since).toISOString()}: ${state.reason}. Nothing is traded until a person turns it off.`;
  return [
    {
      code: 'kill-switch-on',
      subject: 'its kill switch is on',
      body,
      done: `Runs are refused, and open orders are ${state.openOrders === 'keep' ? 'kept' : 'canceled'}.`,
    },
  ];
}

/**
 * undefined before the first run has looked, and of an account that is none of the portfolio's: its worth says nothing of ours.
 * @throws StoreError
 */
export async function viewBreaker(
  { name, limits }: PortfolioPolicy,
  session: Session,
  { accountNumber, equity }: Account,
  { highWaterMarks, ledgers, telemetry }: Pick<WatchdogPorts, 'highWaterMarks' | 'ledgers' | 'telemetry'>,
): Promise<BreakerView | undefined> {
  const ledger = await ledgers.load(name);
  if (ledger !== undefined && ledger.accountNumber !== accountNumber) return undefined;
  telemetry.measure(measureNames.equityUsd, Number(formatUsd(equity)), name);
  const standing = await highWaterMarks.read(name);
  if (standing === undefined) return undefined;
  const transfers = ledger?.ledger.cash.transfer ?? standing.transfers;
  const { view } = followBreaker(standing, { session: session.date, equity, transfers, transfersSinceClose: 0n }, limits.breaker);
  telemetry.measure(measureNames.drawdownPercent, toFraction(view.drawdown) * 100, name);
  return view;
}

export function findLosses(view: BreakerView | undefined): Finding[] {
  if (view === undefined || view.level === 'normal') return [];
  const body = `${formatPercent(view.dayLoss)} lost since the close before, ${formatPercent(view.drawdown)} below the high-water mark of $${formatUsd(view.mark)}.`;
  return [
    { code: 'breaker-level', subject: `its breaker is at ${view.level}`, body, stake: `the account is worth $${formatUsd(view.equity)}` },
  ];
}
