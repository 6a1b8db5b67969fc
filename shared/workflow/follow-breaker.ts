// The breaker before a run: what the account is worth by now against its high-water mark, with the transfers that the ledger
// knows. Where it says stop, the kill switch of the portfolio is turned on, and stays on until a person turns it off.
import type { Session } from '../core/market/calendar.ts';
import { previousSession } from '../core/market/nyse-calendar.ts';
import { type BreakerLook, type BreakerView, followBreaker, isSameStanding } from '../core/risk/breaker.ts';
import type { BreakerLimits } from '../core/risk/limits.ts';
import { formatPercent } from '../core/values/weight.ts';
import { StoreError } from '../ports/outside-error.ts';
import type { RunPorts } from './world.ts';

const ATTEMPTS_MAX = 5;

/**
 * Safe to repeat: the same figures lead to the same standing. To be asked after the ledger was reconciled: the account is read
 * after the transfers, so that a withdrawal can be taken for a loss but no loss for a withdrawal.
 * @throws BrokerError, StoreError
 */
export async function breakerBeforeRun(
  portfolio: string,
  session: Session,
  limits: BreakerLimits | undefined,
  ports: RunPorts,
): Promise<BreakerView> {
  const closedAt = previousSession(session.date).close;
  const [ledger, activities] = [await ports.ledgers.load(portfolio), await ports.broker.activities(closedAt)];
  const transfersSinceClose = activities.reduce(
    (sum, each) => (each.kind === 'transfer' && each.at >= closedAt ? sum + each.amount : sum),
    0n,
  );
  const { equity, lastEquity } = await ports.broker.account();
  const look: BreakerLook = {
    session: session.date,
    equity,
    ...(lastEquity === undefined ? {} : { lastEquity }),
    transfers: ledger?.ledger.cash.transfer ?? 0n,
    transfersSinceClose,
  };
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const before = await ports.highWaterMarks.read(portfolio);
    const { standing, view } = followBreaker(before, look, limits);
    if (!isSameStanding(before, standing) && (await ports.highWaterMarks.move(portfolio, before, standing)) === 'stale') continue;
    if (view.level === 'stopped') await stop(portfolio, view, ports);
    return view;
  }
  throw new StoreError(`the high-water mark of ${portfolio} was moved by somebody else ${ATTEMPTS_MAX} times over`, {
    effect: 'none',
    code: 'contended',
  });
}

/** Off comes before told: a run that dies between the two is refused, and its notice names the reason. */
async function stop(portfolio: string, { drawdown, dayLoss }: BreakerView, ports: RunPorts): Promise<void> {
  const reason = `the breaker: ${formatPercent(dayLoss)} lost since the close before, ${formatPercent(drawdown)} below the high-water mark`;
  await ports.killSwitch.turnOn(portfolio, { reason, by: 'breaker', at: ports.clock.now(), openOrders: 'cancel' });
  const body = `${reason}. Nothing is traded until: npx evenkeel resume ${portfolio} --mark keep (or --mark now) --reason "why"`;
  await ports.notifier.notify({ severity: 'page', code: 'breaker-stopped', subject: `${portfolio}: stopped by its breaker`, body });
}
