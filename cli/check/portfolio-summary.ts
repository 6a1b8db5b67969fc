// What `check` says of a sound portfolio, as data.
import { declaredWeights } from '../../shared/contracts/declared-weights.ts';
import type { LiveStanding } from '../../shared/contracts/hypothesis/live-standing.ts';
import type { LiveOverride, PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { newYorkClock } from '../../shared/core/market/new-york-time.ts';
import type { Schedule } from '../../shared/core/market/schedule.ts';
import { nextRuns } from '../../shared/core/market/schedule-slot.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import { formatPercent } from '../../shared/core/values/weight.ts';
import { liveStanding } from './live-standing.ts';

const RUNS = 5;

export interface RunSummary {
  /** The New York date of the session. */
  readonly session: string;
  /** "2026-11-30T20:35:00.000Z". */
  readonly at: string;
  /** "2026-11-30 15:35". */
  readonly newYork: string;
  /** The same moment on this machine's clock. */
  readonly local: string;
  readonly isEarlyClose: boolean;
}

export interface PortfolioSummary {
  readonly file: string;
  readonly name: string;
  readonly mode: 'paper' | 'live';
  /** The part of the account that it uses, such as "10%"; left out where it is all of it. */
  readonly capital?: string;
  /** Ascending. */
  readonly symbols: readonly string[];
  /** Of a live portfolio: what each sleeve has, or lacks. */
  readonly live?: readonly LiveStanding[];
  /** Who let it trade without, and why. */
  readonly override?: LiveOverride;
  /** What becomes of what the account holds beside them, where it is not left alone. */
  readonly unowned?: string;
  /** Of this machine: "Europe/Berlin". */
  readonly localZone: string;
  readonly schedules: readonly { readonly name: string; readonly runs: readonly RunSummary[] }[];
}

export function summarize(file: string, policy: PortfolioPolicy, after: EpochMs): PortfolioSummary {
  return {
    file,
    name: policy.name,
    mode: policy.account.mode,
    ...(policy.account.capital === undefined ? {} : { capital: formatPercent(policy.account.capital) }),
    symbols: [...declaredWeights(policy).symbols.keys()].sort(),
    ...(policy.account.mode === 'live'
      ? { live: liveStanding(file, policy), ...(policy.account.override === undefined ? {} : { override: policy.account.override }) }
      : {}),
    ...(policy.unowned === 'sell' ? { unowned: soldText(policy) } : {}),
    localZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    schedules: policy.schedules.map((schedule) => ({ name: schedule.name, runs: runsOf(schedule, after) })),
  };
}

/** Said wherever a person looks at the file before it trades. */
export function soldText({ account }: Pick<PortfolioPolicy, 'account'>): string {
  return `the first run sells every share and fund that account ${account.number ?? account.name} holds and no sleeve names`;
}

function runsOf(schedule: Schedule, after: EpochMs): RunSummary[] {
  return nextRuns(schedule, after, RUNS).map(({ session, at }) => ({
    session: session.date,
    at: new Date(at).toISOString(),
    newYork: newYorkText(at),
    local: localText(at),
    isEarlyClose: session.isEarlyClose,
  }));
}

export function newYorkText(at: EpochMs): string {
  const { date, hour, minute } = newYorkClock(at);
  return `${date} ${twoDigits(hour)}:${twoDigits(minute)}`;
}

function localText(at: EpochMs): string {
  const local = new Date(at);
  const date = [local.getFullYear(), twoDigits(local.getMonth() + 1), twoDigits(local.getDate())].join('-');
  return `${date} ${twoDigits(local.getHours())}:${twoDigits(local.getMinutes())}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
