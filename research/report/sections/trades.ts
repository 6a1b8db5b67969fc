// The latest trades, and how many there were. All of them are in the files that --out writes.
import { dataTable } from '../data-table.ts';
import { count, counted, dollars, plain } from '../figure-text.ts';
import { html } from '../html.ts';
import type { Sheet } from '../sheet.ts';
import { lead, type Section } from './section.ts';

const SHOWN_MAX = 100;

export function tradesSection({ result: { trades, symbols, dates, start, rebalances, runs, refused, skipped } }: Sheet): Section {
  const all = trades.bar.length;
  const shown = Math.min(all, SHOWN_MAX);
  const places = Array.from({ length: shown }, (_, at) => all - 1 - at);
  const wanted = [
    `${counted(runs, 'run')}, ${counted(rebalances.length, 'rebalance')}, ${counted(all, 'trade')}`,
    ...(refused.length === 0 ? [] : [`${counted(refused.length, 'run')} refused`]),
    ...(skipped.length === 0 ? [] : [`${counted(skipped.length, 'trade')} wanted and not made, or in part`]),
  ].join('; ');
  const which = all > shown ? ` The latest ${shown} of ${count(all)} are shown; --out writes all of them.` : '';
  const costOf = (place: number): number =>
    [trades.commission, trades.spread, trades.impact, trades.fees].reduce((sum, column) => sum + (column[place] as number), 0);
  const table = dataTable({
    caption: all > shown ? `The latest ${shown} of ${count(all)} trades, newest first` : 'Trades, newest first',
    heads: ['Date', 'Symbol', 'Side', 'Units', 'Price', 'Value', 'Costs'],
    texts: [1, 2],
    rows: places.map((place) => {
      const bar = trades.bar[place] as number;
      const units = trades.units[place] as number;
      return [
        bar < 0 ? start.date : (dates[bar] as string),
        symbols[trades.symbol[place] as number] as string,
        units < 0 ? 'sell' : 'buy',
        plain(Math.abs(units), 3),
        dollars(trades.price[place], 2),
        dollars(trades.notional[place], 2),
        dollars(costOf(place), 2),
      ];
    }),
  });
  return {
    id: 'trades',
    word: 'Trades',
    title: 'Trades',
    body: html`${lead(`${wanted}.${which}`)}${all === 0 ? null : html`<div class="tall">${table}</div>`}`,
  };
}
