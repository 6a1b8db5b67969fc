// A policy check for people: the word, and every figure beside what was asked of it.
import type { MeasuredPolicy } from '../../research/policy/measure-policy.ts';
import type { PolicyCheck } from '../../shared/contracts/hypothesis/policy-check.ts';
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';

type Made = PolicyCheck['checks'][number];
type Shown = (figure: number) => string;

const percent: Shown = (figure) => `${(100 * figure).toFixed(2)}%`;
const count: Shown = (figure) => (Number.isInteger(figure) ? String(figure) : figure.toFixed(1));
const bps: Shown = (figure) => `${figure.toFixed(1)} bp`;
const least: Shown = (threshold) => `at least ${count(threshold)}`;
const most =
  (shown: Shown): Shown =>
  (threshold) =>
    threshold === 0 ? 'none' : `at most ${shown(threshold)}`;

/** What the figure is, how it is written, and what was asked. */
const ROWS: Readonly<Record<string, readonly [said: string, figure: Shown, asked: Shown]>> = {
  years: ['years of the backtest', count, least],
  'refused-part': ['of its runs were refused', percent, most(percent)],
  'costs-a-year': ['of the equity a year, costs', percent, most(percent)],
  'costs-a-year-at-double-slippage': ['the same at twice the slippage', percent, most(percent)],
  'turnover-a-year': ['of the equity a year, turned over', percent, most(percent)],
  'differing-runs': ['runs that the backtest decides or orders otherwise', count, most(count)],
  'runs-not-compared': ['runs that could not be compared', count, most(count)],
  'unexplained-drifts': ['drifts that nothing explains', count, most(count)],
  'shortfall-bps': ['of what was traded, shortfall', bps, most(bps)],
  'costs-a-year-as-paid': ['of the equity a year, costs as paid on paper', percent, most(percent)],
  runs: ['runs that were not refused', count, least],
  'traded-runs': ['of them traded', count, least],
  sessions: ['sessions since the first', count, least],
  'latest-age-days': ['days since the latest', count, most(count)],
  'open-or-unresolved-runs': ['runs that are open or unresolved', count, most(count)],
  'faulty-refusals': ['runs that were refused, and by nobody outside', count, most(count)],
  'unproven-records': ['records that the audit chain does not prove', count, most(count)],
};

export function policyCheckText(
  { portfolio, outcome, checks, runs, assumedBps, notCosted }: MeasuredPolicy,
  colors: Output['colors'],
): string {
  const rows = checks.map((made) => [made.check, ...cells(made), made.holds ? colors.green('holds') : colors.red('does not hold')]);
  const paint = outcome === 'passed' ? colors.green : colors.red;
  const [first, last] = [runs[0]?.session, runs.at(-1)?.session];
  return [
    `${colors.bold(portfolio)}: ${paint(outcome)}`,
    textTable(['check', 'figure', 'what it is', 'asked', ''], rows, { left: [0, 2, 3, 4], header: colors.dim }),
    runs.length === 0
      ? 'There is no paper run of exactly what this portfolio trades.'
      : `Looked at: ${runs.length} paper runs of exactly what this portfolio trades, ${first} to ${last}.`,
    ...(assumedBps === null ? [] : [`The backtest reckons with ${bps(assumedBps)} of what it trades, for spread and impact.`]),
    ...(notCosted === undefined ? [] : [`The backtest has nothing to say: ${notCosted}`]),
  ].join('\n\n');
}

function cells({ code, figure, threshold }: Made): readonly [string, string, string] {
  const [said, shown, asked] = ROWS[code] ?? [code, count, count];
  return [figure === null ? 'cannot be told' : shown(figure), said, asked(threshold)];
}
