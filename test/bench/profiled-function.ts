// One function in a process of its own, and what it used at each call.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Used } from './billed.ts';

export interface ProfiledAnswer {
  readonly value: unknown;
  readonly used: Used;
  /** Largest resident size of the process so far. */
  readonly peakMb: number;
}

export class ProfiledFunction {
  readonly #process: ChildProcess;
  readonly #loaded: ProfiledAnswer;
  readonly #calls: Used[] = [];
  #peakMb: number;

  private constructor(child: ChildProcess, loaded: ProfiledAnswer) {
    this.#process = child;
    this.#loaded = loaded;
    this.#peakMb = loaded.peakMb;
  }

  /** @param folder of the bundle. */
  static async start(folder: string, environment: Readonly<Record<string, string>>): Promise<ProfiledFunction> {
    const runtime = join(import.meta.dirname, 'profiled-runtime.ts');
    const child = fork(runtime, [folder], { env: environment, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    return new ProfiledFunction(child, await answerOf(child));
  }

  /** @returns what the handler returned. */
  async call(event: unknown): Promise<unknown> {
    const answer = answerOf(this.#process);
    this.#process.send(event as object);
    const { value, used, peakMb } = await answer;
    this.#calls.push(used);
    this.#peakMb = peakMb;
    return value;
  }

  /** `cold`: its code is loaded and its first event answered. `warm`: the median of the others; undefined without any. */
  profile(): { readonly peakMb: number; readonly cold: Used; readonly warm: Used | undefined } {
    const [first = { cpuMs: 0, wallMs: 0 }, ...others] = this.#calls;
    const { used } = this.#loaded;
    const sorted = others.toSorted((a, b) => a.cpuMs - b.cpuMs);
    return {
      peakMb: this.#peakMb,
      cold: { cpuMs: used.cpuMs + first.cpuMs, wallMs: used.wallMs + first.wallMs },
      warm: sorted[Math.floor(sorted.length / 2)],
    };
  }

  async stop(): Promise<void> {
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exit;
  }
}

/** @throws Error when the process ends instead. */
async function answerOf(child: ChildProcess): Promise<ProfiledAnswer> {
  const over = new AbortController();
  const { signal } = over;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([answer]) => answer as ProfiledAnswer),
      once(child, 'exit', { signal }).then(([code]): never => {
        throw new Error(`the function ended with ${code} instead of answering`);
      }),
    ]);
  } finally {
    over.abort();
  }
}
