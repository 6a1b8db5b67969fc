// A preview for people, on eighty columns.
import { overrideText } from '../../shared/contracts/hypothesis/override-text.ts';
import type { Output } from '../output.ts';
import { clockText } from '../records/clock-text.ts';
import { dollarsText, figuresText, percentText } from '../records/money-text.ts';
import { textTable } from '../text-table.ts';
import { wrappedText } from '../wrapped-text.ts';
import type { PreviewDocument } from './preview-document.ts';

type Colors = Output['colors'];

export function previewText(preview: PreviewDocument, colors: Colors): string {
  const { bold, yellow, red } = colors;
  const { portfolio, override, refusals, remarks, trades, lines } = preview;
  // What is inside its band stands in the table.
  const skipped = preview.skipped.filter(({ code }) => code !== 'inside-band');
  return [
    `${bold(portfolio)}  ${outcomeText(preview, colors)}`,
    whenText(preview),
    ...(override === undefined ? [] : [red(wrappedText('', overrideText(override)))]),
    ...refusals.map(({ code, detail }) => red(wrappedText('refused  ', `${code}: ${detail}`))),
    ...(lines.length === 0 ? [] : [linesTable(preview, colors)]),
    ...(trades.length === 0 ? [] : [tradesTable(preview, colors)]),
    ...(skipped.length === 0
      ? []
      : [
          `${bold('Not planned')}\n${skipped.map(({ symbol, code, figures }) => wrappedText(`${symbol.padEnd(6)}  `, withFigures(code, figures))).join('\n')}`,
        ]),
    ...(remarks.length === 0
      ? []
      : [yellow(remarks.map(({ code, figures }) => wrappedText('remark  ', withFigures(code, figures))).join('\n'))]),
    'Nothing was claimed, written or sent.',
  ].join('\n\n');
}

function outcomeText({ outcome, detail, trades }: PreviewDocument, { green, yellow, red }: Colors): string {
  if (outcome === 'would-be-refused') return red('a run would be refused');
  if (outcome === 'nothing-to-trade') return green(`nothing to trade: ${detail}`);
  return yellow(`would trade: ${trades.length} ${trades.length === 1 ? 'order' : 'orders'}`);
}

function whenText({ asOf, session, prices, schedule, equity, cash, capital }: PreviewDocument): string {
  const at = `${clockText(Date.parse(asOf))} New York`;
  const worth = equity === null || cash === null ? '' : `\nequity ${dollarsText(equity)}, cash ${dollarsText(cash)}`;
  const when =
    prices === 'quotes'
      ? wrappedText('', `As of ${at}, by quotes, with the band of the schedule ${schedule}.`)
      : wrappedText(
          '',
          `As of ${at}, while the exchange is closed: by the last closes, for the session of ${session}, with the band of the schedule ${schedule}. Prices will be others by then.`,
        );
  const step = capital === undefined ? '' : `\ncapital ${capital} of the account; the rest stays in cash`;
  return `${when}${worth}${step}`;
}

function linesTable({ lines }: PreviewDocument, { bold, yellow }: Colors): string {
  const rows = lines.map(({ symbol, held, value, weight, target, drift, isInside }) => [
    symbol,
    held ?? '',
    dollarsText(value),
    percentText(weight),
    percentText(target),
    isInside ? percentText(drift) : yellow(percentText(drift)),
    isInside ? 'inside' : 'outside',
  ]);
  return textTable(['symbol', 'held', 'value', 'weight', 'target', 'drift', 'band'], rows, { left: [0, 6], header: bold });
}

function tradesTable({ trades }: PreviewDocument, { bold }: Colors): string {
  const rows = trades.map(({ symbol, side, isShort, quantity, arrival, notional }) => [
    isShort ? (side === 'sell' ? 'sell short' : 'cover') : side,
    symbol,
    quantity,
    arrival,
    dollarsText(notional),
  ]);
  return textTable(['would', 'symbol', 'shares', 'mid', 'dollars'], rows, { left: [0, 1], header: bold });
}

function withFigures(code: string, figures: Readonly<Record<string, string>>): string {
  const text = figuresText(figures);
  return text === '' ? code : `${code} (${text})`;
}
