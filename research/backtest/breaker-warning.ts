// Where the breaker of a portfolio would have stopped its runs, followed as a run follows it. The fast mode lives on past it.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { type BreakerStanding, followBreaker } from '../../shared/core/risk/breaker.ts';
import type { MicroUsd } from '../../shared/core/values/money.ts';
import { formatPercent } from '../../shared/core/values/weight.ts';
import type { BacktestResult } from './backtest-result.ts';
import { runDays } from './run-days.ts';
import { subjectOfPolicy } from './subject.ts';
import type { Warning } from './warnings.ts';

/**
 * Looked at with the closes of the days that have a run, those that trade at the open too: a run looks at its own moment.
 * The mark is what runs saw, as in a real one: a fall between two of them stops nothing.
 */
export function breakerWarning(policy: PortfolioPolicy, { start, dates, equity }: BacktestResult): readonly Warning[] {
  const { breaker } = policy.limits;
  const days = [start.date, ...dates];
  const worth = [start.equity, ...equity].map(micros);
  let standing: BreakerStanding | undefined;
  for (const { day } of runDays(subjectOfPolicy(policy), days, undefined, false)) {
    const [session, lastEquity] = [days[day] as (typeof days)[number], worth[day - 1]];
    const look = { session, equity: worth[day] as MicroUsd, transfers: 0n, transfersSinceClose: 0n };
    const followed = followBreaker(standing, { ...look, ...(lastEquity === undefined ? {} : { lastEquity }) }, breaker);
    standing = followed.standing;
    const { level, drawdown, dayLoss } = followed.view;
    if (level !== 'stopped') continue;
    const { stopped } = breaker?.drawdown ?? {};
    const why =
      stopped !== undefined && drawdown >= stopped
        ? `${formatPercent(drawdown)} below the high-water mark, and limits.breaker.drawdown stops at ${formatPercent(stopped)}`
        : `${formatPercent(dayLoss)} lost in a day, and limits.breaker.day-loss stops at ${formatPercent(breaker?.dayLoss?.stopped ?? 0n)}`;
    const meaning = 'nothing is traded from there on until a person lowers it, and this backtest trades on as if nobody had to';
    return [{ code: 'breaker', detail: `the breaker would have stopped the run of ${session}: ${why}; ${meaning}` }];
  }
  return [];
}

function micros(dollars: number): MicroUsd {
  return BigInt(Math.round(dollars * MICROS_A_DOLLAR));
}

const MICROS_A_DOLLAR = 1_000_000;
