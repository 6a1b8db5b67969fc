// Run records in memory. Keeps the encoded text, so what is read was never touched by who wrote it, and a
// record that cannot be encoded fails here as it would in a table.
import { decodeRunRecord, encodeRunRecord, type RunRecord } from '../../contracts/run-record.ts';
import { parseRunId, type RunId } from '../../core/values/identity.ts';
import type { RunStore } from '../../ports/run-store.ts';

interface Stored {
  readonly version: number;
  readonly text: string;
}

/** Each method reads and writes without a pause between, so no two of them can interleave. */
export class MemoryRunStore implements RunStore {
  readonly #runs = new Map<RunId, Stored>();

  async claim(record: RunRecord): ReturnType<RunStore['claim']> {
    if (record.version !== 1) throw new RangeError(`a claimed record has version 1, not ${record.version}`);
    const stored = this.#runs.get(record.runId);
    if (stored !== undefined) return { kind: 'exists', record: decodeRunRecord(stored.text) };
    this.#keep(record);
    return { kind: 'claimed' };
  }

  async load(runId: RunId): Promise<RunRecord | undefined> {
    if (parseRunId(runId) === undefined) throw new RangeError(`not a run id: ${runId}`);
    const stored = this.#runs.get(runId);
    return stored === undefined ? undefined : decodeRunRecord(stored.text);
  }

  async save(record: RunRecord): Promise<'saved' | 'stale'> {
    if (record.version < 2) throw new RangeError(`a saved record has version 2 or more, not ${record.version}`);
    if (this.#runs.get(record.runId)?.version !== record.version - 1) return 'stale';
    this.#keep(record);
    return 'saved';
  }

  async list(portfolio: string, limit: number): Promise<readonly RunRecord[]> {
    if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`limit must be a positive whole number, not ${limit}`);
    const newestFirst = [...this.#runs.keys()]
      .filter((runId) => parseRunId(runId)?.portfolio === portfolio)
      .sort()
      .reverse();
    return newestFirst.slice(0, limit).map((runId) => decodeRunRecord(this.#runs.get(runId)?.text ?? ''));
  }

  #keep(record: RunRecord): void {
    if (parseRunId(record.runId) === undefined) throw new RangeError(`not a run id: ${record.runId}`);
    this.#runs.set(record.runId, { version: record.version, text: encodeRunRecord(record) });
  }
}
