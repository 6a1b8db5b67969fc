// evenkeel redrive: lets a run that stopped half-way go on.
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import type { RedriveOptions } from '../redrive/redrive.ts';
import { STATE_MEANS, STATE_OPTION } from '../world/state-option.ts';

export function registerRedrive(program: Command, output: () => Output): void {
  program
    .command('redrive')
    .description('let a run that stopped go on: shows what would happen, asks, and then does it; never a second order')
    .argument('<run-or-letter>', 'run id, such as golden-butterfly/2026-11-30/monthly, or the id of a dead letter')
    .option('--yes', 'do not ask')
    .option('--wait <seconds>', 'how long to wait for its end', '60')
    .option(STATE_OPTION, STATE_MEANS)
    .addHelpText(
      'after',
      '\nRedrives its execution, starts it where nobody has, or sends its event again while its slot is open.\nIts dead letters are removed when it has ended.',
    )
    .action(async (named: string, options: RedriveOptions) => {
      const { redrive } = await import('../redrive/redrive.ts');
      const { changing } = await import('../world/changing.ts');
      await redrive(named, changing(options), output());
    });
}
