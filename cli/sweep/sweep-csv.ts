// A sweep, or any table of research, as a CSV file.
import { SWEPT_METRICS, type VariantRow } from '../../research/sweep/run-variant.ts';
import type { Vary } from '../../research/sweep/vary.ts';

export function sweepCsv(rows: readonly VariantRow[], varies: readonly Vary[]): string {
  return csv(
    ['place', ...varies.map(({ path }) => path), 'variant', 'start', 'end', ...SWEPT_METRICS, 'refused'],
    rows.map(({ place, values, variant, outcome }) => {
      const named = [place, ...varies.map(({ path }) => values[path] ?? ''), variant];
      if (outcome.kind === 'refused') return [...named, '', '', ...SWEPT_METRICS.map(() => ''), outcome.detail];
      return [...named, outcome.start, outcome.end, ...SWEPT_METRICS.map((metric) => outcome.metrics[metric] ?? ''), ''];
    }),
  );
}

export function csv(header: readonly string[], rows: readonly (readonly (string | number | boolean)[])[]): string {
  return [header, ...rows].map((row) => `${row.map((cell) => quoted(String(cell))).join(',')}\n`).join('');
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
