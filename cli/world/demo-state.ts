// The state of a demo, opened for a command, or why it cannot be in words for a person.
import { FolderInUse } from '../../shared/adapters/local/folder-hold.ts';
import { type LocalState, openLocalState } from '../../shared/wiring/local-state.ts';
import { UnusableState } from '../../shared/wiring/unusable-state.ts';
import { CommandFailure } from '../failure.ts';

/** @throws CommandFailure: exit 2 when there is no such state, exit 1 when another process works there. */
export async function openDemoState(folder: string): Promise<LocalState> {
  return openLocalState(folder).catch((error: unknown) => {
    throw explained(error, folder);
  });
}

function explained(error: unknown, folder: string): unknown {
  if (error instanceof UnusableState) return new CommandFailure('no-state', error.message, { exitCode: 2, cause: error });
  if (!(error instanceof FolderInUse)) return error;
  const message = `an evenkeel is working in ${folder}, and one process holds it at a time: stop it with Ctrl-C, say this again, and start it again`;
  return new CommandFailure('in-use', message, { exitCode: 1, cause: error });
}
