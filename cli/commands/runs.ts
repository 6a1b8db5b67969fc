// evenkeel runs: the runs of portfolios.
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import type { RunsOptions } from '../records/list-runs.ts';
import { STATE_MEANS, STATE_OPTION, WORLD_HELP } from '../world/state-option.ts';

export function registerRuns(program: Command, output: () => Output): void {
  program
    .command('runs')
    .description('list runs: how each ended, what it traded, left and cost')
    .argument('[portfolio]', 'portfolio; left out, all of them')
    .option('--limit <number>', 'how many of each portfolio, newest first', '20')
    .option(STATE_OPTION, STATE_MEANS)
    .addHelpText('after', WORLD_HELP)
    .action(async (portfolio: string | undefined, options: RunsOptions) => {
      const { listRuns } = await import('../records/list-runs.ts');
      await listRuns(portfolio, options, output());
    });
}
