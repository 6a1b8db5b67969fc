// How each portfolio stands, for people.
import type { KillSwitchState } from '../../shared/contracts/switch-turn.ts';
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';
import { visibleText } from '../visible-text.ts';
import { nextDueText } from './next-due.ts';
import type { PortfolioStatus, RunStatus } from './status.ts';
import { switchedOnText } from './switch-text.ts';
import { workingOrderText } from './working-orders.ts';

type Colors = Output['colors'];

export function statusText(all: KillSwitchState, portfolios: readonly PortfolioStatus[], colors: Colors): string {
  const first = all.kind === 'on' ? [`${colors.red('All portfolios are halted')} ${switchedOnText(all)}`] : [];
  const blocks = portfolios.map((each) => portfolioText(each, colors));
  return [...first, ...blocks, ...(first.length + blocks.length === 0 ? ['No portfolio has a run on record.'] : [])].join('\n\n');
}

function portfolioText({ portfolio, killSwitch, isHalted, runs, workingOrders, next }: PortfolioStatus, colors: Colors): string {
  const { state } = killSwitch;
  const own = state.kind === 'on' ? switchedOnText(state) : 'off';
  return [
    `${colors.bold(portfolio)}  ${isHalted ? colors.red('halted') : colors.green('trading')}`,
    `  kill switch  ${own}`,
    `  next         ${nextDueText(next)}`,
    `  open orders  ${workingOrders.length === 0 ? 'none' : workingOrders.map(workingOrderText).join('\n               ')}`,
    ...(runs.length === 0 ? ['  no run on record'] : indented(runsTable(runs, colors))),
  ].join('\n');
}

function runsTable(runs: readonly RunStatus[], colors: Colors): string {
  const rows = runs.map(({ session, schedule, phase, ending, code, detail }) => [
    session,
    schedule,
    phase,
    [ending, code].flatMap((word) => word ?? []).join(' '),
    detail === null ? '' : visibleText(detail, 60),
  ]);
  return textTable(['session', 'schedule', 'phase', 'ending', ''], rows, { left: [0, 1, 2, 3, 4], header: colors.dim });
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`);
}
