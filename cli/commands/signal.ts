// evenkeel signal: what a strategy or a portfolio would hold on a day, and why.
import { type Command, Option } from 'commander';
import type { Output } from '../output.ts';
import { pricesOption } from '../price-option.ts';
import type { SignalOptions } from '../signal/run-signal.ts';

export function registerSignal(program: Command, output: () => Output): void {
  program
    .command('signal')
    .description('print the weights of a strategy or a portfolio on a day, and why')
    .argument('<file>', 'strategy or portfolio file (.yaml), or symphony (.json, .edn, .clj)')
    .addOption(pricesOption('without it, Alpaca is asked'))
    .option('--as-of <date>', 'the session whose close decides (default without --prices: the last finished one)')
    .option('--explain', 'print each step on the way to the weights, with its figures')
    .addOption(new Option('--feed <feed>', 'whose prices Alpaca gives').choices(['iex', 'sip']).default('iex').conflicts('prices'))
    .addOption(new Option('--data-url <url>', 'where Alpaca is').default('https://data.alpaca.markets').conflicts('prices'))
    .addHelpText(
      'after',
      [
        '',
        'Without --prices it reads daily bars from Alpaca, and nothing else, with the',
        'keys in APCA_API_KEY_ID and APCA_API_SECRET_KEY. They are sent over https, or',
        'to this machine.',
        '',
        'Examples:',
        '  evenkeel signal rotation.clj --prices prices --as-of 2020-03-31 --explain',
        '  evenkeel signal portfolios/mine.yaml',
      ].join('\n'),
    )
    .action(async (file: string, options: SignalOptions) => {
      const { runSignal } = await import('../signal/run-signal.ts');
      await runSignal(file, options, output());
    });
}
