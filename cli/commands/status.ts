// evenkeel status: kill switches, latest runs, open orders, next runs.
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import type { DeskOptions } from '../switch/desk.ts';

export function registerStatus(program: Command, output: () => Output): void {
  program
    .command('status')
    .description('print how portfolios stand: kill switch, latest runs, open orders, next run')
    .argument('[portfolio]', 'portfolio; left out, all of them')
    .option('--state <folder>', 'of a demo that does not run, instead of a deployment; such as .evenkeel/demo-1a2b3c4d')
    .addHelpText(
      'after',
      '\nWith --json, also who turned each kill switch, when and why.\nReads which deployment from the EVENKEEL_… variables that the compute stack prints as OperatorEnvironment.',
    )
    .action(async (portfolio: string | undefined, options: DeskOptions) => {
      const { status } = await import('../switch/status.ts');
      await status(portfolio, options, output());
    });
}
