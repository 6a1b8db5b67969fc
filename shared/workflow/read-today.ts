// What the records say that this portfolio has done in the session so far, for limits that look beyond one run.
import type { RunRecord } from '../contracts/run-record.ts';
import { ordersDecided } from '../core/execution/leg.ts';
import type { Session } from '../core/market/calendar.ts';
import { sessionsBetween } from '../core/market/nyse-calendar.ts';
import type { Today, Worked } from '../core/risk/facts.ts';
import type { RunId } from '../core/values/identity.ts';
import { notional } from '../core/values/shares.ts';
import { addDays } from '../core/values/time.ts';
import type { RunPorts } from './world.ts';

/** Day trades are counted over five sessions, this one included. */
const SESSIONS = 5;
/** Seven days have four sessions before today, but for a closure of many days: then fewer are counted. */
const DAYS_BACK = 10;

/** @throws StoreError */
export async function readToday(
  runId: RunId,
  portfolio: string,
  schedules: number,
  session: Session,
  { runStore }: Pick<RunPorts, 'runStore'>,
): Promise<Today> {
  const runs = (await runStore.list(portfolio, (schedules + 1) * SESSIONS)).filter((run) => run.runId !== runId);
  const sessions = sessionsBetween(addDays(session.date, -DAYS_BACK), session.date).slice(-SESSIONS);
  const today = runs.filter((run) => run.session === session.date);
  const worked = today.flatMap(workedIn);
  return {
    traded: today.flatMap(fillsOf).reduce((sum, { amount }) => sum + amount, 0n),
    orders: today.reduce((sum, run) => sum + legsOf(run).reduce((orders, leg) => orders + ordersDecided(leg), 0), 0),
    worked,
    dayTrades: sessions.reduce((sum, { date }) => sum + dayTradesIn(runs.filter((run) => run.session === date).flatMap(workedIn)), 0),
  };
}

type Legs = NonNullable<Extract<RunRecord['phase'], { kind: 'ended' }>['execution']>['legs'];

function legsOf({ phase }: RunRecord): Legs {
  return phase.kind === 'claimed' ? [] : (phase.execution?.legs ?? []);
}

function workedIn(run: RunRecord): Worked[] {
  return legsOf(run).flatMap((leg) => {
    if (ordersDecided(leg) === 0) return [];
    const isFilled = leg.closedOrders.some(({ filledQuantity }) => filledQuantity > 0n);
    return [{ symbol: leg.symbol, side: leg.side, isFilled, at: run.updatedAt }];
  });
}

/** Where the broker named no price, the limit stands in. */
function fillsOf(run: RunRecord) {
  return legsOf(run).flatMap(({ closedOrders }) =>
    closedOrders.map(({ filledQuantity, averageFillPrice, limitPrice }) => ({
      amount: notional(averageFillPrice ?? limitPrice, filledQuantity, 'ceil'),
    })),
  );
}

function dayTradesIn(worked: readonly Worked[]): number {
  const filled = worked.filter(({ isFilled }) => isFilled);
  const symbols = new Set(filled.map(({ symbol }) => symbol));
  return [...symbols].filter((symbol) => new Set(filled.flatMap((each) => (each.symbol === symbol ? [each.side] : []))).size > 1).length;
}
