// evenkeel import: a Composer symphony as a strategy file of ours, or every construct of it that cannot be taken.
import type { Command } from 'commander';
import type { Output } from '../output.ts';

export function registerImport(program: Command, output: () => Output): void {
  program
    .command('import')
    .description('read a Composer symphony, report what it is, and write it as a strategy file')
    .argument('<file>', 'symphony: .json, .edn or .clj')
    .option('--out <file>', 'write the strategy here, as YAML')
    .option('--force', 'replace the file that --out names')
    .addHelpText(
      'after',
      '\nExamples:\n  evenkeel import rotation.clj\n  evenkeel import rotation.clj --out rotation.yaml' +
        '\n\nIt is taken with Composer\u2019s choices. To match another system, write `options` into the file: see docs/guides/strategies.md.',
    )
    .action(async (file: string, options: { readonly out?: string; readonly force?: true }) => {
      const { importSymphonyFile } = await import('../import/import-symphony-file.ts');
      await importSymphonyFile(file, options, output());
    });
}
