// A table as CSV: numbers in as few digits as give them back, no quotes, as no value here needs any.
import type { Table } from './output-tables.ts';

export function csvText(table: Table): string {
  const rows = table[0]?.values.length ?? 0;
  const lines = [table.map(({ name }) => name).join(',')];
  for (let row = 0; row < rows; row += 1) lines.push(table.map(({ values }) => String(values[row])).join(','));
  return `${lines.join('\n')}\n`;
}
