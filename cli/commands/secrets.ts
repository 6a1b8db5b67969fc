// evenkeel secrets: the broker's keys and the webhook of a deployment.
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import type { SecretsOptions } from '../secrets/store-secret.ts';
import { STAGE_MEANS, STAGE_OPTION } from '../stage-option.ts';

const INPUT =
  '\nWhat is secret is typed without being shown, or comes through standard input:\n  evenkeel secrets set sixty-forty < keys.json\nIt is never an argument, and never printed.';

export function registerSecrets(program: Command, output: () => Output): void {
  const secrets = program
    .command('secrets')
    .description('put the broker’s keys where the functions find them, replace them, and check them');
  secrets
    .command('set')
    .description('store keys once the broker has taken them; paper keys go to no live account, nor live keys to a paper one')
    .argument('<account>', 'account.name of a portfolio file, or webhook')
    .option(STAGE_OPTION, STAGE_MEANS)
    .addHelpText('after', INPUT)
    .action(async (account: string, options: SecretsOptions) => {
      const { setSecret } = await import('../secrets/store-secret.ts');
      await setSecret(account, options, output());
    });
  secrets
    .command('rotate')
    .description('store new keys in place of others, read them back, and say when the old may be deleted')
    .argument('<account>', 'account.name of a portfolio file')
    .option(STAGE_OPTION, STAGE_MEANS)
    .addHelpText('after', INPUT)
    .action(async (account: string, options: SecretsOptions) => {
      const { rotateSecret } = await import('../secrets/store-secret.ts');
      await rotateSecret(account, options, output());
    });
  secrets
    .command('check')
    .description('say how old each is, and whether the broker takes it')
    .argument('[account]', 'account.name of a portfolio file, or webhook; left out, all of them')
    .option(STAGE_OPTION, STAGE_MEANS)
    .action(async (account: string | undefined, options: SecretsOptions) => {
      const { checkSecrets } = await import('../secrets/check-secrets.ts');
      await checkSecrets(account, options, output());
    });
}
