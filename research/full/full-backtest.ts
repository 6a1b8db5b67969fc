// The full backtest: the real workflow, session by session, against the exchange's own matching. Whole shares, limits, price steps,
// partial fills and the ledger are those of a run; what the fast mode reckons, this one lives through.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import type { Session } from '../../shared/core/market/calendar.ts';
import { newYorkInstant } from '../../shared/core/market/new-york-time.ts';
import { isDue, slotInstant } from '../../shared/core/market/schedule-slot.ts';
import { HOUR_MS, type NewYorkDate } from '../../shared/core/values/time.ts';
import type { PortfolioSource } from '../../shared/ports/portfolios.ts';
import { USUAL_OPTIONS } from '../backtest/backtest-options.ts';
import type { BacktestRefused, BacktestResult } from '../backtest/backtest-result.ts';
import { noRunDetail } from '../backtest/live-runs.ts';
import { marketOf, type ValuedColumn } from '../backtest/market.ts';
import type { PriceTable } from '../backtest/price-table.ts';
import { refuseOptions } from '../backtest/refuse-options.ts';
import { resultOf } from '../backtest/result-of.ts';
import { decidesOn } from '../backtest/run-days.ts';
import { subjectOfPolicy } from '../backtest/subject.ts';
import { subjectColumns } from '../backtest/subject-columns.ts';
import { accountDiary } from './account-diary.ts';
import { driveRun } from './drive-run.ts';
import type { FullOptions } from './full-options.ts';
import { fullWorld } from './full-world.ts';
import { runReport } from './run-report.ts';

/**
 * Dividends are reinvested: what is traded, and counted in shares, are adjusted closes, and the account is never paid anything.
 * Cash earns nothing, short positions cost nothing to borrow, and no trade moves its price.
 *
 * @param prices of every symbol that the portfolio holds or looks at, from as far back as it looks.
 * @throws AssertionError where a bar does not balance.
 */
export async function fullBacktest(
  source: PortfolioSource,
  prices: PriceTable,
  options: FullOptions,
): Promise<BacktestResult | BacktestRefused> {
  const policy = simulatedPolicy(source.policy, options);
  const subject = subjectOfPolicy(policy);
  const market = marketOf(prices);
  const held = subjectColumns(subject, market, 'reinvested');
  const refusal = refuseOptions(held, prices, USUAL_OPTIONS) ?? refusePrices(policy, prices);
  if (refusal !== undefined) return refusal;
  const { dates } = prices;
  const { symbols, hasOpens } = held;
  const columns = held.columns as readonly ValuedColumn[];
  const watched = prices.columns.map(({ symbol }) => symbol);
  const world = fullWorld({ options, accountNumber: policy.account.number ?? ACCOUNT_NUMBER, market, symbols: watched, hasOpens });
  const diary = accountDiary({ book: world.book, venue: world.market.venue, symbols, columns, days: dates.length });
  const until = options.to === undefined ? dates.length - 1 : dates.findLastIndex((date) => date <= (options.to as NewYorkDate));

  const lived = { rebalances: [] as Rebalances, refused: [] as Refused, skipped: [] as Skipped };
  let start: number | undefined;
  let count = 0;
  let undefinedBefore: Refused[number] | undefined;
  // On the first day there is no session before it to decide on.
  const first = policy.sleeves.some((sleeve) => decidesOn(sleeve, undefined) === 'day-before') ? 1 : 0;
  for (let day = 0; day <= until; day += 1) {
    const session = world.market.sessions[day] as Session;
    for (const schedule of day < first ? [] : dueIn(policy, session, options)) {
      const isAtOpen = world.market.isAtOpen(day, slotInstant(schedule.at, session));
      const equity = (diary.account.equity[day - 1] ?? 0) || options.equity;
      const record = await driveRun(schedule, session, { ...source, policy }, world);
      const { trades, notional } = diary.endRun();
      if (options.fees === 'none') world.book.feeAccrual = undefined;
      const report = await runReport(record, world.ports.artifacts);
      // Until its prices reach back far enough, a portfolio has not begun.
      if (start === undefined && options.from === undefined && report.refused !== undefined && WANT_OF_DATA.has(report.refused.code)) {
        undefinedBefore = report.refused;
        continue;
      }
      start ??= isAtOpen ? Math.max(0, day - 1) : day;
      count += 1;
      if (report.refused !== undefined) lived.refused.push(report.refused);
      lived.skipped.push(...report.skipped);
      if (trades === 0) continue;
      const isFirstFunding = diary.changes.length === 0;
      lived.rebalances.push({ date: session.date, day, turns: report.turns, trades, turnover: notional / (2 * equity), isFirstFunding });
    }
    world.moveTo(endOfDay(session));
    diary.endDay(day);
  }
  if (start === undefined) {
    const detail =
      undefinedBefore === undefined
        ? noRunDetail(prices, options)
        : `the last try was on ${undefinedBefore.date}: ${undefinedBefore.detail}`;
    return { kind: 'refused', code: undefinedBefore === undefined ? 'no-bars' : 'never-defined', detail };
  }
  if (start >= until) return { kind: 'refused', code: 'no-bars', detail: `there is no bar after ${dates[start]}` };
  return resultOf(policy.name, prices, symbols, {
    kind: 'lived',
    start,
    until,
    ...diary,
    ...lived,
    rates: new Float64Array(dates.length),
    // No trade moves its price here.
    withoutImpact: 0,
    runs: count,
  });
}

