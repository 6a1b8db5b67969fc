// evenkeel exchange: an Alpaca-compatible exchange on this machine, over real past prices.
import type { Command } from 'commander';
import type { ExchangeCommandOptions } from '../exchange/run-exchange.ts';
import type { Output } from '../output.ts';
import { requiredPrices } from '../price-option.ts';

export function registerExchange(program: Command, output: () => Output): void {
  program
    .command('exchange')
    .description('start a local Alpaca-compatible exchange that replays past prices')
    .addOption(requiredPrices())
    .requiredOption('--date <date>', 'the session on which time begins, such as 2020-03-16')
    .option('--time <hh:mm>', 'New York time at which time begins', '09:30')
    .option('--port <number>', 'port on 127.0.0.1; 0 takes any free one', '4010')
    .option('--cash <dollars>', 'deposit of the account', '100000')
    .option('--seed <number>', 'seed of the price bridges and of partial fills', '1')
    .option('--still', 'time stands still until the control endpoint moves it; lifts the limit of 200 requests a minute')
    .addHelpText('after', '\nFaults and time: POST /control/v1/faults and /control/v1/clock. Ctrl-C ends it.')
    .action(async (options: ExchangeCommandOptions) => {
      const { runExchange } = await import('../exchange/run-exchange.ts');
      await runExchange(options, output());
    });
}
