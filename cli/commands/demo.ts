// evenkeel demo: watch a portfolio being rebalanced by the deployed handlers, on this machine alone.
import type { Command } from 'commander';
import type { DemoOptions } from '../demo/demo-setting.ts';
import type { Output } from '../output.ts';
import { pricesOption } from '../price-option.ts';

export function registerDemo(program: Command, output: () => Output): void {
  program
    .command('demo')
    .description('rebalance a portfolio through past sessions, with everything in this process')
    .addOption(pricesOption())
    .option('--portfolio <file>', 'portfolio file (default: five large US stocks in equal parts)')
    .option('--from <date>', 'first date, such as 2019-01-01')
    .option('--to <date>', 'last date')
    .option('--cash <dollars>', 'deposit of the new account', '100000')
    .option('--seed <number>', 'seed of the price bridges and of partial fills', '1')
    .option('--approve', 'say yes to every plan that waits for its owner')
    .option('--fresh', 'forget what was done before')
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo(options, output());
    });
}
