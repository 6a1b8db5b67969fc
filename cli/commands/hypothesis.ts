// evenkeel hypothesis: a claim, written down, tried, and judged.
import type { Command } from 'commander';
import type { JudgeOptions } from '../hypothesis/judge-hypothesis.ts';
import type { ListOptions } from '../hypothesis/list-hypotheses.ts';
import type { NewOptions } from '../hypothesis/new-hypothesis.ts';
import type { RunOptions } from '../hypothesis/run-hypothesis.ts';
import type { MakeKeysOptions } from '../hypothesis/verdict-keys.ts';
import { LEDGER_STAGE_MEANS } from '../ledger-option.ts';
import type { Output } from '../output.ts';
import { requiredPrices } from '../price-option.ts';
import { publicKeysOption, reportOption, signingKeyOption } from '../research-options.ts';
import { STAGE_OPTION } from '../stage-option.ts';

const LEDGER = '--ledger <file>';
const LEDGER_MEANS = 'the trial ledger, or deployed for that of a deployment (default: trials.jsonl beside the hypothesis)';

export function registerHypothesis(program: Command, output: () => Output): void {
  const hypothesis = program.command('hypothesis').description('write a claim down before trying it, count every trial, and judge it once');
  hypothesis
    .command('new')
    .description('write a commented hypothesis to fill in')
    .argument('<name>', 'of the hypothesis, for ever: lower-case letters, digits and hyphens')
    .requiredOption('--strategy <file>', 'strategy file')
    .addOption(requiredPrices())
    .requiredOption('--benchmark <symbol>', 'what it claims to beat, held throughout')
    .option('--holdout <date>', 'its first sealed day, to the last of the prices (default: the last two years)')
    .requiredOption('--out <file>', 'write it here')
    .action(async (name: string, options: NewOptions) => {
      const { newHypothesis } = await import('../hypothesis/new-hypothesis.ts');
      await newHypothesis(name, options, output());
    });
  hypothesis
    .command('run')
    .description('try its variants on the prices before the holdout; each is counted before it begins')
    .argument('<file>', 'hypothesis file')
    .addOption(requiredPrices())
    .option(LEDGER, LEDGER_MEANS)
    .option(STAGE_OPTION, LEDGER_STAGE_MEANS)
    .action(async (file: string, options: RunOptions) => {
      const { runHypothesis } = await import('../hypothesis/run-hypothesis.ts');
      await runHypothesis(file, options, output());
    });
  hypothesis
    .command('judge')
    .description('open its holdout, once, and sign the verdict')
    .argument('<file>', 'hypothesis file')
    .addOption(requiredPrices())
    .requiredOption('--by <name>', 'the person who opens the holdout')
    .addOption(signingKeyOption())
    .addOption(publicKeysOption('hypothesis'))
    .option(LEDGER, LEDGER_MEANS)
    .option(STAGE_OPTION, LEDGER_STAGE_MEANS)
    .addOption(reportOption('the tear sheet of the judged variant with its verdict'))
    .action(async (file: string, options: JudgeOptions) => {
      const { judgeHypothesis } = await import('../hypothesis/judge-hypothesis.ts');
      await judgeHypothesis(file, options, output());
    });
  hypothesis
    .command('renew')
    .description('sign its verdict for the code of now, where that decides as the code did that judged; nothing is tried or opened')
    .argument('<file>', 'hypothesis file, or its verdict')
    .addOption(requiredPrices())
    .requiredOption('--by <name>', 'the person who renews it')
    .addOption(signingKeyOption())
    .addOption(publicKeysOption('hypothesis'))
    .option(LEDGER, LEDGER_MEANS)
    .option(STAGE_OPTION, LEDGER_STAGE_MEANS)
    .action(async (file: string, options: JudgeOptions) => {
      const { renewVerdict } = await import('../hypothesis/renew-verdict.ts');
      await renewVerdict(file, options, output());
    });
  hypothesis
    .command('list')
    .description('every hypothesis of a folder, and where it stands')
    .argument('[folder]', 'folder of hypothesis files', '.')
    .addOption(publicKeysOption('hypothesis'))
    .option(LEDGER, LEDGER_MEANS)
    .option(STAGE_OPTION, LEDGER_STAGE_MEANS)
    .action(async (folder: string, options: ListOptions) => {
      const { listHypotheses } = await import('../hypothesis/list-hypotheses.ts');
      await listHypotheses(folder, options, output());
    });
  hypothesis
    .command('keys')
    .description('make the private key that signs verdicts, and write down its public key')
    .addOption(signingKeyOption())
    .option('--public <file>', 'public keys, to be committed', 'verdict-keys.json')
    .option('--name <name>', 'whose key it is', 'owner')
    .action(async (options: MakeKeysOptions) => {
      const { makeVerdictKeys } = await import('../hypothesis/verdict-keys.ts');
      makeVerdictKeys(options, output());
    });
}
