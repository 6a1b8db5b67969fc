import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText } from '../../cli/report/csv-text.ts';

describe('a CSV file', () => {
  it.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://example.com")', '-', '+1', '-1e5', '-1,5'])(
    'has no formula in it: %j',
    (cell) => {
      const [[read]] = parse(csvText([], [[cell]]), { relax_column_count: true, from_line: 2 }) as [[string]];
      expect(read).toBe(`'${cell}`);
    },
  );

  it.each(['-1', '-12.345678', '-0.5%', '0', '12.34', 'plain text', "it's", '2024-06-14'])('leaves alone what is none: %j', (cell) => {
    expect(csvText(['a'], [[cell]])).toBe(`a\r\n${cell}\r\n`);
  });

  it('writes what is not known as nothing', () => {
    expect(csvText(['a', 'b'], [[null, '1']])).toBe('a,b\r\n,1\r\n');
  });

  it('is read back as it was written, whatever stands in it', () => {
    const cell = fc.string({ unit: 'binary' }).filter((text) => !/^[=+\-@\t\r]/.test(text));
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, (drawn) => {
        const [, ...read] = parse(csvText(['a', 'b'], drawn), { record_delimiter: '\r\n' }) as string[][];
        expect(read).toEqual(drawn);
      }),
      { numRuns: 100 },
    );
  });
});
