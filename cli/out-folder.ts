// --out: a folder, made where there is none, that what was reckoned is written into.
import { makeFolder } from '../shared/adapters/local/make-folder.ts';
import { CommandFailure, type FailureExit } from './failure.ts';

/** @throws CommandFailure, exit 2, where there can be no such folder. */
export function openOutFolder(out: string): void {
  writeTo(out, () => makeFolder(out));
}

/** @param work on files of the folder. @throws CommandFailure, exit 2, where the path cannot be written to, exit 1 where the disk does not take it. */
export function writeTo<Answer>(out: string, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    throw unwritable(out, REASONS[code] ?? code, { exitCode: code in REASONS ? 2 : 1, cause: error });
  }
}

/** Of the path that was named: another one would do. */
const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'a file is there; expected a folder',
  ENOTDIR: 'a file is there; expected a folder',
  ENOENT: 'no such folder, and none can be made',
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EROFS: 'a folder that cannot be written to',
  EISDIR: 'a folder is there; expected a file',
  ENAMETOOLONG: 'a name that is too long',
};

/** @param out the folder, or a file in it. */
export function unwritable(out: string, reason: string, options: { exitCode: FailureExit; cause?: unknown }): CommandFailure {
  return new CommandFailure('bad-output', `--out ${out}: it cannot be written to (${reason})`, options);
}
