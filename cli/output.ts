// What a command may say, and how: tables and colours for a terminal, plain text for a pipe, one JSON document with
// --json. Commands never write to a stream themselves.
import pc from 'picocolors';

/** Where text goes. The process's own streams, or a test's. */
export interface Terminal {
  readonly isTty: boolean;
  readonly hasColor: boolean;
  writeOut(text: string): void;
  writeErr(text: string): void;
}

export interface OutputOptions {
  readonly json: boolean;
  readonly verbose: boolean;
}

export class Output {
  readonly json: boolean;
  readonly verbose: boolean;
  /** True where a person watches: progress and tables are worth drawing. */
  readonly isTty: boolean;
  /** Colours that are the identity where there are none. */
  readonly colors: ReturnType<typeof pc.createColors>;
  readonly #terminal: Terminal;
  #hasResult = false;

  constructor(terminal: Terminal, { json, verbose }: OutputOptions) {
    this.json = json;
    this.verbose = verbose;
    this.isTty = terminal.isTty && !json;
    this.colors = pc.createColors(terminal.hasColor && !json);
    this.#terminal = terminal;
  }

  /**
   * What the command was asked for, said once: `document` with --json, else `text`.
   * @throws Error on the second call, which would make two documents.
   */
  result(document: unknown, text: string): void {
    if (this.#hasResult) throw new Error('a command has one result');
    this.#hasResult = true;
    this.#terminal.writeOut(line(this.json ? JSON.stringify(document, textOfBigint, 2) : text));
  }

  /** Whether the command has said its result. */
  get hasResult(): boolean {
    return this.#hasResult;
  }

  /** A part of what was asked for, of which nobody knows how much will come, on standard output; nothing with --json. */
  part(text: string): void {
    if (!this.json) this.#terminal.writeOut(line(text));
  }

  /** Text for people beside the result, on standard error; nothing with --json. */
  note(text: string): void {
    if (!this.json) this.#terminal.writeErr(line(text));
  }

  /** One line that the next one replaces, for whoever watches a terminal; nothing in a pipe. '' takes it away. */
  progress(text: string): void {
    if (this.isTty) this.#terminal.writeErr(`\r\u001b[2K${text}`);
  }

  /** Text for whoever looks for a fault: on standard error, with --verbose, --json or not. */
  trace(text: string): void {
    if (this.verbose) this.#terminal.writeErr(line(text));
  }
}

/** The streams of this process. NO_COLOR and FORCE_COLOR are respected. */
export function processTerminal(): Terminal {
  return {
    isTty: process.stdout.isTTY === true,
    hasColor: pc.isColorSupported && (process.stdout.isTTY === true || process.env['FORCE_COLOR'] !== undefined),
    writeOut: (text) => void process.stdout.write(text),
    writeErr: (text) => void process.stderr.write(text),
  };
}

function line(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

function textOfBigint(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
