// Reports what portfolios did in a period, in words, as data, or in files for a spreadsheet.
import { join } from 'node:path';
import { makeFolder } from '../../shared/adapters/local/make-folder.ts';
import { UnreadableRecord } from '../../shared/contracts/run-record.ts';
import { LOT_METHODS, type LotMethod } from '../../shared/core/ledger/lots/tax-lot.ts';
import { type ReportPeriod, reportPortfolio } from '../../shared/workflow/report/portfolio-report.ts';
import { CommandFailure } from '../failure.ts';
import { writeNewFile } from '../new-file.ts';
import type { Output } from '../output.ts';
import { requireKnown } from '../switch/scope.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { openRecordDesk, type RecordDesk } from '../world/record-desk.ts';
import { CSV_FILES } from './csv-files.ts';
import { csvText } from './csv-text.ts';
import { type ReportDocument, reportDocument } from './report-document.ts';
import { type PeriodOptions, periodOf } from './report-period.ts';
import { reportText } from './report-text.ts';

export interface ReportOptions extends WorldOptions, PeriodOptions {
  /** A folder, made where there is none. */
  readonly csv?: string;
  readonly lots: string;
}

/** @throws CommandFailure: exit 2 for bad usage, exit 1 where records cannot be read or a file cannot be written; the rest is said first. */
export async function makeReport(
  portfolio: string | undefined,
  options: ReportOptions,
  output: Output,
  open = openRecordDesk,
): Promise<void> {
  const asked = periodOf(options);
  const method = methodOf(options.lots);
  const desk = await open(options);
  try {
    if (portfolio !== undefined) await requireKnown(portfolio, desk);
    const names = portfolio === undefined ? await desk.portfolioNames() : [portfolio];
    const problems: string[] = [];
    const reports: ReportDocument[] = [];
    for (const name of names) {
      try {
        const period = asked ?? (await newestSession(name, desk));
        if (period !== undefined) reports.push(reportDocument(await reportPortfolio(name, period, method, desk)));
      } catch (error) {
        if (!(error instanceof UnreadableRecord)) throw error;
        problems.push(`the records of ${name} cannot be read: ${error.message}`);
      }
    }
    const files = options.csv === undefined ? [] : await writeFiles(options.csv, reports);
    const blocks = reports.map((report) => reportText(report, output.colors));
    const words = [desk.worldText, ...(blocks.length === 0 ? ['No run on record.'] : blocks), ...files.map((file) => `written ${file}`)];
    output.result({ world: desk.world, portfolios: reports, files, problems }, words.join('\n\n').replaceAll('\n\nwritten', '\nwritten'));
    if (problems.length > 0) throw new CommandFailure('unreadable', problems.join('\n'), { exitCode: 1 });
  } finally {
    await desk.close();
  }
}

function methodOf(text: string): LotMethod {
  const method = LOT_METHODS.find((each) => each === text);
  if (method !== undefined) return method;
  throw new CommandFailure('usage', `--lots ${JSON.stringify(text)}: expected ${LOT_METHODS.join(' or ')}`, { exitCode: 2 });
}

/** undefined where the portfolio has no run. */
async function newestSession(portfolio: string, { runStore }: Pick<RecordDesk, 'runStore'>): Promise<ReportPeriod | undefined> {
  const [newest] = await runStore.list(portfolio, 1);
  return newest === undefined ? undefined : { from: newest.session, to: newest.session };
}

async function writeFiles(folder: string, reports: readonly ReportDocument[]): Promise<readonly string[]> {
  makeFolder(folder);
  const written: string[] = [];
  for (const { name, columns, rows } of CSV_FILES) {
    const file = join(folder, name);
    const header = columns.map((column) => column.name);
    const result = await writeNewFile(file, csvText(header, reports.flatMap(rows)), { replace: false });
    if (result.kind === 'refused') throw new CommandFailure('not-written', `${file} was not written: ${result.reason}`, { exitCode: 1 });
    written.push(file);
  }
  return written;
}
