// evenkeel dlq: the dead letters of every hop.
import type { Command } from 'commander';
import type { RemoveOptions } from '../dlq/dlq.ts';
import type { Output } from '../output.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { STATE_MEANS, STATE_OPTION, WORLD_HELP } from '../world/state-option.ts';

const READING = '\nReading removes nothing: each letter is hidden from others while it is read, for 20 seconds at most.';

export function registerDlq(program: Command, output: () => Output): void {
  const dlq = program
    .command('dlq')
    .description('list, decode and explain the dead letters: work that could not be done and waits for a person')
    .addHelpText('after', `${READING}${WORLD_HELP}`);
  dlq
    .command('list', { isDefault: true })
    .description('list them (the default); exit code 1 while any waits')
    .option(STATE_OPTION, STATE_MEANS)
    .action(async (options: WorldOptions) => {
      const { listLetters } = await import('../dlq/dlq.ts');
      await listLetters(options, output());
    });
  dlq
    .command('explain')
    .description('say what each means, and the command to run next; exit code 1 while any waits')
    .option(STATE_OPTION, STATE_MEANS)
    .action(async (options: WorldOptions) => {
      const { explainLetters } = await import('../dlq/dlq.ts');
      await explainLetters(options, output());
    });
  dlq
    .command('show')
    .description('show one whole')
    .argument('<id>', 'its id, or the beginning of it')
    .option(STATE_OPTION, STATE_MEANS)
    .action(async (id: string, options: WorldOptions) => {
      const { showLetter } = await import('../dlq/dlq.ts');
      await showLetter(id, options, output());
    });
  dlq
    .command('remove')
    .description('take one out of its queue when it is dealt with, so that the alarm can ring again; redrive does it by itself')
    .argument('<id>', 'its id, or the beginning of it')
    .option('--yes', 'do not ask')
    .option(STATE_OPTION, STATE_MEANS)
    .action(async (id: string, options: RemoveOptions) => {
      const { removeLetter } = await import('../dlq/dlq.ts');
      const { changing } = await import('../world/changing.ts');
      await removeLetter(id, changing(options), output());
    });
}
