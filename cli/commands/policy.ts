// evenkeel policy: a portfolio that claims no edge, measured before it may trade live.
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import type { AskedPolicyCheck } from '../policy/check-policy.ts';
import { requiredPrices } from '../price-option.ts';
import { publicKeysOption, signingKeyOption } from '../research-options.ts';
import { STATE_MEANS, STATE_OPTION, WORLD_HELP } from '../world/state-option.ts';

export function registerPolicy(program: Command, output: () => Output): void {
  program
    .command('policy')
    .description('measure what a portfolio costs and how paper runs followed it, before it may trade live')
    .command('check')
    .description('measure cost, tracking and paper runs of exactly what a portfolio trades, and sign what came of it')
    .argument('<file>', 'portfolio file, of paper or live')
    .addOption(requiredPrices())
    .requiredOption('--by <name>', 'the person who answers for it')
    .option('--since <date>', 'only the runs from this session on')
    .addOption(signingKeyOption())
    .addOption(publicKeysOption('portfolio'))
    .option('--out <file>', 'write it there (default: NAME.policy-check.json beside the portfolio, where live runs look)')
    .option(STATE_OPTION, STATE_MEANS)
    .addHelpText(
      'after',
      `\nExit code 1: it did not pass, and that is signed too; or it is of a demo, which is never signed. Nothing is sent.${WORLD_HELP}`,
    )
    .action(async (file: string, asked: AskedPolicyCheck) => {
      const { checkPolicy } = await import('../policy/check-policy.ts');
      await checkPolicy(file, asked, output());
    });
}
