// evenkeel new: a strategy file to begin with, or the kinds that there are.
import type { Command } from 'commander';
import type { Output } from '../output.ts';

export function registerNew(program: Command, output: () => Output): void {
  program
    .command('new')
    .description('write a commented strategy file to begin with, or list the kinds')
    .argument('[kind]', 'such as dual-momentum; without it the kinds are listed')
    .option('--out <file>', 'write it here, instead of printing it')
    .option('--force', 'replace the file that --out names')
    .addHelpText('after', '\nExamples:\n  evenkeel new\n  evenkeel new dual-momentum --out strategies/dual.yaml')
    .action(async (kind: string | undefined, options: { readonly out?: string; readonly force?: true }) => {
      const { newStrategy } = await import('../new/new-strategy.ts');
      await newStrategy(kind, options, output());
    });
}
