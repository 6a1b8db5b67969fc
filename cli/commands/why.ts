// evenkeel why: why a symbol was traded in a run, or not.
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { STATE_MEANS, STATE_OPTION, WORLD_HELP } from '../world/state-option.ts';

export function registerWhy(program: Command, output: () => Output): void {
  program
    .command('why')
    .description('say why a symbol was traded in a run or not, from the stored documents alone')
    .argument('<run>', 'run id, such as golden-butterfly/2026-11-30/monthly')
    .argument('<symbol>', 'symbol, such as SPY')
    .option(STATE_OPTION, STATE_MEANS)
    .addHelpText('after', WORLD_HELP)
    .action(async (run: string, symbol: string, options: WorldOptions) => {
      const { sayWhy } = await import('../records/why-symbol.ts');
      await sayWhy(run, symbol, options, output());
    });
}
