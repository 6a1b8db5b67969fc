// The demo's table and closing words.
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';
import type { DemoSummary } from './demo-summary.ts';
import type { SessionReport } from './session-report.ts';

export function sessionTable(sessions: readonly SessionReport[], colors: Output['colors']): string {
  const header = ['session', 'drift before', 'drift after', 'sold', 'bought', 'orders', 'residuals', 'cost'];
  const rows = sessions.map((session) => [
    session.date,
    percent(session.driftBefore),
    percent(session.driftAfter),
    dollars(session.sold),
    dollars(session.bought),
    `${session.orders.length}`,
    residualsOf(session, colors),
    dollars(session.cost, 2),
  ]);
  return textTable(header, rows, { left: [0, 6], header: colors.bold });
}

function residualsOf(session: SessionReport, colors: Output['colors']): string {
  if (session.unexplained.length > 0) return colors.red(`UNEXPLAINED: ${session.unexplained.join(', ')}`);
  if (session.ending === 'unresolved') return colors.red(`UNRESOLVED: ${session.detail}`);
  if (session.detail === 'awaiting-approval') return colors.yellow('waits for your yes (--approve)');
  if (session.ending === 'not-ended') return colors.red(`NOT ENDED: ${session.detail}`);
  if (session.ending === 'refused') return colors.yellow(`refused: ${session.detail}`);
  return session.residuals.map(({ symbol, reason }) => colors.yellow(`${symbol} ${reason}`)).join(', ') || '-';
}

export function closingText(summary: DemoSummary, folder: string, colors: Output['colors']): string {
  const { runs, runsDoneBefore, ordersSent, ordersEver } = summary;
  const lines = [
    `${colors.bold('Account')}      $${dollars(summary.deposit)} became $${dollars(summary.equity)} (${percent(summary.gain)}).`,
    summary.buyAndHold === null
      ? ''
      : `${colors.bold('Buy and hold')} the shares of the first session, never touched again: $${dollars(summary.buyAndHold)}.`,
    `${colors.bold('Runs')}         ${runs}, of which ${runsDoneBefore} had ended before; refused ${summary.refused}.`,
    `${colors.bold('Orders')}       ${ordersSent} sent now, ${ordersEver} in all; they cost $${dollars(summary.executionCost, 2)} against the mid at arrival.`,
    `${colors.bold('Fees')}         $${dollars(summary.fees, 2)}${summary.feesUnpriced.length === 0 ? '' : `; ${summary.feesUnpriced.join(', ')} have no known rate on these dates`}.`,
    '',
    runs > 0 && runs === runsDoneBefore
      ? colors.green('Every session is already rebalanced. No order was sent.')
      : colors.green('Type the same command again: nothing will trade twice.'),
    `To start over, add --fresh (npm run demo -- --fresh). The record of every run is in ${folder}.`,
  ];
  return lines.filter((line, place) => line !== '' || place === 5).join('\n');
}

function percent(fraction: number | null): string {
  return fraction === null ? '-' : `${(fraction * 100).toFixed(2)}%`;
}

function dollars(text: string, digits = 0): string {
  return Number(text).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
