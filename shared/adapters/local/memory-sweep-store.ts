// Inputs and rows of sweeps in the memory of this process: for tests.
import { createHash } from 'node:crypto';
import type { ContentHash } from '../../core/values/identity.ts';
import { StoreError } from '../../ports/outside-error.ts';
import type { SweepStore } from '../../ports/sweep-store.ts';

export class MemorySweepStore implements SweepStore {
  readonly #inputs = new Map<ContentHash, Uint8Array>();
  readonly #rows = new Map<ContentHash, Map<string, string>>();

  async keepInput(bytes: Uint8Array): Promise<ContentHash> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    this.#inputs.set(hash, Uint8Array.from(bytes));
    return hash;
  }

  async input(hash: ContentHash): Promise<Uint8Array> {
    const bytes = this.#inputs.get(hash);
    if (bytes === undefined) throw new StoreError(`there is no input ${hash}`, { effect: 'none', code: 'http-404' });
    return Uint8Array.from(bytes);
  }

  async keepRows(sweep: ContentHash, places: readonly number[], lines: string): Promise<void> {
    const batches = this.#rows.get(sweep) ?? new Map<string, string>();
    this.#rows.set(sweep, batches.set(places.join(','), lines));
  }

  async *rows(sweep: ContentHash): AsyncIterable<string> {
    yield* this.#rows.get(sweep)?.values() ?? [];
  }
}
