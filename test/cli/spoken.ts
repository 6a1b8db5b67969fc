// The command line in process, with what it said.
import { run } from '../../cli/run.ts';

export interface Spoken {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as in a pipe, or (`color`) as on a terminal. */
export async function evenkeel(args: readonly string[], options: { readonly color?: boolean } = {}): Promise<Spoken> {
  let out = '';
  let err = '';
  const code = await run(args, {
    isTty: options.color === true,
    hasColor: options.color === true,
    writeOut: (text) => {
      out += text;
    },
    writeErr: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}
