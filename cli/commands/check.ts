// evenkeel check: reads portfolio files, says all that is wrong with them, or what they are and when they next run.
import type { Command } from 'commander';
import type { Output } from '../output.ts';

export function registerCheck(program: Command, output: () => Output): void {
  program
    .command('check')
    .description('validate portfolio files and print their next runs')
    .argument('<files...>', 'portfolio files (YAML)')
    .option('--now <instant>', 'count the next runs from this instant, such as 2026-11-20T12:00:00Z')
    .addHelpText('after', '\nExamples:\n  evenkeel check portfolios/*.yaml\n  evenkeel check --json my.yaml')
    .action(async (files: readonly string[], options: { readonly now?: string }) => {
      const { checkPortfolios } = await import('../check/check-portfolios.ts');
      await checkPortfolios(files, options.now, output());
    });
}
