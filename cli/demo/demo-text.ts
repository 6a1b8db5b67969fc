// The demo's table and closing words.
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';
import type { DemoSummary } from './demo-summary.ts';
import type { SessionReport } from './session-report.ts';

export function sessionTable(sessions: readonly SessionReport[], colors: Output['colors']): string {
  const header = ['session', 'drift before', 'drift after', 'sold', 'bought', 'orders', 'cost', 'residuals'];
  const rows = sessions.map((session) => [
    session.date,
    percent(session.driftBefore),
    percent(session.driftAfter),
    dollars(session.sold),
    dollars(session.bought),
    `${session.orders.length}`,
    dollars(session.cost, 2),
    // Words go last: a long reason makes its own line longer and no other.
    residualsOf(session, sessions.at(-1)?.date ?? session.date, colors),
  ]);
  return textTable(header, rows, { left: [0, 7], header: colors.bold });
}

/** @param last the date of the latest session: what it has passed can be approved no more. */
function residualsOf(session: SessionReport, last: string, colors: Output['colors']): string {
  if (session.unexplained.length > 0) return colors.red(`UNEXPLAINED: ${session.unexplained.join(', ')}`);
  if (session.ending === 'unresolved') return colors.red(`UNRESOLVED: ${session.detail}`);
  if (session.detail === 'approval-missed' || (session.detail === 'awaiting-approval' && session.date < last))
    return colors.yellow('was not approved in time');
  if (session.detail === 'awaiting-approval') return colors.yellow('waits for your yes (--approve)');
  if (session.ending === 'not-ended') return colors.red(`NOT ENDED: ${session.detail}`);
  if (session.ending === 'refused') return colors.yellow(`refused, ${session.code}: ${session.detail}`);
  const residuals = session.residuals.map(({ symbol, reason }) => `${symbol} ${reason}`);
  const skipped = session.skipped.filter(({ reason }) => !QUIET_SKIPS.has(reason)).map(({ symbol, reason }) => `${symbol} ${reason}`);
  const leftOut = session.leftOut.map(({ symbol, metric }) => `${symbol} left out (no ${metric})`);
  return [...residuals, ...skipped, ...leftOut].map(colors.yellow).join(', ') || '-';
}

/** What is as it should be needs no word in the table; all of it is in the JSON and in the record. */
const QUIET_SKIPS: ReadonlySet<string> = new Set([
  'inside-band',
  'at-target',
  'below-minimum-trade',
  'insufficient-cash',
  'beyond-deposit',
]);

export function closingText(summary: DemoSummary, folder: string, isFresh: boolean, colors: Output['colors']): string {
  const { runs, runsDoneBefore, ordersSent, ordersEver, refused } = summary;
  const lines = [
    `${colors.bold('Account')}      $${dollars(summary.deposit)} became $${dollars(summary.equity)} (${percent(summary.gain)}).`,
    summary.buyAndHold === null
      ? ''
      : `${colors.bold('Buy and hold')} the shares of the first session, never touched again: $${dollars(summary.buyAndHold)}.`,
    `${colors.bold('Runs')}         ${runs}, of which ${runsDoneBefore} had ended before; refused ${refused}.`,
    `${colors.bold('Orders')}       ${ordersSent} sent now, ${ordersEver} in all; they cost $${dollars(summary.executionCost, 2)} against the mid at arrival.`,
    `${colors.bold('Shortfall')}    ${shortfallText(summary)}`,
    `${colors.bold('Fees')}         $${dollars(summary.fees, 2)}${summary.feesUnpriced.length === 0 ? '' : `; ${summary.feesUnpriced.join(', ')} without a known rate on these dates`}.`,
    '',
    nextWords(summary, isFresh, colors),
    `To start over, add --fresh to the command. The record of every run is in ${folder}.`,
  ];
  return lines.filter((line, place) => line !== '' || place === 6).join('\n');
}

/** Against the prices at which was decided. */
function shortfallText({ shortfall: { delay, execution, opportunity } }: DemoSummary): string {
  const textOf = (amount: string | null): string => (amount === null ? 'unknown' : `$${dollars(amount, 2)}`);
  return `delay ${textOf(delay)}, execution ${textOf(execution)}, opportunity ${textOf(opportunity)}, against the prices of the decisions.`;
}

function nextWords({ runs, runsDoneBefore, refused }: DemoSummary, isFresh: boolean, colors: Output['colors']): string {
  if (refused > 0) return colors.yellow(`${refused} of ${runs} sessions were refused: the table says why.`);
  if (runs > 0 && runs === runsDoneBefore) return colors.green('Every session is already rebalanced. No order was sent.');
  return colors.green(`Type the same command again${isFresh ? ', without --fresh' : ''}: nothing will trade twice.`);
}

function percent(fraction: number | null): string {
  return fraction === null ? '-' : `${(fraction * 100).toFixed(2)}%`;
}

function dollars(text: string, digits = 0): string {
  return Number(text).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
