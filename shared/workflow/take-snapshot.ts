// Everything that the decision will be made of, read once and fresh, or the reason why no decision may be made.
import type { Snapshot } from '../contracts/artifacts.ts';
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import type { Ledger } from '../core/ledger/ledger.ts';
import type { Claim } from '../core/ledger/reconcile.ts';
import { lockedShares, unsettledProceeds } from '../core/ledger/settling.ts';
import type { Session } from '../core/market/calendar.ts';
import { disagreement } from '../core/market/calendar-agreement.ts';
import { previousSession, sessionsBetween } from '../core/market/nyse-calendar.ts';
import { settlementDate } from '../core/market/settlement.ts';
import { settlementRuleOf } from '../core/portfolio/cash-settlement.ts';
import type { Account } from '../core/portfolio/portfolio.ts';
import { closesForLimits } from '../core/risk/history-needed.ts';
import { remembersPast, symbolsOf, watchedSymbols } from '../core/strategy/evaluate.ts';
import { exitAnchor } from '../core/strategy/exits/exit-anchor.ts';
import { remembersTurns } from '../core/strategy/take-turn.ts';
import type { RunId } from '../core/values/identity.ts';
import { addDays, type NewYorkDate } from '../core/values/time.ts';
import type { PortfolioSource } from '../ports/portfolios.ts';
import { clearLive } from './clear-live.ts';
import { breakerBeforeRun } from './follow-breaker.ts';
import { lookAtUnowned } from './look-at-unowned.ts';
import { readPriorStates } from './prior-states.ts';
import { adjustmentOf, historyOf, readBars, readForLimits } from './read-history.ts';
import { readToday } from './read-today.ts';
import { reconcileBeforeRun } from './reconcile-before-run.ts';
import { type Refusal, refused } from './refusals.ts';
import { VOLATILITY_SESSIONS, volatilitiesOf } from './volatilities.ts';
import type { RunPorts } from './world.ts';

export async function takeSnapshot(runId: RunId, source: PortfolioSource, session: Session, ports: RunPorts): Promise<Snapshot | Refusal> {
  const { policy } = source;
  const cleared = clearLive(source);
  if (cleared.kind === 'refused') return cleared;
  const calendar = await compareCalendars(session, ports);
  if (calendar !== undefined) return calendar;

  const account = await ports.broker.account();
  const expected = policy.account.number;
  if (expected !== undefined && expected !== account.accountNumber) {
    return refused('account-mismatch', `the portfolio file names account ${expected}, the broker answers ${account.accountNumber}`);
  }

  const named = portfolioSymbols(policy);
  const openOrders = await ports.broker.openOrders();
  const strays = openOrders.filter(({ symbol }) => named.includes(symbol));
  if (strays.length > 0)
    return refused('open-orders', strays.map(({ clientOrderId, symbol, side }) => `${side} ${symbol} (${clientOrderId})`).join(', '));

  const unowned = await lookAtUnowned(policy, named, openOrders, ports.broker);
  const sold = unowned.flatMap(({ symbol, kept }) => (kept === undefined ? [symbol] : []));
  // From here on what is to be sold is the portfolio's: counted, traded and held against the ledger like the rest.
  const symbols = [...named, ...sold].sort();
  const claim = claimOf(policy);
  const reconciled = await reconcileBeforeRun({ ...claim, symbols }, account.accountNumber, ports);
  if (reconciled.kind === 'refused') return reconciled;

  const breaker = await breakerBeforeRun(policy.name, session, policy.limits.breaker, ports);
  const historyAsOf = previousSession(session.date).date;
  const closes = closesForLimits(policy.limits, policy.execution.slicing !== undefined);
  const priorStates = await readPriorStates(runId, policy, session.date, ports);
  const quoted = [...new Set([...quotedSymbols(policy), ...sold])].sort();
  const [assets, quotes, bars, today, recent] = await Promise.all([
    ports.broker.assets(symbols),
    ports.marketData.latestQuotes(quoted),
    readBars(pricedSymbols(policy), policy.sleeves, historyAsOf, ports.marketData, anchorsOf(policy, priorStates), VOLATILITY_SESSIONS),
    readToday(runId, policy.name, policy.schedules.length, session, ports),
    closes === 0 ? undefined : readForLimits(symbols, closes, adjustmentOf(policy.sleeves), historyAsOf, ports.marketData),
  ]);
  const unknown = symbols.filter((symbol) => !assets.some((asset) => asset.symbol === symbol));
  if (unknown.length > 0) return refused('unknown-symbol', unknown.join(', '));

  return {
    kind: 'snapshot',
    runId,
    asOf: ports.clock.now(),
    portfolioFile: source.text,
    account,
    positions: [...reconciled.positions],
    reconciliation: reconciled.reconciliation,
    ...settlementOf(policy, account, reconciled.ledger, session.date),
    ...(reconciled.ledger.uninvested === undefined ? {} : { uninvested: reconciled.ledger.uninvested }),
    ...(unowned.length === 0 ? {} : { unowned: [...unowned] }),
    quotes: quoted.flatMap((symbol) => quotes.get(symbol) ?? []),
    assets: symbols.flatMap((symbol) => assets.find((asset) => asset.symbol === symbol) ?? []),
    historyAsOf,
    history: historyOf(
      bars,
      policy.sleeves.map(({ strategy }) => strategy),
    ),
    volatilities: volatilitiesOf(bars, historyAsOf),
    ...(cleared.clearance === undefined ? {} : { clearance: cleared.clearance }),
    ...(priorStates === undefined ? {} : { priorStates }),
    risk: { today: { ...today, worked: [...today.worked] }, breaker, ...(recent === undefined ? {} : { history: recent }) },
  };
}

