// How each portfolio stands, for people.
import { overrideText } from '../../shared/contracts/hypothesis/override-text.ts';
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';
import { visibleText } from '../visible-text.ts';
import { nextDueText } from './next-due.ts';
import type { PortfolioStatus, RunStatus, SwitchStatus } from './portfolio-status.ts';
import { switchedOnText } from './switch-text.ts';
import { workingOrderText } from './working-orders.ts';

type Colors = Output['colors'];

export function statusText(all: SwitchStatus['state'], portfolios: readonly PortfolioStatus[], colors: Colors): string {
  const first =
    all.kind === 'off'
      ? []
      : [`${colors.red('All portfolios are halted')}${all.kind === 'on' ? '' : ': the switch of all'} ${stateText(all)}`];
  const blocks = portfolios.map((each) => portfolioText(each, colors));
  return [...first, ...blocks, ...(first.length + blocks.length === 0 ? ['No portfolio has a run on record.'] : [])].join('\n\n');
}

function portfolioText(
  { portfolio, killSwitch, breaker, isHalted, runs, workingOrders, next, capital, override }: PortfolioStatus,
  colors: Colors,
): string {
  return [
    `${colors.bold(portfolio)}  ${isHalted ? colors.red('halted') : colors.green('trading')}`,
    `  kill switch  ${stateText(killSwitch.state)}`,
    ...(breaker === null || breaker.level === 'normal' ? [] : [`  breaker      ${breaker.level}; its high-water mark is ${breaker.mark}`]),
    ...(capital === undefined ? [] : [`  capital      ${capital} of the account; the rest stays in cash`]),
    ...(override === undefined ? [] : [colors.red(`  override     ${overrideText(override)}`)]),
    `  next         ${nextDueText(next)}`,
    `  open orders  ${workingOrders.length === 0 ? 'none' : workingOrders.map(workingOrderText).join('\n               ')}`,
    ...(runs.length === 0 ? ['  no run on record'] : indented(runsTable(runs, colors))),
  ].join('\n');
}

function stateText(state: SwitchStatus['state']): string {
  switch (state.kind) {
    case 'off':
      return 'off';
    case 'on':
      return switchedOnText(state);
    case 'unreadable':
      return 'cannot be read, which counts as on: open orders are left as they are; halt puts it right';
  }
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
