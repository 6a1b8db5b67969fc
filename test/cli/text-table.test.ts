import { describe, expect, it } from 'vitest';
import { textTable } from '../../cli/text-table.ts';

const plain = { left: [0], header: (text: string) => text };

describe('a table of text', () => {
  it('pads every column to its widest cell, figures to the right', () => {
    const table = textTable(
      ['session', 'sold'],
      [
        ['2004-08-31', '0'],
        ['all', '12,026'],
      ],
      plain,
    );
    expect(table).toBe(['session       sold', '2004-08-31       0', 'all         12,026'].join('\n'));
  });

  it('counts no room for colour codes', () => {
    const red = `${String.fromCharCode(27)}[31mno${String.fromCharCode(27)}[39m`;
    expect(
      textTable(
        ['a', 'b'],
        [
          [red, '1'],
          ['yes', '2'],
        ],
        plain,
      ).split('\n'),
    ).toEqual(['a    b', `${red}   1`, 'yes  2']);
  });

  it('is its header where there are no rows, and takes a row that is short', () => {
    expect(textTable(['a', 'b'], [], plain)).toBe('a  b');
    expect(textTable(['a', 'b'], [['x']], plain)).toBe('a  b\nx');
  });

  it('paints the header and nothing else', () => {
    expect(textTable(['a'], [['a']], { left: [0], header: (text) => `<${text}>` })).toBe('<a>\na');
  });
});
