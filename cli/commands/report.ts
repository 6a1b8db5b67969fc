// evenkeel report: what a portfolio did in a day, a month or a year.
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import type { ReportOptions } from '../report/make-report.ts';
import { STATE_MEANS, STATE_OPTION, WORLD_HELP } from '../world/state-option.ts';

export function registerReport(program: Command, output: () => Output): void {
  program
    .command('report')
    .description('report a day, month or year: trades, positions, cash, tax lots, risk, surveillance')
    .argument('[portfolio]', 'portfolio; left out, all of them')
    .option('--day <date>', 'such as 2026-11-20; without any, the newest session that has a run')
    .option('--month <month>', 'such as 2026-11')
    .option('--year <year>', 'such as 2026')
    .option('--lots <method>', 'which lot is sold first: fifo or hifo', 'fifo')
    .option('--csv <folder>', 'also as files for a spreadsheet, none of which may exist')
    .option(STATE_OPTION, STATE_MEANS)
    .addHelpText('after', `\nGains are before fees, wash sales are flagged and not computed: none of it is tax advice.${WORLD_HELP}`)
    .action(async (portfolio: string | undefined, options: ReportOptions) => {
      const { makeReport } = await import('../report/make-report.ts');
      await makeReport(portfolio, options, output());
    });
}
