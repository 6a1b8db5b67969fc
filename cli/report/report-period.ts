// --day, --month, --year: the dates that a report covers.
import { addDays, isNewYorkDate, type NewYorkDate } from '../../shared/core/values/time.ts';
import type { ReportPeriod } from '../../shared/workflow/report/portfolio-report.ts';
import { CommandFailure } from '../failure.ts';

export interface PeriodOptions {
  readonly day?: string;
  readonly month?: string;
  readonly year?: string;
}

/**
 * undefined where none is named.
 * @throws CommandFailure, exit 2, for two of them or for what is no date.
 */
export function periodOf({ day, month, year }: PeriodOptions): ReportPeriod | undefined {
  const named = [day, month, year].filter((each) => each !== undefined);
  if (named.length > 1) throw usage('one of --day, --month and --year, not several');
  if (day !== undefined) return { from: dateOf(day, '--day', day, '2026-11-20'), to: dateOf(day, '--day', day, '2026-11-20') };
  if (month !== undefined) {
    const from = dateOf(`${month}-01`, '--month', month, '2026-11');
    return { from, to: addDays(`${addDays(from, 31).slice(0, 7)}-01` as NewYorkDate, -1) };
  }
  if (year === undefined) return undefined;
  return { from: dateOf(`${year}-01-01`, '--year', year, '2026'), to: dateOf(`${year}-12-31`, '--year', year, '2026') };
}

/** "2026-11-20", or "2026-11-01 to 2026-11-30". */
export function periodText({ from, to }: { readonly from: string; readonly to: string }): string {
  return from === to ? from : `${from} to ${to}`;
}

function dateOf(text: string, option: string, given: string, example: string): NewYorkDate {
  if (isNewYorkDate(text)) return text;
  throw usage(`${option} ${JSON.stringify(given)}: expected such as ${example}`);
}

function usage(message: string): CommandFailure {
  return new CommandFailure('usage', message, { exitCode: 2 });
}
