// evenkeel backtest: what a strategy or a portfolio would have earned on past prices, and what that would have cost.
import { type Command, Option } from 'commander';
import { USUAL_COSTS, USUAL_OPTIONS } from '../../research/backtest/backtest-options.ts';
import type { AskedBacktest } from '../backtest/asked-options.ts';
import type { Output } from '../output.ts';
import { requiredPrices } from '../price-option.ts';
import {
  benchmarkOption,
  cashRateOption,
  costBpsOption,
  fromOption,
  publicKeysOption,
  reportOption,
  slippageOption,
  startingCashOption,
  toOption,
  verdictOption,
} from '../research-options.ts';

export function registerBacktest(program: Command, output: () => Output): void {
  program
    .command('backtest')
    .description('live a strategy or a portfolio through past prices')
    .argument('<file>', 'strategy or portfolio file (.yaml), or symphony (.json, .edn, .clj)')
    .addOption(requiredPrices())
    .addOption(fromOption())
    .addOption(toOption())
    .addOption(startingCashOption('it begins'))
    .addOption(cashRateOption())
    .addOption(costBpsOption())
    .option('--commission-bps <bps>', 'commission, of all that is traded', String(USUAL_COSTS.commissionBps))
    .option('--borrow-bps <bps>', 'what short positions cost a year', String(USUAL_COSTS.borrowBps))
    .option(
      '--impact <factor>',
      'daily deviations that a day of volume moves the price; where volumes are known',
      String(USUAL_COSTS.impact),
    )
    .addOption(new Option('--fees <fees>', 'fees of regulators by trade date').choices(['dated', 'none']).default(USUAL_COSTS.fees))
    .addOption(slippageOption())
    .addOption(
      new Option('--fill <when>', 'when a decision is filled (default: as the file says)').choices([
        'same-close',
        'next-open',
        'next-close',
      ]),
    )
    .addOption(
      new Option('--dividends <how>', 'in adjusted closes, or as cash').choices(['reinvested', 'paid']).default(USUAL_OPTIONS.dividends),
    )
    .addOption(
      new Option('--weights <how>', 'whole parts per million as in a run, or exact')
        .choices(['whole', 'exact'])
        .default(USUAL_OPTIONS.weights),
    )
    .addOption(
      new Option('--settlement <rule>', 'whether proceeds wait (default: as the file says)').choices(['immediate', 'settled-only']),
    )
    .addOption(benchmarkOption())
    .option('--full', 'let every run take place: the real workflow on a simulated exchange, with whole shares and partial fills')
    .option('--out <folder>', 'write equity, trades, positions, weights, metrics and a manifest there')
    .addOption(reportOption())
    .addOption(verdictOption())
    .addOption(publicKeysOption('verdict'))
    .addHelpText(
      'after',
      [
        '',
        'It decides as a run does, trades in dollars, and places no order anywhere.',
        '',
        'Examples:',
        '  evenkeel backtest portfolios/60-40.yaml --prices prices --benchmark SPY',
        '  evenkeel backtest rotation.yaml --prices prices --slippage 2x --out results',
        '  evenkeel backtest portfolios/60-40.yaml --prices prices --from 2024-01-02 --full',
        '  evenkeel backtest portfolios/60-40.yaml --prices prices --benchmark SPY --report 60-40.html',
      ].join('\n'),
    )
    .action(async (file: string, asked: AskedBacktest) => {
      const { runBacktest } = await import('../backtest/run-backtest.ts');
      await runBacktest(file, asked, output());
    });
}
