// evenkeel init: a new portfolio file by a few questions.
import type { Command } from 'commander';
import type { InitOptions } from '../init/init.ts';
import type { Output } from '../output.ts';

export function registerInit(program: Command, output: () => Output): void {
  program
    .command('init')
    .description('write a commented portfolio file by a few questions; it never replaces one')
    .option('--name <name>', 'of the portfolio, and of the file in portfolios/')
    .option('--preset <preset>', 'what it holds: sixty-forty, golden-butterfly or all-weather')
    .option('--account <name>', 'what its broker account is called; the name of its keys')
    .option('--mode <mode>', 'paper (play money) or live (real money)')
    .option('--number <number>', 'the broker’s number of the account; live cannot do without')
    .option('--schedule <schedule>', 'how often it is looked at: monthly, quarterly, weekly or daily')
    .option('--email <address>', 'where alarms and the daily digest go; none for no mail')
    .option('--yes', 'ask nothing: what is not said is as usual')
    .addHelpText('after', '\nExample:\n  evenkeel init --preset sixty-forty --name my-portfolio --yes')
    .action(async (options: InitOptions) => {
      const { init } = await import('../init/init.ts');
      await init(options, output());
    });
}
