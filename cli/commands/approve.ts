// evenkeel approve: the owner's yes to a plan that was held.
import type { Command } from 'commander';
import type { Output } from '../output.ts';

export function registerApprove(program: Command, output: () => Output): void {
  program
    .command('approve')
    .description('execute a plan that waits for its owner (approve: true in the portfolio file)')
    .argument('<run>', 'run id, such as golden-butterfly/2026-11-30/monthly')
    .addHelpText('after', '\nReads which deployment from the EVENKEEL_… variables that the compute stack prints as OperatorEnvironment.')
    .action(async (run: string) => {
      const { approveDeployedRun } = await import('../approve/approve-deployed-run.ts');
      await approveDeployedRun(run, output());
    });
}
