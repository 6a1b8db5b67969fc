// evenkeel sweep: every combination of the values one names, backtested on all cores or in the cloud.
import { type Command, Option } from 'commander';
import type { Output } from '../output.ts';
import { requiredPrices } from '../price-option.ts';
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
    .option('--hypothesis <name>', 'count every variant as a trial of it, in the ledger of --trials')
    .option('--trials <file>', 'the trial ledger, or deployed for that of a deployment', '.evenkeel/trials.jsonl')
    .option(
      STAGE_OPTION,
      'of the cloud and of the deployed ledger: paper or live; left out, the one of the EVENKEEL_… variables, else paper',
    )
    .option('--cloud', 'run it in the functions of the sweep stack, and fetch the rows; Ctrl-C leaves it running')
    .option('--workers <count>', 'how many at a time (default: as many as there are cores; in the cloud, half of what the account may run)')
    .option('--from <date>', 'the first session with a run (default: the first that can be decided)')
    .option('--to <date>', 'the last session (default: the last of the prices)')
    .option('--cash <usd>', 'what each begins with', '100000')
    .option('--cost-bps <bps>', 'half the spread, of all that is traded', '2')
    .addOption(new Option('--slippage <times>', 'spread and impact, so many times').choices(['1x', '2x', '3x']).default('1x'))
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
