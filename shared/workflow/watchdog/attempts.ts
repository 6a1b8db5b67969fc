// The checks of one portfolio, each by itself: one that fails is noted and does not stop the others.
import { UnreadableRecord } from '../../contracts/run-record.ts';
import { BrokerError, OutsideError } from '../../ports/outside-error.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { Finding } from './finding.ts';

export class Attempts {
  readonly #telemetry: Telemetry;
  readonly #failed: { readonly what: string; readonly error: unknown }[] = [];

  constructor(telemetry: Telemetry) {
    this.#telemetry = telemetry;
  }

  /** undefined when it fails. */
  async look<Value>(what: string, look: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await look();
    } catch (error) {
      this.#telemetry.error('could not be checked', { what, error });
      this.#failed.push({ what, error });
      return undefined;
    }
  }

  async find(what: string, look: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
    return (await this.look(what, look)) ?? [];
  }

  /** "the account: timeout", in order. */
  get blind(): readonly string[] {
    return this.#failed.map(({ what, error }) => `${what}: ${wordOf(error)}`);
  }

  /** Where the broker alone is at fault it is named. */
  findings(): Finding[] {
    if (this.#failed.length === 0) return [];
    const isCircuit = this.#failed.some(({ error }) => error instanceof BrokerError && error.code === 'breaker-open');
    const body = `Not checked: ${this.blind.join('; ')}.`;
    if (isCircuit) return [{ code: 'broker-circuit-open', subject: 'the broker does not answer', body }];
    return [{ code: 'watchdog-blind', subject: `${this.#failed.length} checks could not be made`, body }];
  }

  /** What is no fault of the outside world, but one of ours: telling of it is not enough. */
  defects(): unknown[] {
    return this.#failed.flatMap(({ error }) => (error instanceof OutsideError || error instanceof UnreadableRecord ? [] : [error]));
  }
}

function wordOf(error: unknown): string {
  if (error instanceof OutsideError) return error.code;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