/** The account was read before the ledger: a sale in between is taken off cash that does not hold it yet, never the other way. */
function settlementOf(
  policy: PortfolioPolicy,
  account: Account,
  { settling = [] }: Ledger,
  asOf: NewYorkDate,
): Pick<Snapshot, 'settlement'> {
  const rule = settlementRuleOf(policy.settlement, account);
  if (rule === 'broker') return {};
  const unsettledCash = unsettledProceeds(settling, asOf);
  return { settlement: { rule, settledCash: account.cash - unsettledCash, unsettledCash, locked: lockedShares(settling, asOf) } };
}

/** What the ledger of a portfolio is held against. */
export function claimOf(policy: PortfolioPolicy): Claim {
  return {
    portfolio: policy.name,
    symbols: portfolioSymbols(policy),
    adoptsUnowned: policy.unowned !== undefined && policy.unowned !== 'leave',
  };
}

/** Every symbol that any sleeve may hold, ascending. */
export function portfolioSymbols(policy: PortfolioPolicy): readonly string[] {
  return [...new Set(policy.sleeves.flatMap(({ strategy }) => symbolsOf(strategy)))].sort();
}

/** Every symbol whose prices are needed: those that may be held, and those that are only looked at. Ascending. */
export function pricedSymbols(policy: PortfolioPolicy): readonly string[] {
  return [...new Set(policy.sleeves.flatMap(({ strategy }) => watchedSymbols(strategy)))].sort();
}

/** Every symbol whose quote is needed: those that may be held, and those on whose quotes a sleeve decides. Ascending. */
function quotedSymbols(policy: PortfolioPolicy): readonly string[] {
  const ofSleeves = policy.sleeves.flatMap(({ strategy, decideOn }) =>
    decideOn === 'live-quote' ? watchedSymbols(strategy) : symbolsOf(strategy),
  );
  return [...new Set(ofSleeves)].sort();
}

/** A symbol without a close in the session of a rebalance is valued by the last one before it. */
const CLOSE_DAYS_BEFORE = 7;

/** How far back the sleeves need to see beside what their strategies look back on. */
function anchorsOf({ sleeves }: PortfolioPolicy, priorStates: Snapshot['priorStates']): { readonly anchor: NewYorkDate }[] {
  return sleeves.flatMap(({ name, strategy, rebalance, exits }) => {
    const state = priorStates?.[name];
    if (state === undefined) return [];
    const last = remembersTurns(rebalance, strategy) ? state.rebalanced?.on : undefined;
    const held = exits === undefined || state.exits === undefined ? undefined : exitAnchor(state.exits);
    return [
      ...(remembersPast(strategy) ? [{ anchor: state.anchor }] : []),
      ...(last === undefined ? [] : [{ anchor: addDays(last, -CLOSE_DAYS_BEFORE) }]),
      ...(held === undefined ? [] : [{ anchor: held }]),
    ];
  });
}

/** The broker is asked too: a calendar that is disputed counts as closed. */
async function compareCalendars(session: Session, { broker }: RunPorts): Promise<Refusal | undefined> {
  const settles = settlementDate(session.date);
  const found = disagreement(sessionsBetween(session.date, settles), await broker.calendar(session.date, settles), session.date);
  if (found === undefined) return undefined;
  return refused('calendar-disagrees', `on ${found.date} ours says ${found.ours}, the broker's ${found.brokers}`);
}
