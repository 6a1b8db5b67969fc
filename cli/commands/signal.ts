// evenkeel signal: what a strategy would hold on a day, and why.
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import type { SignalOptions } from '../signal/run-signal.ts';

export function registerSignal(program: Command, output: () => Output): void {
  program
    .command('signal')
    .description('print the weights of a strategy on a day, and why')
    .argument('<strategy>', 'strategy file (.yaml) or symphony (.json, .edn, .clj)')
    .option(
      '--prices <folder>',
      'folder of <SYMBOL>.csv files; may be given more than once',
      (folder: string, before: readonly string[] = []) => [...before, folder],
    )
    .option('--as-of <date>', 'the session whose close decides, such as 2020-03-31')
    .option('--explain', 'print each step on the way to the weights, with its figures')
    .addHelpText('after', '\nExample:\n  evenkeel signal rotation.clj --prices prices --as-of 2020-03-31 --explain')
    .action(async (file: string, options: SignalOptions) => {
      const { runSignal } = await import('../signal/run-signal.ts');
      await runSignal(file, options, output());
    });
}
