// evenkeel status: kill switches, latest runs, open orders, next runs.
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import type { StatusOptions } from '../switch/status.ts';
import { STATE_MEANS, STATE_OPTION, WORLD_HELP } from '../world/state-option.ts';

export function registerStatus(program: Command, output: () => Output): void {
  program
    .command('status')
    .description('print how portfolios stand, and how each part is: table, bucket, engine, queues, schedules, keys, broker, prices')
    .argument('[portfolio]', 'portfolio; left out, all of them')
    .option('--quick', 'only what the records say: kill switch, latest runs, open orders, next run')
    .option(STATE_OPTION, STATE_MEANS)
    .addHelpText('after', `\nWith --json, also who turned each kill switch, when and why.${WORLD_HELP}`)
    .action(async (portfolio: string | undefined, options: StatusOptions) => {
      const { status } = await import('../switch/status.ts');
      const { lookingAt } = await import('../world/looking.ts');
      await status(portfolio, lookingAt(options, output()), output());
    });
}
