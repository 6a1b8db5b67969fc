// Reads a strategy or a portfolio, and prices, and says what would be held on a session.
import type { Sleeve } from '../../shared/contracts/portfolio-policy.ts';
import { commonClassOf } from '../../shared/core/market/asset-calendar.ts';
import { watchedSymbols } from '../../shared/core/strategy/evaluate.ts';
import { adjustmentOf } from '../../shared/workflow/read-history.ts';
import type { Output } from '../output.ts';
import { alpacaKeys } from './alpaca-keys.ts';
import { alpacaPrices, dataUrlOption, type Feed, seenUntil } from './alpaca-prices.ts';
import { asOfForBroker, asOfForFiles, refuseClosedDay } from './as-of.ts';
import { filePrices } from './file-prices.ts';
import { sayPortfolio } from './say-portfolio.ts';
import { type Asked, sayStrategy } from './say-strategy.ts';
import { named } from './signal-prices.ts';
import { readSubject } from './subject.ts';

export interface SignalOptions {
  readonly prices?: readonly string[];
  readonly asOf?: string;
  readonly explain?: true;
  readonly dataUrl: string;
  readonly feed: Feed;
}

/** @throws CommandFailure: exit 2 for input that cannot be used, exit 1 where Alpaca refuses or the decision is undefined. */
export async function runSignal(file: string, options: SignalOptions, output: Output): Promise<void> {
  const { ask, asOf } = priceSource(options, output);
  const subject = await readSubject(file);
  const strategies = subject.kind === 'strategy' ? [subject] : subject.policy.sleeves;
  const symbols = [...new Set(strategies.flatMap(({ strategy }) => watchedSymbols(strategy)))].sort();
  // A portfolio trades at the exchange, whatever it watches.
  const calendar = subject.kind === 'strategy' && options.prices !== undefined ? commonClassOf(symbols) : 'equities';
  refuseClosedDay(asOf.date, calendar);
  const prices = await ask(strategies, symbols);
  const asked: Asked = { asOf, prices, calendar, isExplained: options.explain === true };
  if (prices.source.kind === 'alpaca' && prices.source.unknown.length > 0) {
    const { host, unknown } = prices.source;
    output.note(`${host} has no bars of ${named(unknown)} from ${prices.anchor} to ${asOf.date}: does it know them?`);
  }
  if (subject.kind === 'strategy') sayStrategy(subject, asked, output);
  else sayPortfolio(subject.policy, asked, output);
}

interface Source {
  readonly asOf: Asked['asOf'];
  readonly ask: (strategies: readonly Pick<Sleeve, 'strategy' | 'options'>[], symbols: readonly string[]) => Promise<Asked['prices']>;
}

/** All that is wrong with the options is said before anything is read. */
function priceSource({ prices: folders, asOf: text, dataUrl, feed }: SignalOptions, output: Output): Source {
  if (folders !== undefined) {
    const asOf = asOfForFiles(text);
    return { asOf, ask: async (strategies, symbols) => filePrices(folders, symbols, asOf.date, adjustmentOf(strategies)) };
  }
  const access = { keys: alpacaKeys(process.env), dataUrl: dataUrlOption(dataUrl), feed };
  const asOf = asOfForBroker(text, seenUntil(feed, Date.now()));
  return { asOf, ask: (strategies, symbols) => alpacaPrices(strategies, symbols, asOf.date, access, output) };
}
