// evenkeel rollback: back to the release before.
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import type { RollbackOptions } from '../rollback/rollback.ts';

export function registerRollback(program: Command, output: () => Output): void {
  program
    .command('rollback')
    .description('move the functions of the latest release back to the versions before it; records and keys stay as they are')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nPortfolio files, documents and limits of the older versions come back with them. Real money has to be halted first: evenkeel halt.\nReads which deployment from the EVENKEEL_… variables that the compute stack prints as OperatorEnvironment.',
    )
    .action(async (options: RollbackOptions) => {
      const { rollback } = await import('../rollback/rollback.ts');
      await rollback(options, output());
    });
}
