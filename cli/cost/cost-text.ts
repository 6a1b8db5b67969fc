// A month's cost for people.
import type { MonthlyCost } from '../../shared/contracts/cost/monthly-cost.ts';
import type { Output } from '../output.ts';
import type { Stage } from '../stage-option.ts';
import { textTable } from '../text-table.ts';

/** Less than this a month is one line together. */
const WORTH_A_LINE_USD = 0.005;

export function costText(stage: Stage, month: MonthlyCost, colors: Output['colors']): string {
  const shown = month.lines.filter(({ gross }) => gross >= WORTH_A_LINE_USD);
  const rest = month.lines.filter(({ gross }) => gross < WORTH_A_LINE_USD);
  const sumOf = (part: 'gross' | 'free' | 'net') => rest.reduce((sum, line) => sum + line[part], 0);
  const rows = [
    ...shown.map(({ priced, quantity, unit, gross, free, net }) => [
      wordsOf(priced),
      quantityText(quantity),
      unit,
      usd(gross),
      usd(free),
      usd(net),
    ]),
    ...(rest.length === 0
      ? []
      : [[`${rest.length} more, under half a cent each`, '', '', usd(sumOf('gross')), usd(sumOf('free')), usd(sumOf('net'))]]),
    [colors.bold('a month'), '', '', colors.bold(usd(month.gross)), usd(month.free), colors.bold(usd(month.net))],
  ];
  const table = textTable(['', 'quantity', 'unit', 'dollars', 'free', 'left'], rows, { left: [0, 2], header: colors.dim });
  return [
    table,
    '',
    oneLine(stage, month),
    `Prices of ${month.pricesAsOf} in us-east-1, before tax; every schedule counted as due in every session. With --json each has its source.`,
    ...(month.unpriced.length === 0 ? [] : [colors.yellow(`Without ${month.unpriced.join(', ')}, of which no price is known here.`)]),
  ].join('\n');
}

/** "The paper deployment costs about $1.41 a month, and $0.85 where the account's free allowances are not used up." */
export function oneLine(stage: Stage, { gross, net }: MonthlyCost): string {
  return `The ${stage} deployment costs about ${usd(gross)} a month, and ${usd(net)} while nothing else uses up the free allowances of the account.`;
}

function usd(dollars: number): string {
  return `$${dollars.toFixed(2)}`;
}

function quantityText(quantity: number): string {
  return quantity.toLocaleString('en-US', { maximumFractionDigits: quantity < 10 ? 2 : 0 });
}

/** `alarmMetrics` as "alarm metrics". */
function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
