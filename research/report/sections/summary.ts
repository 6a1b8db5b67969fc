// What came of it at one look: the main figures, then plain sentences.
import { dollars, percent, plain, signedPercent, smallPercent } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import { readingOf } from '../reading.ts';
import type { Sheet } from '../sheet.ts';
import type { Section } from './section.ts';

interface Tile {
  readonly name: string;
  readonly value: string;
  readonly beside: string | undefined;
}

export function summarySection(sheet: Sheet): Section {
  const body = html`<dl class="tiles">${tilesOf(sheet).map(tileMarkup)}</dl>
<div class="reading">${readingOf(sheet).map((sentence) => html`<p>${sentence}</p>`)}</div>
`;
  return { id: 'summary', word: 'Summary', title: 'Summary', body };
}

function tilesOf({ metrics, equity, benchmark }: Sheet): readonly Tile[] {
  const theirs = metrics.benchmark;
  const beside = (text: (of: NonNullable<typeof theirs>) => string): string | undefined =>
    benchmark === undefined || theirs === null ? undefined : `${benchmark.symbol} ${text(theirs)}`;
  return [
    { name: 'Return a year (CAGR)', value: signedPercent(metrics.cagr, 1), beside: beside(({ cagr }) => signedPercent(cagr, 1)) },
    { name: 'Volatility a year', value: percent(metrics.volatility, 1), beside: beside(({ volatility }) => percent(volatility, 1)) },
    { name: 'Sharpe ratio', value: plain(metrics.sharpe), beside: beside(({ sharpe }) => plain(sharpe)) },
    { name: 'Largest fall', value: percent(metrics.maxDrawdown, 1), beside: beside(({ maxDrawdown }) => percent(maxDrawdown, 1)) },
    {
      name: 'Equity at the end',
      value: dollars(equity.at(-1) as number),
      beside: benchmark === undefined ? undefined : `${benchmark.symbol} ${dollars(benchmark.equity.at(-1) as number)}`,
    },
    { name: 'Turnover a year', value: percent(metrics.turnover, 0), beside: 'one-way' },
    { name: 'Costs a year', value: smallPercent(metrics.costs), beside: 'of the equity' },
    { name: 'Months that gained', value: percent(metrics.winningMonths, 0), beside: undefined },
  ];
}

function tileMarkup({ name, value, beside }: Tile): Html {
  return html`<div class="tile"><dt>${name}</dt><dd class="value">${value}</dd>${beside === undefined ? null : html`<dd class="beside">${beside}</dd>`}</div>
`;
}
