// evenkeel plan: what would be traded now, with nothing sent.
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import type { PlanOptions } from '../plan/preview-plan.ts';
import { STATE_MEANS, STATE_OPTION, WORLD_HELP } from '../world/state-option.ts';

export function registerPlan(program: Command, output: () => Output): void {
  program
    .command('plan')
    .description('print what would be traded now on the account; nothing is claimed, written or sent')
    .argument('<portfolio>', 'portfolio')
    .option('--schedule <name>', 'by whose band (default: the schedule that is due next)')
    .option(STATE_OPTION, STATE_MEANS)
    .addHelpText('after', `\nWhile the exchange is closed it takes the last closes. Exit code 1: a run would be refused.${WORLD_HELP}`)
    .action(async (portfolio: string, options: PlanOptions) => {
      const { previewPlan } = await import('../plan/preview-plan.ts');
      await previewPlan(portfolio, options, output());
    });
}
