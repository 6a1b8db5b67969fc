// A command that cannot do what it was asked, in words for a person. Anything else thrown is a fault of ours.
import type { Problem } from '../shared/contracts/problem.ts';

/** 1: refused or failed · 2: bad usage or bad input. */
export type FailureExit = 1 | 2;

export class CommandFailure extends Error {
  readonly code: string;
  readonly exitCode: FailureExit;
  readonly problems: readonly Problem[];

  constructor(code: string, message: string, options: { exitCode: FailureExit; problems?: readonly Problem[]; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CommandFailure';
    this.code = code;
    this.exitCode = options.exitCode;
    this.problems = options.problems ?? [];
  }
}
