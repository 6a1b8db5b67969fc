// evenkeel approve: the owner's yes to a plan that was held.
import type { Command } from 'commander';
import type { AskOptions } from '../ask.ts';
import type { Output } from '../output.ts';

export function registerApprove(program: Command, output: () => Output): void {
  program
    .command('approve')
    .description('execute a plan that waits for its owner (approve: true in the portfolio file)')
    .argument('<run>', 'run id, such as golden-butterfly/2026-11-30/monthly')
    .option('--yes', 'do not ask where it was planned with a live-override')
    .addHelpText('after', '\nReads which deployment from the EVENKEEL_… variables that the compute stack prints as OperatorEnvironment.')
    .action(async (run: string, options: AskOptions) => {
      const { approveDeployedRun } = await import('../approve/approve-deployed-run.ts');
      await approveDeployedRun(run, output(), undefined, options);
    });
}
