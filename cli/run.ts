// The command line as a function: arguments in, exit code out. 0 done · 1 refused or failed · 2 bad usage or input.
import { Command, CommanderError } from 'commander';
import description from '../package.json' with { type: 'json' };
import { OutsideError } from '../shared/ports/outside-error.ts';
import { BrokenLedger } from '../shared/ports/trial-ledger.ts';
import { commands } from './commands.ts';
import { CommandFailure } from './failure.ts';
import { Output, type Terminal } from './output.ts';
import { problemText } from './problem-text.ts';

/** Runs one command. Never throws and never ends the process; what failed is said on the terminal. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const output = outputFor(args, terminal);
  const said = { out: '', err: '' };
  let program: Command | undefined;
  try {
    program = await programFor(args, output, said);
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return error instanceof CommanderError ? usage(error, helpOf(program, args), output, said) : failed(error, output);
  }
}

/** `--json` and `--verbose` are known before anything else is, so that bad usage can be said their way too. */
export function outputFor(args: readonly string[], terminal: Terminal): Output {
  return new Output(terminal, { json: hasFlag(args, '--json'), verbose: hasFlag(args, '--verbose') });
}

async function programFor(args: readonly string[], output: Output, said: { out: string; err: string }): Promise<Command> {
  const program = new Command('evenkeel')
    .description(description.description)
    .version(description.version, '-V, --version', 'print the version')
    .option('--json', 'print exactly one JSON document')
    .option('--verbose', 'say more, with stack traces')
    .showSuggestionAfterError(true)
    // A command's own help lists what it shares with all others too.
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        said.out += text;
      },
      writeErr: (text) => {
        said.err += text;
      },
      // The error itself is thrown, and said by `usage`.
      outputError: () => undefined,
    })
    .addHelpText('after', '\nExit codes: 0 done, 1 refused or failed, 2 bad usage or bad input.');
  const asked = args.find((arg) => !arg.startsWith('-'));
  const named = commands.filter((each) => each.name === asked);
  const isHelp = args.some((arg) => arg === '--help' || arg === '-h');
  for (const { load } of named.length > 0 && !isHelp ? named : commands) (await load())(program, () => output);
  return program;
}

/** Help and version are answers; every other word of commander's is bad usage. */
function usage(error: CommanderError, help: string, output: Output, said: { out: string; err: string }): number {
  if (error.exitCode === 0) {
    output.result({ [error.code === 'commander.version' ? 'version' : 'help']: said.out.trim() }, said.out);
    return 0;
  }
  const isBare = error.code === 'commander.help';
  const message = isBare ? 'a command is missing' : error.message.replace(/^error: /, '');
  if (output.json) output.result({ error: { code: 'usage', message, problems: [] } }, '');
  else output.note(isBare ? said.err : `${output.colors.red('error:')} ${message}\nSee evenkeel ${help}--help`);
  return 2;
}

/** Whose help knows the option: that of the command, with its subcommand, as far as there are such. */
function helpOf(program: Command | undefined, args: readonly string[]): string {
  let named = program;
  let help = '';
  for (const arg of args.filter((each) => !each.startsWith('-'))) {
    named = named?.commands.find((each) => each.name() === arg);
    if (named === undefined) break;
    help += `${arg} `;
  }
  return help;
}

/** Says a failure and answers its exit code. */
export function failed(error: unknown, output: Output): number {
  const known = knownFailure(error);
  const message = known?.message ?? (error instanceof Error ? error.message : String(error));
  const problems = known?.problems ?? [];
  // A failure that follows the result is told by the exit code alone: one document is all that --json may print.
  if (output.json && !output.hasResult) output.result({ error: { code: known?.code ?? 'unexpected', message, problems } }, '');
  else {
    for (const problem of problems) output.note(problemText(problem, output.colors));
    output.note(`${output.colors.red('error:')} ${message}${known === undefined ? ' (unexpected; --verbose shows where)' : ''}`);
  }
  if (error instanceof Error) output.trace(stackText(error));
  return known?.exitCode ?? 1;
}

const HINTS: Readonly<Record<string, string>> = {
  unauthorized: '; sign in with credentials that may do this (aws sso login, AWS_PROFILE), then say it again',
  'no-region': '; say which AWS region it is in: export AWS_REGION=us-east-1',
};

/** What fails outside is no fault of ours: it is said without a stack trace, and with what to do where that is known. */
function knownFailure(error: unknown): CommandFailure | undefined {
  if (error instanceof CommandFailure) return error;
  if (error instanceof BrokenLedger) {
    const message = `${error.message}: somebody changed it, and no verdict may rest on it; take it back as it was`;
    return new CommandFailure('broken-ledger', message, { exitCode: 1, cause: error });
  }
  if (!(error instanceof OutsideError)) return undefined;
  return new CommandFailure(error.code, `${error.message}${HINTS[error.code] ?? ''}`, { exitCode: 1, cause: error });
}

function stackText(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackText(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

function hasFlag(args: readonly string[], flag: string): boolean {
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end)).includes(flag);
}
