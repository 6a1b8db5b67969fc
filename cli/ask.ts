// A yes or no from the person at the keyboard. Where nobody can be asked, the yes has to be in the command.
import { CommandFailure } from './failure.ts';
import type { Output } from './output.ts';

export interface AskOptions {
  /** The yes was given with the command. */
  readonly yes?: boolean;
}

export type Ask = (question: string, options: AskOptions, output: Output) => Promise<void>;

/**
 * Comes back after a yes.
 * @throws CommandFailure: exit 2 where nobody can be asked, exit 1 for a no or a Ctrl-C.
 */
export const ask: Ask = async (question, { yes = false }, output) => {
  if (yes) return;
  if (!output.isTty || process.stdin.isTTY !== true) {
    throw new CommandFailure('not-asked', `${question} Nobody can be asked here: say --yes`, { exitCode: 2 });
  }
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message: question, initialValue: false });
  if (isCancel(answer) || !answer) throw new CommandFailure('declined', 'nothing was done', { exitCode: 1 });
};
