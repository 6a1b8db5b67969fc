// evenkeel replay: does a run come out the same when it is evaluated again?
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { STATE_MEANS, STATE_OPTION, WORLD_HELP } from '../world/state-option.ts';

export function registerReplay(program: Command, output: () => Output): void {
  program
    .command('replay')
    .description('evaluate a run again from its stored inputs, and compare byte for byte')
    .argument('<run>', 'run id, such as golden-butterfly/2026-11-30/monthly')
    .option(STATE_OPTION, STATE_MEANS)
    .addHelpText('after', `\nExit code 1: it differs, or has nothing to replay. Nothing is written or sent.${WORLD_HELP}`)
    .action(async (run: string, options: WorldOptions) => {
      const { replayRecordedRun } = await import('../records/replay-recorded-run.ts');
      await replayRecordedRun(run, options, output());
    });
}
