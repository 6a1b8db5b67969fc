// The breaker before a run: what the account is worth by now against its high-water mark, with the transfers that the ledger
// knows. Where it says stop, the kill switch of the portfolio is turned on, and stays on until a person turns it off.
import type { Activity } from '../core/ledger/activity.ts';
import { uncounted } from '../core/ledger/ledger.ts';
import type { Session } from '../core/market/calendar.ts';
import { previousSession } from '../core/market/nyse-calendar.ts';
import type { Account } from '../core/portfolio/portfolio.ts';
import { type BreakerLook, type BreakerView, followBreaker, isSameStanding } from '../core/risk/breaker.ts';
import type { BreakerLimits } from '../core/risk/limits.ts';
import { formatUsd, type MicroUsd } from '../core/values/money.ts';
import type { EpochMs } from '../core/values/time.ts';
import { formatPercent } from '../core/values/weight.ts';
import { BrokerError, StoreError } from '../ports/outside-error.ts';
import type { RunPorts } from './world.ts';

const ATTEMPTS_MAX = 5;

/**
 * Safe to repeat: the same figures lead to the same standing. To be asked after the ledger was reconciled. A transfer that the
 * ledger does not know yet is counted all the same: without it a deposit would be a gain today and no loss of ours tomorrow.
 * @throws BrokerError, StoreError
 */
export async function breakerBeforeRun(
  portfolio: string,
  session: Session,
  limits: BreakerLimits | undefined,
  ports: RunPorts,
): Promise<BreakerView> {
  const closedAt = previousSession(session.date).close;
  const ledger = (await ports.ledgers.load(portfolio))?.ledger;
  const from = Math.min(closedAt, ledger?.activities.from ?? closedAt);
  const { account, activities } = await accountBetweenTransfers(from, ports);
  const { equity, lastEquity } = account;
  const unknown = ledger === undefined ? [] : uncounted(ledger.activities, activities);
  const look: BreakerLook = {
    session: session.date,
    equity,
    ...(lastEquity === undefined ? {} : { lastEquity }),
    transfers: (ledger?.cash.transfer ?? 0n) + transferred(unknown),
    transfersSinceClose: transferred(activities.filter(({ at }) => at >= closedAt)),
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

/** The account as of one moment: between two readings of the transfers that say the same. */
async function accountBetweenTransfers(
  from: EpochMs,
  { broker }: RunPorts,
): Promise<{ account: Account; activities: readonly Activity[] }> {
  let before = await broker.activities(from);
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const account = await broker.account();
    const activities = await broker.activities(from);
    if (transfersIn(activities).join() === transfersIn(before).join()) return { account, activities };
    before = activities;
  }
  throw new BrokerError('money came or went each time that the account was read', { effect: 'none', code: 'account-moving' });
}

function transfersIn(activities: readonly Activity[]): string[] {
  return activities.flatMap(({ id, kind }) => (kind === 'transfer' ? [id] : [])).sort();
}

function transferred(activities: readonly Activity[]): MicroUsd {
  return activities.reduce((sum, each) => (each.kind === 'transfer' ? sum + each.amount : sum), 0n);
}

/** The switch is turned before anybody is told: a run that dies between the two is refused, and its notice names the reason. */
async function stop(portfolio: string, { drawdown, dayLoss, equity }: BreakerView, ports: RunPorts): Promise<void> {
  const reason = `the breaker: ${formatPercent(dayLoss)} lost since the close before, ${formatPercent(drawdown)} below the high-water mark`;
  await ports.killSwitch.turnOn(portfolio, { reason, by: 'breaker', at: ports.clock.now(), openOrders: 'cancel' });
  const body = `${reason}. Nothing is traded until: npx evenkeel resume ${portfolio} --mark keep (or --mark now) --reason "why"`;
  await ports.notifier.notify({
    severity: 'page',
    code: 'breaker-stopped',
    subject: `${portfolio}: stopped by its breaker`,
    body,
    portfolio,
    stake: `the account is worth $${formatUsd(equity)}`,
    done: 'It turned the kill switch of the portfolio on; open orders are canceled, nothing is sold.',
  });
}
