// evenkeel cost: the AWS bill of a month, reckoned from the templates.
import type { Command } from 'commander';
import type { CostOptions } from '../cost/cost.ts';
import type { Output } from '../output.ts';
import { STAGE_MEANS, STAGE_OPTION } from '../stage-option.ts';

export function registerCost(program: Command, output: () => Output): void {
  program
    .command('cost')
    .description('reckon what AWS asks a month, from the synthesized templates and a dated table of prices')
    .option(STAGE_OPTION, STAGE_MEANS)
    .option('--from <folder>', 'templates that were synthesized before, such as cdk.out; left out, they are made now')
    .action(async (options: CostOptions) => {
      const { cost } = await import('../cost/cost.ts');
      await cost(options, output());
    });
}
