// evenkeel sweep: every combination of the values one names, backtested on all cores or in the cloud.
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import { requiredPrices } from '../price-option.ts';
import {
  cashRateOption,
  costBpsOption,
  fromOption,
  hypothesisOption,
  slippageOption,
  startingCashOption,
  toOption,
  trialsOption,
  workersOption,
} from '../research-options.ts';
import { STAGE_OPTION } from '../stage-option.ts';
import type { AskedSweep } from '../sweep/sweep.ts';
import { requiredVary } from '../sweep/vary-option.ts';

export function registerSweep(program: Command, output: () => Output): void {
  program
    .command('sweep')
    .description('backtest every combination of values of a strategy or a portfolio')
    .argument('<file>', 'strategy or portfolio file (.yaml)')
    .addOption(requiredVary())
    .addOption(requiredPrices())
    .option('--out <folder>', 'where finished variants and results are written', 'sweep')
    .option('--resume', 'go on with the sweep that was begun there')
    .addOption(hypothesisOption())
    .addOption(trialsOption())
    .option(
      STAGE_OPTION,
      'of the cloud and of the deployed ledger: paper or live; left out, the one of the EVENKEEL_… variables, else paper',
    )
    .option('--cloud', 'run it in the functions of the sweep stack, and fetch the rows; Ctrl-C leaves it running')
    .addOption(workersOption('; in the cloud, half of what the account may run'))
    .addOption(fromOption())
    .addOption(toOption())
    .addOption(startingCashOption('each begins'))
    .addOption(cashRateOption())
    .addOption(costBpsOption())
    .addOption(slippageOption())
    .addHelpText(
      'after',
      [
        '',
        'The best of many tries looks better than it is: every variant counts as a trial.',
        '',
        'Example:',
        '  evenkeel sweep rotation.yaml --vary tree.filter.top=1,2,3 --vary tree.filter.by.cumulative-return=63,126,252 --prices prices',
      ].join('\n'),
    )
    .action(async (file: string, asked: AskedSweep) => {
      const { sweep } = await import('../sweep/sweep.ts');
      await sweep(file, asked, output());
    });
}
