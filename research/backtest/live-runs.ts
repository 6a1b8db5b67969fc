// Every run of a subject in its order: what its sleeves decide, what of it is traded, what is refused. A run that is refused
// leaves no trace in what the next decision goes on from, as a real one leaves none.

import type { FeeType } from '../../shared/core/ledger/fee-table.ts';
import type { StrategyState } from '../../shared/core/strategy/state.ts';
import { isInPeriodOf } from '../../shared/core/strategy/take-turn.ts';
import { isForcing } from '../../shared/core/strategy/turn.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { toFraction } from '../../shared/core/values/weight.ts';
import { type Account, openAccount } from './account.ts';
import type { BacktestOptions } from './backtest-options.ts';
import type { BacktestRefused, Rebalance, RefusedRun, SkippedTrade } from './backtest-result.ts';
import { type DecidedRun, decideRun, type OpenSleeve } from './decide-run.ts';
import type { Market } from './market.ts';
import type { PriceTable } from './price-table.ts';
import { rebalanceAccount } from './rebalance-account.ts';
import { decidesOn, type RunDay } from './run-days.ts';
import type { DecisionsOf } from './sleeve-decisions.ts';
import type { Subject } from './subject.ts';
import type { SubjectColumns } from './subject-columns.ts';
import { writeTargets } from './target-columns.ts';
import { tradeCosts } from './trade-costs.ts';
import { openTradeLog, type TradeLog } from './trade-log.ts';
import { unsettledCash } from './unsettled-cash.ts';

export interface RunsWorld {
  readonly subject: Subject;
  readonly market: Market;
  readonly held: SubjectColumns;
  readonly runs: readonly RunDay[];
  /** The last day that is lived through. */
  readonly until: number;
  readonly rates: Float64Array;
  readonly options: BacktestOptions;
  readonly decisionsOf: DecisionsOf;
}

/** In days of the table. */
export interface LivedRuns {
  readonly kind: 'lived';
  readonly start: number;
  readonly until: number;
  readonly account: Pick<Account, 'equity' | 'cashOn' | 'gross' | 'earned' | 'paid'>;
  readonly rates: Float64Array;
  readonly log: TradeLog;
  readonly changes: readonly { readonly day: number; readonly units: Float64Array }[];
  readonly rebalances: readonly (Omit<Rebalance, 'bar'> & { readonly day: number; readonly isFirstFunding: boolean })[];
  readonly runs: number;
  readonly refused: readonly RefusedRun[];
  readonly skipped: readonly SkippedTrade[];
  readonly unpriced: Readonly<Record<FeeType, number>>;
  readonly withoutImpact: number;
}

