// The accounts of the portfolios: whether the broker answers with their keys, and how old its prices are.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { newYorkDate } from '../../shared/core/market/new-york-time.ts';
import { sessionOn } from '../../shared/core/market/nyse-calendar.ts';
import { formatUsd } from '../../shared/core/values/money.ts';
import { type EpochMs, MINUTE_MS } from '../../shared/core/values/time.ts';
import type { Broker } from '../../shared/ports/broker.ts';
import type { MarketData } from '../../shared/ports/market-data.ts';
import { pricedSymbols } from '../../shared/workflow/take-snapshot.ts';
import { dollarsText } from '../records/money-text.ts';
import { type Finding, good, type Probe } from './health.ts';

export interface AccountPorts {
  readonly broker: Pick<Broker, 'account'>;
  readonly marketData: Pick<MarketData, 'latestQuotes'>;
}

/** In an open market the feed of a liquid symbol has a quote every few seconds. */
const QUOTE_AGE_MS_MAX = 15 * MINUTE_MS;

export function brokerProbe(account: string, broker: AccountPorts['broker'], number?: string): Probe {
  return {
    part: `broker ${account}`,
    look: async () => {
      const { accountNumber, equity, isBlocked } = await broker.account();
      if (isBlocked) return { state: 'bad', detail: `account ${accountNumber} is blocked` };
      if (number !== undefined && number !== accountNumber) {
        return { state: 'bad', detail: `the keys are of account ${accountNumber}, and the file names another` };
      }
      return good(`account ${accountNumber} answers, worth ${dollarsText(formatUsd(equity))} USD`);
    },
  };
}

export function dataProbe(policy: PortfolioPolicy, marketData: AccountPorts['marketData'], now: () => EpochMs): Probe {
  return {
    part: `prices ${policy.account.name}`,
    look: async () => {
      const [symbol] = pricedSymbols(policy);
      if (symbol === undefined) return good('no symbol to ask for');
      const quote = (await marketData.latestQuotes([symbol])).get(symbol);
      return quote === undefined ? { state: 'odd', detail: `no quote of ${symbol}` } : freshness(symbol, now() - quote.at, now());
    },
  };
}

/** Outside a session every quote is old, and that says nothing. */
function freshness(symbol: string, ageMs: number, now: EpochMs): Finding {
  const session = sessionOn(newYorkDate(now));
  const isOpen = session !== undefined && now >= session.open && now < session.close;
  const age = `the quote of ${symbol} is ${ageText(ageMs)} old`;
  if (!isOpen) return good(`${age}; the market is closed`);
  return ageMs > QUOTE_AGE_MS_MAX ? { state: 'odd', detail: `${age}, in an open market` } : good(age);
}

function ageText(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE_MS));
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
