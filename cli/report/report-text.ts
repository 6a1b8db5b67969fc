// A report for people, on eighty columns.
import { overrideText } from '../../shared/contracts/hypothesis/override-text.ts';
import type { Output } from '../output.ts';
import { dollarsText, percentText } from '../records/money-text.ts';
import { phaseText, shortfallText } from '../records/run-text.ts';
import { textTable } from '../text-table.ts';
import { visibleText } from '../visible-text.ts';
import { wrappedText } from '../wrapped-text.ts';
import type { ReportDocument } from './report-document.ts';
import { periodText } from './report-period.ts';

type Colors = Output['colors'];

/** Longer tables are cut: files and --json have all of it. */
const ROWS_MAX = 40;

export function reportText(report: ReportDocument, colors: Colors): string {
  const { bold } = colors;
  const title = `${bold(report.portfolio)}  ${periodText(report)}`;
  const sections: readonly (readonly [string, string | undefined])[] = [
    ['Account', accountText(report)],
    ['Runs', runsText(report, colors)],
    ['Trades', tradesText(report, colors)],
    ['Positions', positionsText(report, colors)],
    ['Cash', cashText(report)],
    ['Realised gains', gainsText(report, colors)],
    ['Open lots', lotsText(report, colors)],
    ['Risk', riskText(report)],
    ['Surveillance', surveillanceText(report, colors)],
  ];
  return [
    title,
    ...overridesTexts(report, colors),
    ...sections.flatMap(([name, text]) => (text === undefined ? [] : [`${bold(name)}\n${text}`])),
  ].join('\n\n');
}

/** Each once, however many runs there were. */
function overridesTexts({ runs }: ReportDocument, { red }: Colors): string[] {
  const said = new Set(runs.flatMap(({ override }) => (override === null ? [] : [overrideText(override)])));
  return [...said].map((each) => red(wrappedText('', each)));
}

function accountText({ account }: ReportDocument): string {
  if (account === null) return 'No run looked at the account.';
  const { since, equityBefore, asOf, equity, cash, transfers, change } = account;
  const begun =
    since === asOf ? '' : `; ${dollarsText(equityBefore)} at ${since}: transfers ${dollarsText(transfers)}, change ${dollarsText(change)}`;
  return wrappedText('', `${dollarsText(equity)} at ${asOf}, of which ${dollarsText(cash)} in cash${begun}`);
}

function runsText({ runs }: ReportDocument, colors: Colors): string {
  if (runs.length === 0) return 'None on record.';
  const rows = runs.map(({ runId, phase, ending, code, detail }) => {
    const why = ending === 'refused' || ending === 'unresolved' ? wrappedText('    ', visibleText(detail ?? '', 300)) : undefined;
    return [`${runId}  ${phaseText({ phase, ending, code }, colors)}`, ...(why === undefined ? [] : [why])].join('\n');
  });
  return cut(rows).join('\n');
}

function tradesText({ trades, shortfall }: ReportDocument, { dim, yellow }: Colors): string {
  if (trades.length === 0) return 'None.';
  const rows = trades.map(({ session, symbol, side, isShort, planned, filled, average, shortfall: cost }) => [
    session,
    isShort ? (side === 'sell' ? 'short' : 'cover') : side,
    symbol,
    sharesText(planned),
    filled === planned ? 'all' : yellow(sharesText(filled)),
    average === null ? '-' : dollarsText(average),
    cost === null ? '-' : dollarsText(String(Number(cost.delay) + Number(cost.execution) + Number(cost.opportunity ?? 0)), 2),
  ]);
  const left = trades.flatMap(({ session, symbol, residual }) =>
    residual === null
      ? []
      : [yellow(wrappedText('', `left of ${symbol} on ${session}: ${sharesText(residual.quantity)}, ${residual.code}`))],
  );
  return [
    tableText(['session', 'side', 'symbol', 'planned', 'filled', 'average', 'shortfall'], rows, [0, 1, 2], dim),
    ...cut(left),
    shortfall === null ? 'Shortfall not measured of every trade.' : wrappedText('Shortfall: ', shortfallText(shortfall)),
  ].join('\n');
}

function positionsText({ positions }: ReportDocument, { dim, yellow }: Colors): string | undefined {
  const [first] = positions;
  if (first === undefined) return undefined;
  const rows = positions.map(({ symbol, quantity, value, weight, target, drift, isInside, unrealised }) => [
    symbol,
    symbol === 'cash' ? '' : sharesText(quantity),
    dollarsText(value),
    percentText(weight),
    percentText(target),
    isInside ? percentText(drift) : yellow(percentText(drift)),
    symbol === 'cash' ? '' : unrealised === null ? 'unknown' : dollarsText(unrealised),
  ]);
  const header = ['symbol', 'shares', 'value', 'weight', 'target', 'drift', 'unrealised'];
  return `After ${first.runId}.\n${tableText(header, rows, [0], dim)}`;
}

function cashText({ totals }: ReportDocument): string {
  const { deposits, withdrawals, dividends, interest, fees, unknown } = totals;
  const named = { deposits, withdrawals, dividends, interest, fees };
  const parts = Object.entries(named).map(([name, amount]) => `${name} ${dollarsText(amount)}`);
  return wrappedText('', [...parts, ...(Number(unknown) === 0 ? [] : [`not understood ${dollarsText(unknown)}`])].join(', '));
}

