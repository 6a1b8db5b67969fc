// evenkeel show: what happened in a run.
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { STATE_MEANS, STATE_OPTION, WORLD_HELP } from '../world/state-option.ts';

export function registerShow(program: Command, output: () => Output): void {
  program
    .command('show')
    .description('print what happened in a run: its steps, every order, what was left, what it cost')
    .argument('<run>', 'run id, such as golden-butterfly/2026-11-30/monthly')
    .option(STATE_OPTION, STATE_MEANS)
    .addHelpText('after', WORLD_HELP)
    .action(async (run: string, options: WorldOptions) => {
      const { showRun } = await import('../records/show-run.ts');
      await showRun(run, options, output());
    });
}
