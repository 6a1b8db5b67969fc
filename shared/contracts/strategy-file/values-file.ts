// A CSV file of values: `date,symbol,value`, a row for each, in any order. Plain cells, no quotes.
import { isNewYorkDate } from '../../core/values/time.ts';
import { DECIMAL } from './decimal-number.ts';
import { STRATEGY_SYMBOL } from './symbol.ts';

/** Values as text, to the last digit as they were written. */
export type ValuesText = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface ValuesFlaw {
  readonly line: number;
  readonly value: string;
  readonly expected: string;
}

export type ValuesFile =
  | { readonly kind: 'values'; readonly values: ValuesText }
  | { readonly kind: 'refused'; readonly flaws: readonly ValuesFlaw[] };

export const VALUES_FILE_CHARACTERS_MAX = 1_048_576;

const HEADER = 'date,symbol,value';
/** Further flaws of a file are mostly the same one again. */
const FLAWS_MAX = 20;

/** Never throws: of a text that is not one, the first flaws with their lines. */
export function readValuesFile(text: string): ValuesFile {
  if (text.length > VALUES_FILE_CHARACTERS_MAX)
    return refused({ line: 1, value: `${text.length} characters`, expected: `at most ${VALUES_FILE_CHARACTERS_MAX}` });
  const [header = '', ...rows] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (header !== HEADER) return refused({ line: 1, value: shown(header), expected: `the header ${HEADER}` });
  // Dates and symbols are checked before they become keys.
  const values: Record<string, Record<string, string>> = {};
  const flaws: ValuesFlaw[] = [];
  for (const [index, row] of rows.entries()) {
    if (row === '') continue;
    const cells = row.split(',');
    const [date = '', symbol = '', value = ''] = cells;
    const expected = cells.length === 3 ? expectedOf(date, symbol, value, values[date]?.[symbol]) : 'three cells, as in 2024-01-31,SPY,1.3';
    if (expected !== undefined) flaws.push({ line: index + 2, value: shown(row), expected });
    else {
      const bySymbol = values[date] ?? {};
      bySymbol[symbol] = value;
      values[date] = bySymbol;
    }
    if (flaws.length === FLAWS_MAX) break;
  }
  if (flaws.length > 0) return { kind: 'refused', flaws };
  if (Object.keys(values).length === 0)
    return refused({ line: 1, value: 'no rows', expected: 'at least one row such as 2024-01-31,SPY,1.3' });
  return { kind: 'values', values };
}

/** What should stand in the row instead, or undefined for a sound one. */
function expectedOf(date: string, symbol: string, value: string, before: string | undefined): string | undefined {
  if (!isNewYorkDate(date)) return 'a date such as 2024-01-31';
  if (!STRATEGY_SYMBOL.test(symbol)) return 'a symbol such as SPY';
  if (!DECIMAL.test(value) || !Number.isFinite(Number(value))) return 'a plain number such as 1.3';
  return before === undefined ? undefined : `one value of ${symbol} on ${date}, which has ${before} already`;
}

function refused(flaw: ValuesFlaw): ValuesFile {
  return { kind: 'refused', flaws: [flaw] };
}

function shown(row: string): string {
  const short = row.length <= 60 ? row : `${row.slice(0, 57)}...`;
  return row === '' ? 'nothing' : JSON.stringify(short);
}
