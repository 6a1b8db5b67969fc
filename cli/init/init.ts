// evenkeel init: a few questions, and a commented portfolio file that is valid. It writes a whole new file or none.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import { NAME_PATTERN } from '../../shared/core/values/identity.ts';
import { summarize } from '../check/portfolio-summary.ts';
import { summaryText } from '../check/summary-text.ts';
import { CommandFailure } from '../failure.ts';
import { writeNewFile } from '../new-file.ts';
import type { Output } from '../output.ts';
import { PORTFOLIO_FOLDER } from '../portfolio-folder.ts';
import { type Answers, lineAnswers, terminalAnswers, usualAnswers } from './answers.ts';
import { type Draft, portfolioDraft } from './portfolio-draft.ts';
import { PRESETS, SCHEDULES, type ScheduleName } from './presets.ts';

export interface InitOptions {
  readonly name?: string;
  readonly preset?: string;
  readonly account?: string;
  readonly mode?: string;
  readonly number?: string;
  readonly schedule?: string;
  readonly email?: string;
  /** What is not said is as usual. */
  readonly yes?: boolean;
}

/** @throws CommandFailure: exit 2 for an answer that cannot be, or where the file cannot be written; exit 1 for a Ctrl-C. */
export async function init(options: InitOptions, output: Output, answers?: Answers, folder = PORTFOLIO_FOLDER): Promise<void> {
  const asked = answers ?? (await answersFor(options, output));
  try {
    const draft = await draftOf(options, asked, folder);
    const file = join(folder, `${draft.name}.yaml`);
    const text = portfolioDraft(draft);
    const parsed = parsePortfolioFile(text, file);
    if (parsed.kind === 'refused')
      throw new CommandFailure('bad-portfolio', 'these answers make no valid file', { exitCode: 2, problems: parsed.problems });
    await write(file, text);
    const summary = summarize(file, parsed.policy, Date.now());
    const next = `npx evenkeel deploy${draft.mode === 'live' ? ' --stage live' : ''}, then npx evenkeel secrets set ${draft.account}`;
    output.result(
      { file, portfolio: summary, next },
      `${summaryText(summary, output.colors)}\n\nWritten to ${file}. Change it as you like; then: ${next}.`,
    );
  } finally {
    asked.close();
  }
}

function answersFor({ yes = false }: InitOptions, output: Output): Promise<Answers> | Answers {
  if (yes) return usualAnswers;
  if (output.isTty && process.stdin.isTTY === true) return terminalAnswers();
  return lineAnswers(process.stdin, (text) => output.note(text));
}

async function draftOf(options: InitOptions, answers: Answers, folder: string): Promise<Draft> {
  const presetName =
    options.preset ??
    (await answers.choice(
      'What shall it hold?',
      PRESETS.map(({ name, about }) => ({ value: name, about })),
      'sixty-forty',
    ));
  const preset = PRESETS.find(({ name }) => name === presetName);
  if (preset === undefined)
    throw usage(
      '--preset',
      presetName,
      PRESETS.map(({ name }) => name),
    );
  const refuseName = (text: string) => refuseTakenName(text, folder);
  const name = options.name ?? (await answers.text('What is the portfolio called, for ever?', preset.name, refuseName));
  const refusal = refuseName(name);
  if (refusal !== undefined) throw new CommandFailure('usage', `--name ${JSON.stringify(name)}: ${refusal}`, { exitCode: 2 });
  const account =
    options.account ?? (await answers.text('What shall its broker account be called? Its keys get that name', name, refuseBadName));
  const badAccount = refuseBadName(account);
  if (badAccount !== undefined) throw new CommandFailure('usage', `--account ${JSON.stringify(account)}: ${badAccount}`, { exitCode: 2 });
  const mode =
    options.mode ??
    (await answers.choice(
      'Play money or real money?',
      [
        { value: 'paper', about: 'play money' },
        { value: 'live', about: 'real money' },
      ],
      'paper',
    ));
  if (mode !== 'paper' && mode !== 'live') throw usage('--mode', mode, ['paper', 'live']);
  const number = options.number ?? (mode === 'live' ? await liveNumber(answers) : undefined);
  const schedules = Object.keys(SCHEDULES) as ScheduleName[];
  const asked =
    options.schedule ??
    (await answers.choice(
      'How often is it looked at?',
      schedules.map((value) => ({ value, about: SCHEDULES[value].says })),
      'monthly',
    ));
  const schedule = schedules.find((each) => each === asked);
  if (schedule === undefined) throw usage('--schedule', asked, schedules);
  const email =
    options.email ??
    (await answers.text('Your mail address, for alarms and what each session brought (none: no mail)', 'none', refuseAddress));
  const badAddress = refuseAddress(email);
  if (badAddress !== undefined) throw new CommandFailure('usage', `--email ${JSON.stringify(email)}: ${badAddress}`, { exitCode: 2 });
  return { name, preset, account, mode, number, schedule, email: email === 'none' ? undefined : email };
}

/** Nothing is usual here: real money trades in the account that its owner names. */
async function liveNumber(answers: Answers): Promise<string> {
  const number = await answers.text('The number of the account, as the broker’s page shows it', '', (text) =>
    /^\w{4,20}$/.test(text) ? undefined : 'letters and digits, such as 123456789',
  );
  if (number === '') throw new CommandFailure('usage', 'a live portfolio names its account: say --number', { exitCode: 2 });
  return number;
}

function refuseAddress(text: string): string | undefined {
  return text === 'none' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : 'a mail address such as you@example.com, or none';
}

function refuseBadName(text: string): string | undefined {
  return NAME_PATTERN.test(text) ? undefined : 'small letters, digits and dashes, beginning with a letter, at most 32';
}

function refuseTakenName(text: string, folder: string): string | undefined {
  return (
    refuseBadName(text) ??
    (existsSync(join(folder, `${text}.yaml`)) ? `${join(folder, `${text}.yaml`)} exists, and is not replaced` : undefined)
  );
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const written = await writeNewFile(file, text, { replace: false });
  if (written.kind === 'refused') throw new CommandFailure('bad-output', `${file}: ${written.reason}`, { exitCode: 2 });
}

function usage(option: string, value: string, expected: readonly string[]): CommandFailure {
  return new CommandFailure('usage', `${option} ${JSON.stringify(value)}: expected one of ${expected.join(', ')}`, { exitCode: 2 });
}
