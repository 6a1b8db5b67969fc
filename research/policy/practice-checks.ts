// How much a portfolio was traded on paper, how lately, and whether every run came to an end that the program need not answer for.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { newYorkDate } from '../../shared/core/market/new-york-time.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { daysBetween, type EpochMs } from '../../shared/core/values/time.ts';
import type { RefusalCode } from '../../shared/workflow/refusals.ts';
import { atLeast, atMost, type MadeCheck } from './made-check.ts';
import { hasRun, hasTraded, type PaperRun } from './paper-runs.ts';
import { LATEST_AGE_DAYS_MAX, RUNS_MIN, SESSIONS_MIN, TRADED_RUNS_MIN } from './thresholds.ts';

/** What a person, the market or the limits of the file stopped. Any other refusal, also of a code that is not known here, counts. */
const STOPPED_BY_OTHERS: ReadonlySet<string> = new Set([
  'outside-window',
  'kill-switch',
  'run-in-progress',
  'open-orders',
  'no-price',
  'no-equity',
  'account-blocked',
  'breaker-stopped',
  'breaker-restricted',
  'orders-max',
  'session-orders',
  'order-notional-max',
  'order-shares-max',
  'volume-max',
  'price-move',
  'wash-trade',
  'day-trade',
  'position-max',
  'group-max',
  'cluster-max',
  'gross-exposure',
  'net-exposure',
  'day-turnover',
  'buying-power',
  'margin-buffer',
  'stress-max',
] satisfies RefusalCode[]);

/** @param runs by session, ascending. @param unproven how much of what is stored of them is not proven to be as it was written. */
export function practiceChecks(
  runs: readonly PaperRun[],
  { schedules }: Pick<PortfolioPolicy, 'schedules'>,
  { now, unproven }: { readonly now: EpochMs; readonly unproven: number | null },
): readonly MadeCheck[] {
  const check = 'paper';
  const through = runs.filter(hasRun);
  const [first, latest] = [through[0]?.record.session, through.at(-1)?.record.session];
  const today = newYorkDate(now);
  const ageMax = Math.min(...schedules.map(({ every }) => LATEST_AGE_DAYS_MAX[every]));
  return [
    atLeast({ check, code: 'runs' }, through.length, RUNS_MIN),
    atLeast({ check, code: 'traded-runs' }, runs.filter(hasTraded).length, TRADED_RUNS_MIN),
    atLeast({ check, code: 'sessions' }, first === undefined ? 0 : sessionsBetween(first, today).length, SESSIONS_MIN),
    atMost({ check, code: 'latest-age-days' }, latest === undefined ? null : daysBetween(latest, today), ageMax),
    atMost({ check, code: 'open-or-unresolved-runs' }, runs.filter(isOpenOrUnresolved).length, 0),
    atMost({ check, code: 'faulty-refusals' }, runs.filter(isFaultyRefusal).length, 0),
    atMost({ check, code: 'unproven-records' }, unproven, 0),
  ];
}

function isOpenOrUnresolved({ record: { phase } }: PaperRun): boolean {
  return phase.kind !== 'ended' || phase.ending.kind === 'unresolved';
}

function isFaultyRefusal({ record: { phase } }: PaperRun): boolean {
  return phase.kind === 'ended' && phase.ending.kind === 'refused' && !STOPPED_BY_OTHERS.has(phase.ending.code ?? '');
}
