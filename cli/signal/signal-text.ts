// Weights, and where asked for the steps that led to them, for a person.
import type { Trace } from '../../shared/core/strategy/evaluator/trace.ts';
import type { ExitState } from '../../shared/core/strategy/exits/exit-memory.ts';
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';
import { visibleText } from '../visible-text.ts';
import type { AsOf } from './as-of.ts';
import { exitsText } from './exits-text.ts';
import type { TimingDocument } from './signal-document.ts';
import type { SignalPrices } from './signal-prices.ts';
import { traceText } from './trace-text.ts';

type Colors = Output['colors'];

/** What was asked of, on which session, and by whose prices. */
export function titleText(name: string, asOf: AsOf, { anchor, source }: SignalPrices, colors: Colors): string {
  const title = `${colors.bold(visibleText(name))} at the close of ${asOf.date}${asOf.isLatest ? ', the last finished session' : ''}`;
  if (source.kind === 'files') return title;
  return `${title}\n${colors.dim(`prices of ${source.host}, feed ${source.feed}, from ${anchor} on`)}`;
}

/** When a run trades what was decided here. */
export function timingText({ decideOn, tradedOn }: TimingDocument): string {
  const when = tradedOn === null ? 'after the calendar ends' : `on ${tradedOn}`;
  return decideOn === 'live-quote' ? `decided on live quotes and traded ${when}` : `decided on closes and traded ${when}`;
}

/** One strategy's own weights, and why where that is explained. */
export function decisionText(
  { isExplained, exits, ...decision }: Trace & { isExplained: boolean; exits: ExitState | undefined },
  prices: SignalPrices,
  colors: Colors,
): string {
  const { weights, cash } = decision;
  const table = weights === null ? 'no weights: something on the taken path is undefined' : weightsText(weights, cash ?? 0, colors);
  if (!isExplained) return table;
  const ended = exits === undefined ? '' : `\n\n${exitsText(exits, prices.anchor, colors)}`;
  return `${table}\n\n${colors.bold('Why')} ${colors.dim(`(prices are ${closesText(prices)})`)}\n${traceText(decision, colors)}${ended}`;
}

function closesText({ source, adjustment }: SignalPrices): string {
  if (source.kind === 'alpaca') return adjustment === 'adjusted' ? 'adjusted closes' : 'closes adjusted for splits alone';
  return adjustment === 'adjusted'
    ? 'adjusted closes where the files have them'
    : 'closes as the files have them, dividends not counted back';
}

/** @param weights shares of one. */
export function weightsText(weights: Readonly<Record<string, number>>, cash: number, colors: Colors): string {
  const rows = Object.entries(weights).map(([symbol, weight]) => [symbol, percentOf(weight)]);
  return textTable(['symbol', 'weight'], [...rows, ['cash', percentOf(cash)]], { left: [0], header: colors.dim });
}

function percentOf(weight: number): string {
  return `${(weight * 100).toFixed(2)}%`;
}
