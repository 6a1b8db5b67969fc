// --out: a folder, made where there is none, that what was reckoned is written into.
import { makeFolder } from '../shared/adapters/local/make-folder.ts';
import { CommandFailure } from './failure.ts';

/** @throws CommandFailure, exit 1, where there can be no such folder. */
export function openOutFolder(out: string): void {
  writeTo(out, () => makeFolder(out));
}

/** @param work on files of the folder. @throws CommandFailure, exit 1, where the file system does not take it. */
export function writeTo<Answer>(out: string, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    throw unwritable(out, code, error);
  }
}

/** @param out the folder, or a file in it. */
export function unwritable(out: string, reason: string, cause?: unknown): CommandFailure {
  return new CommandFailure('bad-output', `--out ${out}: it cannot be written to (${reason})`, { exitCode: 1, cause });
}
