// evenkeel reconcile: the ledger against the account, and what a person says of the difference.
import { type Command, Option } from 'commander';
import type { Output } from '../output.ts';
import type { ReconcileOptions } from '../reconcile/reconcile.ts';

export function registerReconcile(program: Command, output: () => Output): void {
  program
    .command('reconcile')
    .description('hold the ledger against the account, and take over what nothing explains')
    .argument('[portfolio]', 'portfolio; left out, all of them')
    .addOption(new Option('--adopt', 'the portfolio takes over every difference, trades by hand included').conflicts('closeRun'))
    .option('--close-run <run>', 'end a run that nobody drives any more, when no order of it can fill')
    .option(
      '--account-gone <number>',
      'with --close-run: its account is gone for good, so that nobody can be asked; nothing of it is counted',
    )
    .option('--reason <text>', 'why; it is kept with your name. Required to adopt or to close')
    .option('--state <folder>', 'of a demo that does not run, instead of a deployment; such as .evenkeel/demo-1a2b3c4d')
    .addHelpText(
      'after',
      '\nExit code 1: a difference is left, or nothing could be adopted or closed. Nothing is ever traded.\nReads which deployment from the EVENKEEL_… variables that the compute stack prints as OperatorEnvironment.',
    )
    .action(async (portfolio: string | undefined, options: ReconcileOptions) => {
      const { reconcile } = await import('../reconcile/reconcile.ts');
      await reconcile(portfolio, options, output());
    });
}
