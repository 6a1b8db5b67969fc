// evenkeel validate: how far to believe what a strategy would have earned.
import type { Command } from 'commander';
import { LEDGER_STAGE_MEANS } from '../ledger-option.ts';
import type { Output } from '../output.ts';
import { requiredPrices } from '../price-option.ts';
import {
  benchmarkOption,
  cashRateOption,
  chanceOption,
  costBpsOption,
  fromOption,
  hypothesisOption,
  publicKeysOption,
  reportOption,
  toOption,
  trialsOption,
  verdictOption,
} from '../research-options.ts';
import { STAGE_OPTION } from '../stage-option.ts';
import { varyOption } from '../sweep/vary-option.ts';
import type { AskedValidation } from '../validate/run-validate.ts';

export function registerValidate(program: Command, output: () => Output): void {
  program
    .command('validate')
    .description('say how far the backtest of a strategy or a portfolio may be believed')
    .argument('<file>', 'strategy or portfolio file (.yaml), or symphony (.json, .edn, .clj)')
    .addOption(requiredPrices())
    .addOption(fromOption())
    .addOption(toOption())
    .addOption(cashRateOption())
    .addOption(costBpsOption())
    .addOption(benchmarkOption())
    .addOption(varyOption())
    .addOption(hypothesisOption())
    .addOption(trialsOption())
    .option(STAGE_OPTION, LEDGER_STAGE_MEANS)
    .addOption(reportOption('a tear sheet with all of it'))
    .addOption(verdictOption())
    .addOption(publicKeysOption('verdict'))
    .option('--samples <count>', 'samples of the bootstrap', '2000')
    .option('--permutations <count>', 'permuted markets on which it is priced again', '100')
    .addOption(chanceOption())
    .addHelpText(
      'after',
      [
        '',
        'It says nothing of how often you tried before you came to this file: only a count of trials can.',
        '',
        'Examples:',
        '  evenkeel validate portfolios/60-40.yaml --prices prices --benchmark SPY',
        '  evenkeel validate portfolios/60-40.yaml --prices prices --benchmark SPY --report 60-40.html',
        '  evenkeel validate rotation.yaml --prices prices --vary tree.filter.top=1,2,3 --permutations 500 --json',
      ].join('\n'),
    )
    .action(async (file: string, asked: AskedValidation) => {
      const { runValidate } = await import('../validate/run-validate.ts');
      await runValidate(file, asked, output());
    });
}
