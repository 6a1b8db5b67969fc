// One command in process, by the output it is given: what it said in a pipe, and how it failed.
import { Output } from '../../cli/output.ts';

export interface Heard {
  readonly out: string;
  readonly err: string;
  /** What it threw; undefined where it ended well. */
  readonly failure: unknown;
}

export async function heard(command: (output: Output) => Promise<void>, json = false): Promise<Heard> {
  const told = { out: '', err: '', failure: undefined as unknown };
  const terminal = {
    isTty: false,
    hasColor: false,
    writeOut: (text: string) => {
      told.out += text;
    },
    writeErr: (text: string) => {
      told.err += text;
    },
  };
  await command(new Output(terminal, { json, verbose: false })).catch((error: unknown) => {
    told.failure = error;
  });
  return told;
}
