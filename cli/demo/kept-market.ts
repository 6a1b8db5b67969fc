// The portfolio and the prices of a demo, as they were when it began, for a command that comes to its state later.
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import type { DailySeries } from '../../shared/core/market/bar.ts';
import type { PortfolioSource } from '../../shared/ports/portfolios.ts';
import { pricedSymbols } from '../../shared/workflow/take-snapshot.ts';
import { CommandFailure } from '../failure.ts';
import { readPrices } from '../price-folders.ts';
import { readDemoMarket } from './market-file.ts';
import { readVegaPrices } from './vega-prices.ts';

export interface KeptMarket {
  readonly source: PortfolioSource;
  readonly series: readonly DailySeries[];
  readonly seed: number;
  readonly spreadBps: number;
}

/** @throws CommandFailure, exit 2, when another release made the demo, or its prices are gone. */
export function keptMarket(folder: string): KeptMarket {
  const market = readDemoMarket(folder);
  if (market === undefined) {
    const message = `${folder} does not say what prices it traded at: another release made it; say the same demo command again, then this`;
    throw new CommandFailure('no-market', message, { exitCode: 2 });
  }
  const { portfolioFile, prices, seed, spreadBps } = market;
  const file = parsePortfolioFile(portfolioFile, 'the portfolio file of the demo');
  if (file.kind === 'refused')
    throw new CommandFailure('bad-portfolio', 'the portfolio file of the demo is refused', { exitCode: 2, problems: file.problems });
  const symbols = pricedSymbols(file.policy);
  const series = prices.length === 0 ? readVegaPrices().filter(({ symbol }) => symbols.includes(symbol)) : readPrices(prices, symbols);
  return { source: { text: file.text, policy: file.policy }, series, seed, spreadBps };
}
