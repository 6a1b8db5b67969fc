// evenkeel resume: turns the kill switch off, of one portfolio or the one of all.
import type { Command } from 'commander';
import type { Output } from '../output.ts';
import type { ResumeOptions } from '../switch/resume.ts';

export function registerResume(program: Command, output: () => Output): void {
  program
    .command('resume')
    .description('turn the kill switch off; the next scheduled run starts afresh')
    .argument('[portfolio]', 'portfolio; left out, the switch of all portfolios (each keeps its own)')
    .requiredOption('--reason <text>', 'why; it is kept, and shown to whoever asks')
    .option('--mark <keep|now>', 'lower the breaker: keep its high-water mark, or let it begin anew')
    .option('--state <folder>', 'of a demo that does not run, instead of a deployment; such as .evenkeel/demo-1a2b3c4d')
    .addHelpText('after', '\nReads which deployment from the EVENKEEL_… variables that the compute stack prints as OperatorEnvironment.')
    .action(async (portfolio: string | undefined, options: ResumeOptions) => {
      const { resume } = await import('../switch/resume.ts');
      await resume(portfolio, options, output());
    });
}
