// A table of text: columns padded to their widest cell, numbers to the right.

import { visibleLength } from './wrapped-text.ts';

export interface TableStyle {
  /** Columns that are aligned left; the others right. */
  readonly left: readonly number[];
  readonly header: (text: string) => string;
}

export function textTable(header: readonly string[], rows: readonly (readonly string[])[], { left, header: paint }: TableStyle): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => visibleLength(row[column] ?? ''))));
  const lineOf = (cells: readonly string[]): string => {
    const padded = cells.map((cell, column) => {
      const gap = ' '.repeat(Math.max(0, (widths[column] ?? 0) - visibleLength(cell)));
      return left.includes(column) ? cell + gap : gap + cell;
    });
    return padded.join('  ').trimEnd();
  };
  return [paint(lineOf(header)), ...rows.map(lineOf)].join('\n');
}