export function liveRuns({ subject, market, held, runs, until, rates, options, decisionsOf }: RunsWorld): LivedRuns | BacktestRefused {
  const { dates } = market.table;
  const sleeves = subject.sleeves.map(
    (sleeve): OpenSleeve => ({
      sleeve,
      lag: decidesOn(sleeve, options.fill) === 'same-day' ? 0 : 1,
      decisions: decisionsOf(sleeve, market),
    }),
  );
  const costs = tradeCosts(options.costs, dates);
  const log = openTradeLog();
  const refused: RefusedRun[] = [];
  const skipped: SkippedTrade[] = [];
  const rebalances: LivedRuns['rebalances'][number][] = [];
  const changes: LivedRuns['changes'][number][] = [];
  const targets = new Float64Array(held.symbols.length);
  const { symbols, columns, placeOf } = held;
  const unsettled = (options.settlement ?? subject.settlement) === 'settled-only' ? { unsettled: unsettledCash() } : {};
  let states: ReadonlyMap<string, StrategyState> = new Map();
  let begun: { readonly start: number; readonly account: Account } | undefined;
  let isComplete = false;
  let count = 0;
  let undefinedBefore: RefusedRun | undefined;

  for (const run of runs) {
    const { day, fillAt } = run;
    const date = dates[day] as NewYorkDate;
    const first = fillAt === 'close' ? day : day - 1;
    if (first < 0 || sleeves.some(({ lag }) => day < lag)) continue;
    if (begun !== undefined) count += 1;
    // A strategy alone that waits for its next period moves nothing.
    if (subject.schedules === undefined && isComplete && sleeves.every(({ sleeve }) => isWaiting(sleeve, states.get(sleeve.name), date)))
      continue;

    const account = begun?.account;
    const isHeld = (symbol: string): boolean =>
      account !== undefined && account.units[placeOf.get(symbol) ?? -1] !== 0 && placeOf.has(symbol);
    const decided = decideRun(sleeves, states, day, date, isHeld);
    if (decided.kind === 'refused') {
      undefinedBefore = decided.run;
      // Until its prices reach back far enough, a strategy has not begun.
      if (begun === undefined && options.from === undefined) continue;
    }
    begun ??= { start: first, account: openAccount(first, options.equity, { dates, columns, rates, borrowBps: options.costs.borrowBps }) };
    if (account === undefined) count += 1;
    if (decided.kind === 'refused') {
      refused.push(decided.run);
      continue;
    }
    const { account: open } = begun;
    const isAtRest = subject.schedules === undefined && isComplete && decided.sleeves.every(({ turn }) => turn === 'held');
    if (isAtRest) {
      states = decided.states;
      continue;
    }
    if (fillAt === 'open') {
      open.advance(day - 1);
      open.advanceToOpen(day);
    } else open.advance(day);
    writeTargets(decided.sleeves, subject.cashReserve, options.weights, placeOf, targets);
    const isFirstFunding = open.units.every((units) => units === 0);
    const rebalanced = rebalanceAccount(
      {
        day,
        date,
        fillAt,
        targets,
        cashTarget: 1 - targets.reduce((sum, weight) => sum + weight, 0),
        band: run.band,
        isForced: isForced(decided, isHeld),
      },
      {
        account: open,
        symbols,
        columns,
        costs,
        log,
        minimumTrade: subject.minimumTrade,
        turnoverMax: toFraction(subject.turnoverMax),
        weights: options.weights,
        ...unsettled,
      },
    );
    if (rebalanced === 'no-equity' || 'unpriced' in rebalanced) {
      const why: RefusedRun =
        rebalanced === 'no-equity'
          ? { date, code: 'no-equity', detail: 'cash and positions are worth nothing' }
          : { date, code: 'no-price', detail: `${rebalanced.unpriced} has no close by then` };
      if (account === undefined && options.from === undefined) {
        [begun, count, undefinedBefore] = [undefined, 0, why];
        continue;
      }
      refused.push(why);
      continue;
    }
    states = decided.states;
    isComplete = rebalanced.skipped.length === 0;
    skipped.push(...rebalanced.skipped);
    if (rebalanced.trades === 0) continue;
    const turns = Object.fromEntries(decided.sleeves.map(({ name, turn }) => [name, turn]));
    rebalances.push({ date, day, turns, trades: rebalanced.trades, turnover: rebalanced.turnover, isFirstFunding });
    changes.push({ day, units: open.units.slice() });
  }
  if (begun === undefined) {
    const why =
      undefinedBefore === undefined
        ? noRunDetail(market.table, options)
        : `the last try was on ${undefinedBefore.date}: ${undefinedBefore.detail}`;
    return { kind: 'refused', code: undefinedBefore === undefined ? 'no-bars' : 'never-defined', detail: why };
  }
  if (begun.start >= until) return { kind: 'refused', code: 'no-bars', detail: `there is no bar after ${dates[begun.start]}` };
  begun.account.advance(until);
  return {
    kind: 'lived',
    ...begun,
    ...{ until, rates, log, changes, rebalances, runs: count, refused, skipped },
    unpriced: costs.unpriced,
    withoutImpact: costs.withoutImpact(),
  };
}

/** Which of what was asked for leaves nothing, and what there is. */
export function noRunDetail({ dates, columns }: PriceTable, { from, to }: Pick<BacktestOptions, 'from' | 'to'>): string {
  const asked = [...(from === undefined ? [] : [`--from ${from}`]), ...(to === undefined ? [] : [`--to ${to}`])].join(' and ');
  // A table begins with the first of its symbols; a file can be lived whole from the last of them on.
  const first = columns.map((column) => column.dates[0] as NewYorkDate).reduce((latest, each) => (each > latest ? each : latest));
  return `no run falls ${asked === '' ? 'into its prices' : `into ${asked}`}: all of its symbols have closes from ${first} to ${dates.at(-1)}`;
}

function isWaiting({ rebalance, exits }: OpenSleeve['sleeve'], state: StrategyState | undefined, session: NewYorkDate): boolean {
  return exits === undefined && state?.rebalanced !== undefined && isInPeriodOf(state.rebalanced.on, rebalance, session);
}

/** As in a run: a sleeve without capital forces nothing, and an exit does until the last of it is gone. */
function isForced({ sleeves, states }: Extract<DecidedRun, { kind: 'decided' }>, isHeld: (symbol: string) => boolean): boolean {
  const isTarget = (symbol: string): boolean => sleeves.some(({ targets }) => targets.weights.some((each) => each.symbol === symbol));
  return sleeves.some(({ name, capital, turn, exits, adds }) => {
    if (capital === 0n) return false;
    const ended = Object.entries(states.get(name)?.exits?.symbols ?? {}).filter(([, { kind }]) => kind === 'out');
    return isForcing(turn) || exits.length > 0 || adds.length > 0 || ended.some(([symbol]) => !isTarget(symbol) && isHeld(symbol));
  });
}
