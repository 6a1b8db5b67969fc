// One function as AWS keeps it: the bundle in a process, started by the first event, warm for the next ones, gone when it
// is killed and started anew by the event after that.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Invocation {
  readonly event: unknown;
}

export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: string };

export type Invoked = Exclude<Answer, { readonly kind: 'ready' }> | { readonly kind: 'killed' };

const RUNTIME = join(import.meta.dirname, 'function-runtime.ts');

export class FunctionProcess {
  readonly #folder: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #log: number;
  #process: ChildProcess | undefined;
  kills = 0;

  /** @param folder of the bundle. @param environment all that the function sees. @param log file that takes what it writes. */
  constructor(folder: string, environment: Readonly<Record<string, string>>, log: number) {
    this.#folder = folder;
    this.#environment = environment;
    this.#log = log;
  }

  /** @param killAfterMs the process is killed so long after it was given the event, if it has not answered by then. */
  async invoke(event: unknown, killAfterMs = Number.POSITIVE_INFINITY): Promise<Invoked> {
    const child = await this.#started();
    child.send({ event } satisfies Invocation);
    const kill = Number.isFinite(killAfterMs) ? setTimeout(() => child.kill('SIGKILL'), killAfterMs) : undefined;
    const answer = await answerOf(child);
    clearTimeout(kill);
    if (answer !== undefined) return answer as Invoked;
    this.kills += 1;
    this.#process = undefined;
    return { kind: 'killed' };
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  async #started(): Promise<ChildProcess> {
    if (this.#process !== undefined && this.#process.exitCode === null && this.#process.signalCode === null) return this.#process;
    const child = fork(RUNTIME, [this.#folder], { env: this.#environment, execArgv: [], stdio: ['ignore', this.#log, this.#log, 'ipc'] });
    this.#process = child;
    if ((await answerOf(child)) === undefined) throw new Error(`the function ended with ${child.exitCode} before it was given an event`);
    return child;
  }
}

/** undefined when it ends without one. */
async function answerOf(child: ChildProcess): Promise<Answer | undefined> {
  const over = new AbortController();
  const { signal } = over;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([answer]) => answer as Answer),
      once(child, 'exit', { signal }).then(() => undefined),
    ]);
  } finally {
    over.abort();
  }
}
