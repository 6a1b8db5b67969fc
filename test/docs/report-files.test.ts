// The reference of the report's files has every file and every column, as they are written.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CSV_FILES } from '../../cli/report/csv-files.ts';

const reference = readFileSync(new URL('../../docs/reference/report-files.md', import.meta.url), 'utf8');
const sections = new Map(reference.split(/^## /m).map((section) => [section.split('\n')[0] ?? '', section]));

describe('docs/reference/report-files.md', () => {
  it.each(CSV_FILES.map((file) => [file.name, file] as const))(
    'has the columns of %s in their order, and what they mean',
    (name, { columns, holds }) => {
      const section = sections.get(name) ?? '';
      const rows = [...section.matchAll(/^\| `([a-z_]+)` \| (.*) \|$/gm)].map(([, column, means]) => ({ name: column, means }));
      expect(rows).toEqual(columns.map(({ name: column, means }) => ({ name: column, means })));
      expect(section.toLowerCase()).toContain(`${holds.toLowerCase()}.`);
    },
  );

  it('has no file that is not written', () => {
    expect([...sections.keys()].slice(1)).toEqual(CSV_FILES.map(({ name }) => name));
  });
});
