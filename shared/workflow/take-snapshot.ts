// Everything that the decision will be made of, read once and fresh, or the reason why no decision may be made.
import type { Snapshot } from '../contracts/artifacts.ts';
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import type { Session } from '../core/market/calendar.ts';
import { disagreement } from '../core/market/calendar-agreement.ts';
import { previousSession, sessionsBetween } from '../core/market/nyse-calendar.ts';
import { settlementDate } from '../core/market/settlement.ts';
import { symbolsOf, watchedSymbols } from '../core/strategy/evaluate.ts';
import type { RunId } from '../core/values/identity.ts';
import type { PortfolioSource } from '../ports/portfolios.ts';
import { readPriorStates } from './prior-states.ts';
import { historyOf, readBars } from './read-history.ts';
import { type Refusal, refused } from './refusals.ts';
import { VOLATILITY_SESSIONS, volatilitiesOf } from './volatilities.ts';
import type { RunPorts } from './world.ts';

export async function takeSnapshot(runId: RunId, source: PortfolioSource, session: Session, ports: RunPorts): Promise<Snapshot | Refusal> {
  const { policy } = source;
  const calendar = await compareCalendars(session, ports);
  if (calendar !== undefined) return calendar;

  const account = await ports.broker.account();
  const expected = policy.account.number;
  if (expected !== undefined && expected !== account.accountNumber) {
    return refused('account-mismatch', `the portfolio file names account ${expected}, the broker answers ${account.accountNumber}`);
  }

  const symbols = portfolioSymbols(policy);
  const strays = (await ports.broker.openOrders()).filter(({ symbol }) => symbols.includes(symbol));
  if (strays.length > 0)
    return refused('open-orders', strays.map(({ clientOrderId, symbol, side }) => `${side} ${symbol} (${clientOrderId})`).join(', '));

  const historyAsOf = previousSession(session.date).date;
  const priorStates = await readPriorStates(runId, policy, historyAsOf, ports);
  const [positions, assets, quotes, bars] = await Promise.all([
    ports.broker.positions(),
    ports.broker.assets(symbols),
    ports.marketData.latestQuotes(symbols),
    readBars(pricedSymbols(policy), policy.sleeves, historyAsOf, ports.marketData, Object.values(priorStates ?? {}), VOLATILITY_SESSIONS),
  ]);
  const unknown = symbols.filter((symbol) => !assets.some((asset) => asset.symbol === symbol));
  if (unknown.length > 0) return refused('unknown-symbol', unknown.join(', '));

  return {
    kind: 'snapshot',
    runId,
    asOf: ports.clock.now(),
    portfolioFile: source.text,
    account,
    positions: [...positions],
    quotes: symbols.flatMap((symbol) => quotes.get(symbol) ?? []),
    assets: symbols.flatMap((symbol) => assets.find((asset) => asset.symbol === symbol) ?? []),
    historyAsOf,
    history: historyOf(
      bars,
      policy.sleeves.map(({ strategy }) => strategy),
    ),
    volatilities: volatilitiesOf(bars, historyAsOf),
    ...(priorStates === undefined ? {} : { priorStates }),
  };
}

/** Every symbol that any sleeve may hold, ascending. */
export function portfolioSymbols(policy: PortfolioPolicy): readonly string[] {
  return [...new Set(policy.sleeves.flatMap(({ strategy }) => symbolsOf(strategy)))].sort();
}

/** Every symbol whose prices are needed: those that may be held, and those that are only looked at. Ascending. */
export function pricedSymbols(policy: PortfolioPolicy): readonly string[] {
  return [...new Set([...portfolioSymbols(policy), ...policy.sleeves.flatMap(({ strategy }) => watchedSymbols(strategy))])].sort();
}

/** The broker is asked too: a calendar that is disputed counts as closed. */
async function compareCalendars(session: Session, { broker }: RunPorts): Promise<Refusal | undefined> {
  const settles = settlementDate(session.date);
  const found = disagreement(sessionsBetween(session.date, settles), await broker.calendar(session.date, settles), session.date);
  if (found === undefined) return undefined;
  return refused('calendar-disagrees', `on ${found.date} ours says ${found.ours}, the broker's ${found.brokers}`);
}