function gainsText({ gains, totals, lotMethod, lotRemarks }: ReportDocument, { dim, yellow }: Colors): string {
  const rows = gains.map(({ disposed, symbol, quantity, acquired, cost, gain, term, washSale }) => [
    disposed,
    symbol,
    sharesText(quantity),
    acquired,
    ...[cost, gain].map((each) => (each === null ? 'unknown' : dollarsText(each))),
    washSale === 'flagged' ? yellow(`${term} wash`) : term,
  ]);
  const remarks = lotRemarks.map(({ on, symbol, word, code, quantity }) =>
    wrappedText('', `${on} ${symbol}: ${code}, ${visibleText(word)} of ${sharesText(quantity)} shares`),
  );
  const none = rows.length === 0;
  return [
    none ? 'None.' : tableText(['disposed', 'symbol', 'shares', 'acquired', 'cost', 'gain', 'term'], rows, [0, 1, 3, 6], dim),
    ...remarks,
    ...(none ? [] : [wrappedText('Sum: ', gainSums(totals, gains).join(', '))]),
    wrappedText('', `By ${lotMethod}, before fees. Flags are for whoever does the taxes: none of it is tax advice.`),
  ].join('\n');
}

function gainSums(totals: ReportDocument['totals'], gains: ReportDocument['gains']): string[] {
  const open = gains.filter(({ washSale }) => washSale === 'open').length;
  return [
    `short term ${dollarsText(totals.gainShortTerm)}`,
    `long term ${dollarsText(totals.gainLongTerm)}`,
    ...(Number(totals.gainUnknownTerm) === 0 ? [] : [`term unknown ${dollarsText(totals.gainUnknownTerm)}`]),
    ...(totals.gainsUnknown === 0 ? [] : [`gain unknown of ${totals.gainsUnknown}`]),
    ...(totals.washSalesFlagged === 0 ? [] : [`flagged as possible wash sales ${totals.washSalesFlagged}`]),
    ...(open === 0 ? [] : [`losses whose 30 days are not over ${open}`]),
  ];
}

/** By symbol: a portfolio of some years has hundreds of lots. */
function lotsText({ lots }: ReportDocument, { dim }: Colors): string {
  if (lots.length === 0) return 'None.';
  const symbols = [...new Set(lots.map(({ symbol }) => symbol))];
  const rows = symbols.map((symbol) => {
    const own = lots.filter((lot) => lot.symbol === symbol);
    const isKnown = own.every(({ amount }) => amount !== null);
    const quantity = own.reduce((sum, lot) => sum + Number(lot.quantity), 0);
    const cost = own.reduce((sum, { amount }) => sum + Number(amount ?? 0), 0);
    const acquired = own.map((lot) => lot.acquired).sort();
    const count = String(own.length);
    return [
      symbol,
      own[0]?.side ?? '',
      count,
      sharesText(String(quantity)),
      isKnown ? dollarsText(String(cost)) : 'unknown',
      acquired[0] ?? '',
      acquired.at(-1) ?? '',
    ];
  });
  return tableText(['symbol', 'side', 'lots', 'shares', 'cost', 'oldest', 'newest'], rows, [0, 1, 5, 6], dim);
}

function riskText({ risk: { breaker, stress, tail } }: ReportDocument): string {
  const losses = (['day', 'week', 'shock', 'correlated'] as const).flatMap((name) => {
    const scenario = stress?.[name];
    return scenario === null || scenario === undefined ? [] : [`${name} ${percentText(scenario.loss)}`];
  });
  const tails = tail.levels.map(
    ({ level, valueAtRisk, expectedShortfall }) => `at ${level} ${percentText(valueAtRisk)}, beyond it ${percentText(expectedShortfall)}`,
  );
  return [
    breaker === null
      ? 'breaker   not looked at'
      : wrappedText(
          'breaker   ',
          `${breaker.level}, ${percentText(breaker.drawdown)} below the mark of ${dollarsText(breaker.mark)}, day loss ${percentText(breaker.dayLoss)}`,
        ),
    wrappedText('stress    ', losses.length === 0 ? 'not known' : `would lose in ${losses.join(', ')}`),
    wrappedText(
      'tail      ',
      tails.length === 0
        ? `too few returns on record: ${tail.returns}`
        : `loss of a day, by ${tail.returns} returns on record: ${tails.join('; ')}`,
    ),
  ].join('\n');
}

function surveillanceText({ surveillance, totals, runs }: ReportDocument, { yellow, green }: Colors): string {
  const wash = totals.washSalesFlagged;
  if (surveillance.length === 0 && wash === 0) return runs.length === 0 ? 'Nothing to look at.' : green('Nothing found.');
  return [
    ...surveillance.map(({ code, session, symbol, orders }) => wrappedText(`${yellow(code)}  ${session} ${symbol}: `, orders.join(' '))),
    ...(wash === 0 ? [] : [yellow(`wash-sale  ${wash} realised ${wash === 1 ? 'loss' : 'losses'}, marked above`)]),
  ].join('\n');
}

function tableText(header: readonly string[], rows: readonly (readonly string[])[], left: readonly number[], paint: Colors['dim']): string {
  const shown = rows.slice(-ROWS_MAX);
  return [textTable(header, shown, { left, header: paint }), ...moreText(rows.length)].join('\n');
}

/** "12.3457" of "12.345678901": the files have all of it. */
function sharesText(text: string): string {
  return Number(text).toLocaleString('en-US', { maximumFractionDigits: 4, useGrouping: false });
}

function cut(rows: readonly string[]): readonly string[] {
  return [...rows.slice(-ROWS_MAX), ...moreText(rows.length)];
}

function moreText(rows: number): string[] {
  return rows > ROWS_MAX ? [`The last ${ROWS_MAX} of ${rows}; --csv and --json have all.`] : [];
}
