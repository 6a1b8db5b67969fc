// A run for people, on eighty columns.
import { overrideText } from '../../shared/contracts/hypothesis/override-text.ts';
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';
import { visibleText } from '../visible-text.ts';
import { wrappedText } from '../wrapped-text.ts';
import { clockText } from './clock-text.ts';
import { dollarsText, figuresText, percentText } from './money-text.ts';
import type { OrderDocument, RunDocument, ShortfallDocument, TradeDocument } from './run-document.ts';
import type { RunEvent } from './timeline.ts';

type Colors = Output['colors'];

export function runText(run: RunDocument, colors: Colors): string {
  const { bold } = colors;
  // What is inside its band stands in the table.
  const skipped = run.skipped.filter(({ code }) => code !== 'inside-band');
  return [
    [`${bold(run.runId)}  ${phaseText(run, colors)}`, ...clearanceTexts(run, colors)].join('\n'),
    run.timeline.map((event) => eventText(event, colors)).join('\n'),
    ...run.trades.map((trade) => tradeText(trade, colors)),
    ...(skipped.length === 0 ? [] : [`${bold('Not planned')}\n${skippedText(skipped)}`]),
    ...(run.lines.length === 0 ? [] : [linesText(run, colors)]),
    ...(run.unexplained.length === 0 ? [] : [colors.red(`Outside the band without a recorded reason: ${run.unexplained.join(', ')}`)]),
    ...(run.artifacts.length === 0
      ? []
      : [`${bold('Artifacts')}\n${run.artifacts.map(({ kind, hash }) => `${kind.padEnd(10)}${hash}`).join('\n')}`]),
  ].join('\n\n');
}

function clearanceTexts({ clearance }: RunDocument, { dim, red }: Colors): string[] {
  if (clearance === null) return [];
  const { documents, override } = clearance;
  const cleared = Object.entries(documents).map(([sleeve, hash]) => dim(`sleeve ${sleeve} was cleared by ${hash}`));
  return [...(override === undefined ? [] : [red(wrappedText('', overrideText(override)))]), ...cleared];
}

export function phaseText({ phase, ending, code }: Pick<RunDocument, 'phase' | 'ending' | 'code'>, { green, yellow, red }: Colors): string {
  const word = [ending ?? phase, code].flatMap((each) => each ?? []).join(' ');
  if (ending === 'completed' || ending === 'nothing-to-trade') return green(word);
  return ending === 'unresolved' ? red(word) : yellow(word);
}

/** Under its moment, or under the event before it. */
function eventText({ at, event, detail }: RunEvent, { dim }: Colors): string {
  const when = at === null ? ' '.repeat(19) : clockText(Date.parse(at));
  return wrappedText(`${dim(when)}  ${event.padEnd(9)} `, visibleText(detail, 400));
}

function tradeText(trade: TradeDocument, colors: Colors): string {
  const { symbol, side, isShort, quantity, filled, orders, residual, shortfall, stage } = trade;
  const verb = isShort ? (side === 'sell' ? 'sell short' : 'cover') : side;
  const done = `filled ${filled}${stage === 'done' ? '' : `, ${stage}`}`;
  return [
    `${colors.bold(`${verb} ${quantity} ${symbol}`)}  ${filled === quantity ? colors.green(done) : colors.yellow(done)}`,
    wrappedText('  ', pricesText(trade)),
    ...(orders.length === 0 ? [] : [ordersTable(orders, colors)]),
    ...(residual === null
      ? []
      : [colors.yellow(wrappedText(`  left ${residual.quantity}: `, `${residual.code}${inBrackets(figuresText(residual.figures))}`))]),
    ...(shortfall === null ? [] : [wrappedText('  shortfall  ', shortfallText(shortfall))]),
  ].join('\n');
}

/** "decided at 67.96 (67.95 to 67.97 at 15:35:00), first order at 67.97" */
function pricesText({ decision, arrival, entry, quote }: TradeDocument): string {
  const by = quote === null ? '' : ` (bid ${quote.bid}, ask ${quote.ask} at ${clockText(Date.parse(quote.at)).slice(-8)})`;
  const again = arrival === decision ? '' : `, approved at ${arrival}`;
  return `decided at ${decision}${by}${again}${entry === null ? '' : `, first order at ${entry}`}`;
}

function ordersTable(orders: readonly OrderDocument[], { dim }: Colors): string {
  const rows = orders.map(({ clientOrderId, quantity, limitPrice, status, filled, averageFillPrice }) => {
    const [, , , , , slice, peg] = clientOrderId.split('_');
    return [`${slice}/${peg}`, quantity, limitPrice, filled, averageFillPrice ?? '-', status];
  });
  const table = textTable(['slice/peg', 'shares', 'limit', 'filled', 'average', 'ended'], rows, { left: [5], header: dim });
  return table.replace(/^/gm, '  ');
}

/** In dollars: "delay 1.02, execution 4.56, opportunity 0.00, fees unknown". */
export function shortfallText(shortfall: ShortfallDocument): string {
  const parts = (['delay', 'execution', 'opportunity', 'fees'] as const).map((part) => {
    const amount = shortfall[part];
    return `${part} ${amount === null ? 'unknown' : dollarsText(amount)}`;
  });
  return parts.join(', ');
}

function skippedText(skipped: RunDocument['skipped']): string {
  return skipped
    .map(({ symbol, code, figures }) => wrappedText(`${symbol.padEnd(6)}  `, `${code}${inBrackets(figuresText(figures))}`))
    .join('\n');
}

function linesText({ lines }: RunDocument, { bold, yellow }: Colors): string {
  const rows = lines.map(({ symbol, weight, target, drift, isInside, driftAfter }) => [
    symbol,
    percentText(weight),
    percentText(target),
    isInside ? percentText(drift) : yellow(percentText(drift)),
    isInside ? 'inside' : 'outside',
    driftAfter === null ? '-' : percentText(driftAfter),
  ]);
  return textTable(['symbol', 'weight', 'target', 'drift', 'band', 'drift after'], rows, { left: [0, 4], header: bold });
}

function inBrackets(text: string): string {
  return text === '' ? '' : ` (${text})`;
}