type Rebalances = Parameters<typeof resultOf>[3]['rebalances'][number][];
type Refused = BacktestResult['refused'][number][];
type Skipped = BacktestResult['skipped'][number][];

/** As the fast mode begins. */
const WANT_OF_DATA: ReadonlySet<Refused[number]['code']> = new Set(['undefined-data', 'no-price']);
const ACCOUNT_NUMBER = 'BACKTEST1';
/** Extended hours are over, and the fees of the day are posted. */
const END_HOUR = 20;

/** Nobody is there to approve, no money is at stake, and what the account begins with is no deposit beside what it has. */
function simulatedPolicy(policy: PortfolioPolicy, { settlement }: FullOptions): PortfolioPolicy {
  return {
    ...policy,
    account: { ...policy.account, mode: 'paper' },
    investDeposits: 'on-rebalance',
    schedules: policy.schedules.map((schedule) => ({ ...schedule, approve: false })),
    ...(settlement === undefined ? {} : { settlement: settlement === 'immediate' ? 'broker' : settlement }),
  };
}

/** Quotes are in adjusted prices: a sleeve that puts them beside others would see a leap on the last day. */
function refusePrices({ sleeves }: PortfolioPolicy, { columns }: PriceTable): BacktestRefused | undefined {
  const mixed = sleeves.find(({ decideOn, options }) => decideOn === 'live-quote' && options.prices === 'split-adjusted');
  const paying = columns.find(({ closes, adjusted }) => closes.some((close, bar) => close !== adjusted[bar]));
  if (mixed === undefined || paying === undefined) return undefined;
  return {
    kind: 'refused',
    code: 'not-in-full-mode',
    detail: `${mixed.name} decides on live quotes beside closes without dividends: those of ${paying.symbol} would not fit each other`,
  };
}

function dueIn({ schedules }: PortfolioPolicy, session: Session, { from }: FullOptions): PortfolioPolicy['schedules'] {
  if (from !== undefined && session.date < from) return [];
  return schedules
    .filter((schedule) => isDue(schedule, session))
    .toSorted((a, b) => slotInstant(a.at, session) - slotInstant(b.at, session));
}

function endOfDay({ date, close, isEarlyClose }: Session): number {
  return isEarlyClose ? close + EARLY_HOURS * HOUR_MS : newYorkInstant(date, END_HOUR, 0);
}

/** From 13:00 to 17:00. */
const EARLY_HOURS = 4;
