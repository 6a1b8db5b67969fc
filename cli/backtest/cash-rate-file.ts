// A file of daily rates, `date,rf_daily`: what cash earned on each day, a part of one.
import { readFileSync } from 'node:fs';
import type { CashRate } from '../../research/backtest/backtest-options.ts';
import { isNewYorkDate, type NewYorkDate } from '../../shared/core/values/time.ts';
import { CommandFailure } from '../failure.ts';

const HEADER = 'date,rf_daily';
/** More a day than any bill has paid. */
const RATE_MAX = 0.01;

/** @throws CommandFailure, exit 2, naming file, line and field. */
export function readCashRates(file: string): CashRate {
  const lines = textOf(file).trim().split(/\r?\n/);
  if (lines[0] !== HEADER) throw bad(file, 1, `the header is ${JSON.stringify(lines[0] ?? '')}`, HEADER);
  const dates: NewYorkDate[] = [];
  const rates: number[] = [];
  for (const [at, line] of lines.entries()) {
    if (at === 0) continue;
    const [date = '', rate = '', ...others] = line.split(',');
    if (!isNewYorkDate(date) || others.length > 0)
      throw bad(file, at + 1, `date ${JSON.stringify(date)}`, 'a row such as 2019-01-31,0.0001');
    if (dates.length > 0 && date <= (dates.at(-1) as NewYorkDate))
      throw bad(file, at + 1, `date ${date} after ${dates.at(-1)}`, 'ascending dates');
    const value = rate.trim() === '' ? Number.NaN : Number(rate);
    if (!(Math.abs(value) <= RATE_MAX))
      throw bad(file, at + 1, `rf_daily ${JSON.stringify(rate)}`, 'the rate of one day as a part of one, such as 0.0001');
    dates.push(date);
    rates.push(value);
  }
  if (dates.length === 0) throw bad(file, 2, 'no rows', 'at least one');
  return { kind: 'daily', dates, rates: Float64Array.from(rates) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new CommandFailure(
      'bad-input',
      `--cash-rate ${file}: cannot be read (${code}); expected a percentage such as 2.5%, or a file ${HEADER}`,
      {
        exitCode: 2,
        cause: error,
      },
    );
  }
}

function bad(file: string, line: number, found: string, expected: string): CommandFailure {
  return new CommandFailure('bad-input', `--cash-rate ${file}:${line}: ${found}, expected ${expected}`, { exitCode: 2 });
}
