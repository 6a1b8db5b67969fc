// evenkeel walk-forward: parameters chosen on the past of each fold alone, and lived on what came after it.

import { type Command, Option } from 'commander';
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
  slippageOption,
  startingCashOption,
  toOption,
  trialsOption,
  workersOption,
} from '../research-options.ts';
import { STAGE_OPTION } from '../stage-option.ts';
import { requiredVary } from '../sweep/vary-option.ts';
import type { AskedWalk } from '../walk-forward/asked-walk.ts';

export function registerWalkForward(program: Command, output: () => Output): void {
  program
    .command('walk-forward')
    .description('choose parameters on the past of each fold, live them on what came after, and judge that alone')
    .argument('<file>', 'strategy or portfolio file (.yaml)')
    .addOption(requiredVary())
    .addOption(requiredPrices())
    .option('--train <bars>', 'bars that a choice is made on', '756')
    .option('--test <bars>', 'bars that it is then lived on', '252')
    .option('--purge <bars>', 'bars left out between the two (default: as many as the strategy looks back on)')
    .option('--embargo <bars>', 'bars left out besides', '0')
    .option('--anchored', 'each choice is made on everything from the first bar on, at least --train of them')
    .addOption(
      new Option('--search <how>', 'how the best is looked for in each training')
        .choices(['grid', 'random', 'halving', 'bayesian'])
        .default('grid'),
    )
    .option('--tries <count>', 'variants that a search other than the grid tries in each fold (default: 30)')
    .addOption(chanceOption())
    .addOption(new Option('--metric <name>', 'what is chosen by').choices(['sharpe', 'sortino', 'calmar', 'cagr']).default('sharpe'))
    .addOption(benchmarkOption())
    .addOption(hypothesisOption())
    .addOption(trialsOption())
    .option(STAGE_OPTION, LEDGER_STAGE_MEANS)
    .addOption(workersOption())
    .option('--out <folder>', 'write folds, returns and everything that was tried there')
    .addOption(fromOption('the first with as many closes as are looked back on'))
    .addOption(toOption())
    .addOption(startingCashOption('each begins'))
    .addOption(cashRateOption())
    .addOption(costBpsOption())
    .addOption(slippageOption())
    .addHelpText(
      'after',
      [
        '',
        'Walked forward until it looks good is a search too: every variant counts as a trial.',
        '',
        'Examples:',
        '  evenkeel walk-forward rotation.yaml --vary tree.filter.by.cumulative-return=63,126,252 --prices prices --benchmark SPY',
        '  evenkeel walk-forward rotation.yaml --vary tree.filter.top=1,2,3 --prices prices --anchored --search bayesian --tries 20',
      ].join('\n'),
    )
    .action(async (file: string, asked: AskedWalk) => {
      const { walk } = await import('../walk-forward/walk.ts');
      await walk(file, asked, output());
    });
}
