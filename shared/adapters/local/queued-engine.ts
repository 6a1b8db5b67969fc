// The engine of a run at home: it remembers what was started, and a driver in virtual time takes it from here.
// Nothing is lost with the process: a run that was not finished is handed over again from its record.
import type { RunId } from '../../core/values/identity.ts';
import type { Engine } from '../../ports/engine.ts';

export class QueuedEngine implements Engine {
  readonly #started = new Set<RunId>();
  readonly #waiting: RunId[] = [];

  async start(runId: RunId): Promise<'started' | 'already-started'> {
    if (this.#started.has(runId)) return 'already-started';
    this.#started.add(runId);
    this.#waiting.push(runId);
    return 'started';
  }

  /** The next run that was started and not yet taken. */
  take(): RunId | undefined {
    return this.#waiting.shift();
  }
}
