// evenkeel logs: what the functions wrote about a run.
import type { Command } from 'commander';
import type { LogsOptions } from '../logs/logs.ts';
import type { Output } from '../output.ts';
import { STATE_MEANS, STATE_OPTION, WORLD_HELP } from '../world/state-option.ts';

export function registerLogs(program: Command, output: () => Output): void {
  program
    .command('logs')
    .description('print the log lines of a run, and of the event that was meant to start it')
    .argument('<run>', 'run id, such as golden-butterfly/2026-11-30/monthly')
    .option('--follow', 'go on until the run has ended')
    .option(STATE_OPTION, STATE_MEANS)
    .addHelpText('after', WORLD_HELP)
    .action(async (run: string, options: LogsOptions) => {
      const { logs } = await import('../logs/logs.ts');
      const { lookingAt } = await import('../world/looking.ts');
      await logs(run, lookingAt(options, output()), output());
    });
}
