// evenkeel parity: would the backtest have decided and ordered what the records say, and what did the fills cost beside it?
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import type { AskedParity } from '../parity/parity.ts';
import { STATE_MEANS, STATE_OPTION, WORLD_HELP } from '../world/state-option.ts';

export function registerParity(program: Command, output: () => Output): void {
  program
    .command('parity')
    .description('hold recorded runs to the backtest: targets, orders, and what the fills cost beside it')
    .option('--run <run>', 'one run, such as golden-butterfly/2026-11-30/monthly')
    .option('--since <date>', 'all runs from a session on')
    .option('--portfolio <name>', 'with --since: of this portfolio alone')
    .option(STATE_OPTION, STATE_MEANS)
    .addHelpText('after', `\nExit code 1: a run differs, or none could be compared. Nothing is written or sent.${WORLD_HELP}`)
    .action(async (asked: AskedParity) => {
      const { parity } = await import('../parity/parity.ts');
      await parity(asked, output());
    });
}
