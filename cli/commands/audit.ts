// evenkeel audit verify: are the records as they were written?
import type { Command } from 'commander';
import type { VerifyOptions } from '../audit/verify-records.ts';
import type { Output } from '../output.ts';
import { STATE_MEANS, STATE_OPTION, WORLD_HELP } from '../world/state-option.ts';

export function registerAudit(program: Command, output: () => Output): void {
  program
    .command('audit')
    .description('prove that the records are as they were written')
    .command('verify')
    .description('hold the audit chain against run records, artifacts and ledger')
    .argument('[portfolio]', 'portfolio; left out, all of them')
    .option('--anchor <head>', 'a head from a digest: shows what was cut off or written anew since')
    .option(STATE_OPTION, STATE_MEANS)
    .addHelpText('after', `\nExit code 1: something was edited, is missing, cut off, reordered, written anew, or not sealed.${WORLD_HELP}`)
    .action(async (portfolio: string | undefined, options: VerifyOptions) => {
      const { verifyRecords } = await import('../audit/verify-records.ts');
      await verifyRecords(portfolio, options, output());
    });
}
