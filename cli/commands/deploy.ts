// evenkeel deploy: from portfolio files to a deployment that is scheduled.
import type { Command } from 'commander';
import type { DeployOptions } from '../deploy/deploy.ts';
import type { Output } from '../output.ts';
import { STAGE_MEANS, STAGE_OPTION } from '../stage-option.ts';

export function registerDeploy(program: Command, output: () => Output): void {
  program
    .command('deploy')
    .description('check what a deployment needs, show what would change, ask, and deploy by CDK')
    .option(STAGE_OPTION, STAGE_MEANS)
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nWhat is missing is said all at once, each with the command that mends it; nothing is deployed then.')
    .action(async (options: DeployOptions) => {
      const { deploy } = await import('../deploy/deploy.ts');
      await deploy(options, output());
    });
}
