// Under which conventions the figures hold, so that whoever compares them knows what to set.
import type { BacktestOptions } from '../../backtest/backtest-options.ts';
import { decidesOn } from '../../backtest/run-days.ts';
import { dataTable } from '../data-table.ts';
import { percent, plain } from '../figure-text.ts';
import { html } from '../html.ts';
import type { TearSheetExtras } from '../report-inputs.ts';
import type { Sheet } from '../sheet.ts';
import type { Section } from './section.ts';

export function conventionsSection({ extras: { options, file, version, prices, sleeves }, dates, metrics, benchmark }: Sheet): Section {
  const { costs } = options;
  const rows: (readonly [string, string])[] = [
    ['file', file],
    ['program', `evenkeel ${version}, backtest on columns`],
    ['bars', `${dates[1] ?? dates[0]} to ${dates.at(-1)}, from the close of ${dates[0]}; ${plain(metrics.barsAYear, 1)} a year`],
    ['prices', `${prices.columns.length} symbols from ${prices.anchor}`],
    ['filled', filledText(options, sleeves)],
    ['cash earns', cashText(options)],
    ['dividends', options.dividends],
    ['weights', options.weights],
    ['settlement', options.settlement ?? 'as the file says'],
    ['half the spread', `${costs.halfSpreadBps} bps`],
    ['commission', `${costs.commissionBps} bps`],
    ['impact', `${costs.impact} · σ · √(Q / ADV)`],
    ['fees of regulators', costs.fees === 'dated' ? 'by trade date' : 'none'],
    ['borrowing', `${costs.borrowBps} bps a year`],
    ['slippage', `${costs.slippage}×`],
    ...(benchmark === undefined ? [] : [['benchmark', `${benchmark.symbol}, held throughout, with dividends, without costs`] as const]),
  ];
  return {
    id: 'conventions',
    word: 'Method',
    title: 'How it was reckoned',
    body: html`${dataTable({ caption: 'Conventions', heads: ['Convention', 'As it was set'], texts: [1], rows })}`,
  };
}

function filledText({ fill }: BacktestOptions, sleeves: TearSheetExtras['sleeves']): string {
  if (fill !== undefined) return fill;
  const isSameClose = sleeves.some((sleeve) => decidesOn(sleeve, fill) === 'same-day');
  return isSameClose ? 'as the file says: at the close that was decided on' : 'as the file says: in the session after';
}

function cashText({ cash }: BacktestOptions): string {
  return cash.kind === 'annual' ? `${percent(cash.rate)} a year` : `a rate each day, ${cash.dates[0]} to ${cash.dates.at(-1)}`;
}
