// evenkeel export: everything of a portfolio in a folder, and whether such a folder is whole.
import type { Command } from 'commander';
import type { VerifyExportOptions } from '../export/verify-export.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { STATE_MEANS, STATE_OPTION, WORLD_HELP } from '../world/state-option.ts';

interface Options extends WorldOptions, VerifyExportOptions {
  readonly out?: string;
  readonly verify?: string;
}

export function registerExport(program: Command, output: () => Output): void {
  program
    .command('export')
    .description('write everything that is stored of a portfolio into a folder, or verify such a folder')
    .argument('[portfolio]', 'portfolio; left out, all of them')
    .option('--out <folder>', 'a folder that is new or empty')
    .option('--verify <folder>', 'check an exported folder instead; it needs no credentials')
    .option('--audit-key <file>', 'with --verify: also check the seals of the audit chain')
    .option('--anchor <head>', 'with --verify: a head from a digest')
    .option(STATE_OPTION, STATE_MEANS)
    .addHelpText('after', `\nWith --verify exit code 1: something is not as it was written.${WORLD_HELP}`)
    .action(async (portfolio: string | undefined, options: Options) => {
      const { out, verify } = options;
      if ((out === undefined) === (verify === undefined))
        throw new CommandFailure('usage', 'say where to: --out FOLDER, or what to check: --verify FOLDER', { exitCode: 2 });
      if (verify === undefined && (options.anchor !== undefined || options.auditKey !== undefined))
        throw new CommandFailure('usage', '--anchor and --audit-key belong to --verify', { exitCode: 2 });
      if (verify !== undefined) {
        const { verifyExport } = await import('../export/verify-export.ts');
        await verifyExport(verify, portfolio, options, output());
      } else if (out !== undefined) {
        const { makeExport } = await import('../export/make-export.ts');
        await makeExport(portfolio, { ...options, out }, output());
      }
    });
}
