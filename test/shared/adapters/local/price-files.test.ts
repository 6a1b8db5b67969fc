import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PriceFileFlaw, PriceFilesError } from '../../../../shared/adapters/local/price-file-flaw.ts';
import { readPriceDirectory } from '../../../../shared/adapters/local/price-files.ts';
import { addDays } from '../../../../shared/core/values/time.ts';

let root: string;
let dir: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'evenkeel-prices-'));
  dir = join(root, 'a');
  mkdirSync(dir);
});
afterEach(() => rmSync(root, { recursive: true }));

function aFile(name: string, content: string, folder = dir): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function refusal(symbols?: string[], dirs = [dir]): PriceFilesError {
  try {
    readPriceDirectory(dirs, symbols);
  } catch (error) {
    if (error instanceof PriceFilesError) return error;
    throw error;
  }
  throw new Error('expected these price files to be refused');
}

function onlyFlaw(content: string): PriceFileFlaw {
  aFile('SPY.csv', content);
  const { flaws } = refusal(['SPY']);
  expect(flaws).toHaveLength(1);
  return flaws[0] as PriceFileFlaw;
}

describe('readPriceDirectory', () => {
  it('reads date and close alone', () => {
    aFile('SPY.csv', 'date,close\n2020-01-02,324.87\n2020-01-03,322.41\n');
    expect(readPriceDirectory([dir])).toEqual([
      {
        symbol: 'SPY',
        bars: [
          { date: '2020-01-02', close: 324.87 },
          { date: '2020-01-03', close: 322.41 },
        ],
      },
    ]);
  });

  it('reads a file without a quote as it reads the same file with one', () => {
    const bars = fc.array(fc.tuple(fc.constantFrom('', ' ', '\t'), fc.integer({ min: 1, max: 9_999 }), fc.constantFrom('', ' ', '  ')), {
      minLength: 1,
    });
    const ends = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(
        bars,
        ends,
        fc.boolean(),
        fc.constantFrom('', '\ufeff'),
        fc.constantFrom('', 'x', ' , ', '9,9,9'),
        (all, end, isEnded, mark, stray) => {
          const rows = all.map(([before, close, after], day) => `${addDays('2020-01-01', day)},${before}${close}${after}`);
          const textOf = (header: string) => mark + [header, ...rows, ...(stray === '' ? [] : [stray])].join(end) + (isEnded ? end : '');
          const answerTo = (text: string): unknown => {
            aFile('SPY.csv', text);
            try {
              return readPriceDirectory([dir], ['SPY']);
            } catch (error) {
              if (error instanceof PriceFilesError) return error.flaws;
              throw error;
            }
          };
          expect(answerTo(textOf('date,close'))).toEqual(answerTo(textOf('"date",close')));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads every known column, in whatever order, with a byte-order mark and Windows line ends', () => {
    aFile('SPY.csv', '\uFEFFclose,volume,date,low,high,open,adj_close\r\n10.5,0,2020-01-02,10,11,10.25,9.75\r\n');
    expect(readPriceDirectory([dir])[0]?.bars).toEqual([
      { date: '2020-01-02', open: 10.25, high: 11, low: 10, close: 10.5, adjClose: 9.75, volume: 0 },
    ]);
  });

  it('answers the symbols in ascending order, and only those asked for', () => {
    for (const name of ['QQQ.csv', 'BRK.B.csv', 'AGG.csv']) aFile(name, 'date,close\n2020-01-02,1\n');
    aFile('README.md', 'not prices');
    expect(readPriceDirectory([dir]).map(({ symbol }) => symbol)).toEqual(['AGG', 'BRK.B', 'QQQ']);
    expect(readPriceDirectory([dir], ['QQQ', 'AGG', 'QQQ']).map(({ symbol }) => symbol)).toEqual(['AGG', 'QQQ']);
  });

  it('leaves files of symbols that were not asked for unread', () => {
    aFile('BAD.csv', 'nonsense');
    aFile('SPY.csv', 'date,close\n2020-01-02,1\n');
    expect(readPriceDirectory([dir], ['SPY'])).toHaveLength(1);
  });

  it('names the folders it searched for a symbol without a file', () => {
    const other = join(root, 'b');
    mkdirSync(other);
    const { message } = refusal(['SPY'], [dir, other]);
    expect(message).toContain(`no price file for SPY; searched ${dir}, ${other}`);
  });

  it('says that a folder cannot be read', () => {
    expect(refusal(undefined, [join(root, 'nowhere')]).message).toContain('nowhere: cannot read this folder: no such folder');
    expect(refusal(['SPY', 'TLT'], [join(root, 'nowhere')]).flaws).toHaveLength(1);
  });

  it('says that a folder holds no price files', () => {
    expect(refusal().flaws).toEqual([{ file: dir, reason: 'no price files here, expected one <SYMBOL>.csv a symbol' }]);
  });

  it('refuses a file whose name is not a symbol', () => {
    aFile('risk-free.csv', 'date,close\n2020-01-02,1\n');
    expect(refusal().message).toContain('risk-free.csv: the file name is not a symbol');
  });

  it('accepts the same file in two folders and refuses two that differ', () => {
    const other = join(root, 'b');
    aFile('SPY.csv', 'date,close\n2020-01-02,1\n');
    aFile('SPY.csv', 'date,close\n2020-01-02,1\n', other);
    expect(readPriceDirectory([dir, other])).toHaveLength(1);
    const second = aFile('SPY.csv', 'date,close\n2020-01-02,2\n', other);
    expect(refusal(undefined, [dir, other]).message).toContain(`${second} has other prices for SPY; keep one of the two`);
  });

  it.each([
    ['an empty file', '', { reason: 'is empty, expected a header with at least date,close' }],
    ['a header without rows', 'date,close\n', { reason: 'has a header and no rows, expected at least one row of prices' }],
    ['no header', '2020-01-02,1\n', { line: 1, field: 'header', value: '2020-01-02,1' }],
    ['a missing column', 'date,open\n2020-01-02,1\n', { line: 1, field: 'close' }],
    ['an unknown column', 'date,close,vwap\n2020-01-02,1,1\n', { line: 1, field: 'column', value: 'vwap' }],
    ['a column twice', 'date,close,close\n2020-01-02,1,1\n', { line: 1, field: 'column', value: 'close', reason: 'appears twice' }],
    ['a missing cell', 'date,close,volume\n2020-01-02,1\n', { line: 2, field: 'volume', value: '' }],
    ['a surplus cell', 'date,close\n2020-01-02,1,2\n', { line: 2, field: 'row', value: '2020-01-02,1,2' }],
    ['a date that does not exist', 'date,close\n2020-02-30,1\n', { line: 2, field: 'date', value: '2020-02-30' }],
    ['a date in another format', 'date,close\n01/02/2020,1\n', { line: 2, field: 'date', value: '01/02/2020' }],
    ['a date twice', 'date,close\n2020-01-02,1\n2020-01-02,1\n', { line: 3, field: 'date', value: '2020-01-02' }],
    ['dates out of order', 'date,close\n2020-01-03,1\n2020-01-02,1\n', { line: 3, field: 'date', value: '2020-01-02' }],
    ['NaN', 'date,close\n2020-01-02,NaN\n', { line: 2, field: 'close', value: 'NaN', reason: 'expected a finite number above 0' }],
    ['Infinity', 'date,close\n2020-01-02,Infinity\n', { line: 2, field: 'close', value: 'Infinity' }],
    ['a number too large to be finite', 'date,close\n2020-01-02,1e999\n', { line: 2, field: 'close', value: '1e999' }],
    ['hexadecimal', 'date,close\n2020-01-02,0x10\n', { line: 2, field: 'close', value: '0x10' }],
    ['zero', 'date,close\n2020-01-02,0\n', { line: 2, field: 'close', value: '0' }],
    ['a negative price', 'date,close\n2020-01-02,-1\n', { line: 2, field: 'close', value: '-1' }],
    ['a negative volume', 'date,close,volume\n2020-01-02,1,-1\n', { line: 2, field: 'volume', value: '-1' }],
    ['high below low', 'date,high,low,close\n2020-01-02,1,2,1\n', { line: 2, field: 'high', value: '1' }],
    ['close outside the bar', 'date,high,low,close\n2020-01-02,3,2,4\n', { line: 2, field: 'close', value: '4' }],
    ['a broken quotation', 'date,close\n"2020-01-02,1\n', { line: 2 }],
  ])('refuses %s and points at it', (_name, content, flaw) => {
    expect(onlyFlaw(content)).toMatchObject({ file: join(dir, 'SPY.csv'), ...flaw });
  });

  it('says file, line, field, value and expectation in one line each', () => {
    const file = aFile('SPY.csv', 'date,close\n2020-01-02,x\n2020-01-03,1\n2020-01-02,1\n');
    expect(refusal().message).toBe(
      [
        '2 flaws in price files:',
        `  ${file}:2: close "x": expected a finite number above 0`,
        `  ${file}:4: date 2020-01-02 comes after 2020-01-03, expected ascending dates`,
      ].join('\n'),
    );
  });

  it('stops after twenty flaws over all files', () => {
    aFile('AGG.csv', `date,close\n${'2020-01-02,x\n'.repeat(15)}`);
    aFile('SPY.csv', `date,close\n${'2020-01-02,x\n'.repeat(15)}`);
    const { flaws, message } = refusal();
    expect(flaws).toHaveLength(20);
    expect(message).toContain('reading stopped here');
  });
});

const samples = resolve(import.meta.dirname, '../../../../../shared/data/prices');
const absent = !existsSync(samples);

describe.skipIf(absent)(`readPriceDirectory on real prices${absent ? ' (skipped: ../shared/data/prices is absent)' : ''}`, () => {
  // The time it takes is the benchmark's to judge; here it only must not be cut short on a busy machine.
  it('reads 37 funds of up to 5,898 sessions', { timeout: 60_000 }, () => {
    const series = readPriceDirectory([join(samples, 'etf37')]);
    expect(series).toHaveLength(37);
    expect(series.find(({ symbol }) => symbol === 'SPY')?.bars).toHaveLength(5_898);
  });

  it('points at the 103 rows of EURUSD whose close or open leaves the bar, twenty of them', () => {
    expect(refusal(['EURUSD'], [join(samples, 'fx-crypto')]).flaws).toHaveLength(20);
  });
});
