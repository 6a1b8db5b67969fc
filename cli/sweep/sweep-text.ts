// A sweep for people: the best of it, and what to think of that.
import type { VariantRow } from '../../research/sweep/run-variant.ts';
import type { Vary } from '../../research/sweep/vary.ts';
import { percent, plain } from '../figure-text.ts';
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';
import { wrappedText } from '../wrapped-text.ts';
import { refusedText } from './refused-text.ts';

const SHOWN = 10;

export function sweepText(rows: readonly VariantRow[], varies: readonly Vary[], out: string, colors: Output['colors']): string {
  const measured = rows.flatMap(({ values, outcome }) => (outcome.kind === 'result' ? [{ values, metrics: outcome.metrics }] : []));
  const best = measured
    .toSorted((a, b) => (b.metrics.sharpe ?? Number.NEGATIVE_INFINITY) - (a.metrics.sharpe ?? Number.NEGATIVE_INFINITY))
    .slice(0, SHOWN);
  const table = textTable(
    [...varies.map(({ path }) => path), 'Sharpe', 'CAGR', 'largest fall'],
    best.map(({ values, metrics }) => [
      ...varies.map(({ path }) => values[path] ?? ''),
      plain(metrics.sharpe),
      percent(metrics.cagr, 2),
      percent(metrics.maxDrawdown, 2),
    ]),
    { left: varies.map((_, place) => place), header: colors.dim },
  );
  const refused = rows.flatMap(({ values, outcome }) => (outcome.kind === 'refused' ? [{ values, detail: outcome.detail }] : []));
  const all = rows.length === 1 ? '1 variant' : `${rows.length} variants`;
  if (measured.length === 0)
    return `${colors.bold(all)}, ${rows.length === 1 ? 'and it was refused' : 'all of them refused'}: nothing was measured. Why is in ${out}/sweep.csv.`;
  return [
    `${colors.bold(all)}${refused.length === 0 ? '' : `, ${refused.length} of them refused`}; the best by Sharpe:`,
    table,
    ...(refused.length === 0 ? [] : [wrappedText('', refusedText(refused))]),
    `Each counts as a trial: the best of ${rows.length} looks better than it is. All of them are in ${out}/sweep.csv.`,
  ].join('\n\n');
}
