// evenkeel halt: turns the kill switch on, of one portfolio or of all.
import { type Command, Option } from 'commander';
import type { Output } from '../output.ts';
import type { HaltOptions } from '../switch/halt.ts';

export function registerHalt(program: Command, output: () => Output): void {
  program
    .command('halt')
    .description('turn the kill switch on: nothing more is sent, and open orders are canceled or kept')
    .argument('[portfolio]', 'portfolio; left out, all of them')
    .requiredOption('--reason <text>', 'why; it is kept, and shown to whoever asks')
    .addOption(
      new Option('--cancel-open', 'runs cancel their open orders (default), and this waits until none works').conflicts('keepOpen'),
    )
    .addOption(new Option('--keep-open', 'open orders are followed until they fill or their deadline cancels them'))
    .option('--wait <seconds>', 'how long to wait for the cancels', '120')
    .option('--state <folder>', 'of a demo that does not run, instead of a deployment; such as .evenkeel/demo-1a2b3c4d')
    .addHelpText(
      'after',
      '\nExit code 1: it is on and an order works still, or may.\nReads which deployment from the EVENKEEL_… variables that the compute stack prints as OperatorEnvironment.',
    )
    .action(async (portfolio: string | undefined, options: HaltOptions) => {
      const { halt } = await import('../switch/halt.ts');
      await halt(portfolio, options, output());
    });
}
