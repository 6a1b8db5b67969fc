// What a portfolio depends on and does not decide: the age of its keys, the clocks, the closes that strategies look at.
import type { PortfolioPolicy } from '../../contracts/portfolio-policy.ts';
import type { Session } from '../../core/market/calendar.ts';
import { previousSession } from '../../core/market/nyse-calendar.ts';
import { addDays, DAY_MS, SECOND_MS } from '../../core/values/time.ts';
import { pricedSymbols } from '../take-snapshot.ts';
import type { Finding } from './finding.ts';
import type { WatchdogPorts } from './watchdog-world.ts';

const KEYS_AGE_DAYS_MAX = 90;
/** A quote may be as old as this in the strictest portfolio file: with clocks that differ by more its age means little. */
const SKEW_MS_MAX = 5 * SECOND_MS;
/** Over the longest closure that the calendar knows since 1990, with room. */
const CLOSES_DAYS_BACK = 14;

/** @throws OutsideError when the secret cannot be read. */
export async function findOldKeys(
  { account }: PortfolioPolicy,
  { keyAges, clock }: Pick<WatchdogPorts, 'keyAges' | 'clock'>,
): Promise<Finding[]> {
  const since = await keyAges.keysSince(account.name);
  if (since === undefined || clock.now() - since <= KEYS_AGE_DAYS_MAX * DAY_MS) return [];
  const body = `The keys of account ${account.name} were put there on ${new Date(since).toISOString().slice(0, 10)}, more than ${KEYS_AGE_DAYS_MAX} days ago.`;
  return [{ code: 'secret-old', subject: `the keys of ${account.name} are old`, body, lasts: true }];
}

/** What the request took is in doubt, half of it to either side. @throws BrokerError */
export async function findSkew({ brokerClock, clock }: Pick<WatchdogPorts, 'brokerClock' | 'clock'>): Promise<Finding[]> {
  const before = clock.now();
  const theirs = await brokerClock.read();
  const after = clock.now();
  const skew = theirs - (before + after) / 2;
  if (Math.abs(skew) <= SKEW_MS_MAX + (after - before) / 2) return [];
  const seconds = Math.round(Math.abs(skew) / SECOND_MS);
  return [
    {
      code: 'clock-skew',
      subject: 'the clocks differ',
      body: `The broker's clock is ${seconds} s ${skew > 0 ? 'ahead of' : 'behind'} ours.`,
    },
  ];
}

/** The close of the session itself may not be published yet; that of the one before must be. @throws BrokerError */
export async function findMissingCloses(
  policy: PortfolioPolicy,
  session: Session,
  { marketData }: Pick<WatchdogPorts, 'marketData'>,
): Promise<Finding[]> {
  const needed = previousSession(session.date).date;
  const series = await marketData.dailyBars(
    pricedSymbols(policy),
    addDays(session.date, -CLOSES_DAYS_BACK),
    session.date,
    'split-adjusted',
  );
  const stale = series.flatMap(({ symbol, bars }) => {
    const last = bars.at(-1)?.date;
    return last !== undefined && last >= needed ? [] : [`${symbol} (${last === undefined ? 'none at all' : `last on ${last}`})`];
  });
  if (stale.length === 0) return [];
  return [
    {
      code: 'stale-closes',
      subject: `${stale.length} of ${series.length} symbols lack a close`,
      body: `No close of ${needed} or later: ${stale.join(', ')}.`,
    },
  ];
}
