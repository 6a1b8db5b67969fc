// The run store and the ledger store of a simulated day, with the semantics of the table: one write at a time, and only
// over the version before. Most of a day's time would go into text, so only every eighth record goes through it; that
// every record survives it is for the contract of the stores to say.
import { decodeLedgerRecord, encodeLedgerRecord, type LedgerRecord } from '../../shared/contracts/ledger-record.ts';
import { decodeRunRecord, encodeRunRecord, type RunRecord } from '../../shared/contracts/run-record.ts';
import { parseRunId, type RunId } from '../../shared/core/values/identity.ts';
import type { LedgerStore } from '../../shared/ports/ledger-store.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';

const TEXT_EVERY = 8;

export class SwiftRunStore implements RunStore {
  readonly #runs = new Map<RunId, RunRecord>();

  async claim(record: RunRecord): ReturnType<RunStore['claim']> {
    const stored = this.#runs.get(record.runId);
    if (stored !== undefined) return { kind: 'exists', record: stored };
    this.#runs.set(record.runId, asStored(record));
    return { kind: 'claimed' };
  }

  async load(runId: RunId): Promise<RunRecord | undefined> {
    return this.#runs.get(runId);
  }

  async save(record: RunRecord): Promise<'saved' | 'stale'> {
    if (this.#runs.get(record.runId)?.version !== record.version - 1) return 'stale';
    this.#runs.set(record.runId, asStored(record));
    return 'saved';
  }

  async list(portfolio: string, limit: number): Promise<readonly RunRecord[]> {
    const ofPortfolio = [...this.#runs.values()].filter(({ runId }) => parseRunId(runId)?.portfolio === portfolio);
    return ofPortfolio.sort((a, b) => (a.runId < b.runId ? 1 : -1)).slice(0, limit);
  }
}

export class SwiftLedgerStore implements LedgerStore {
  readonly #ledgers = new Map<string, LedgerRecord>();

  async load(portfolio: string): Promise<LedgerRecord | undefined> {
    return this.#ledgers.get(portfolio);
  }

  async save(record: LedgerRecord): Promise<'saved' | 'stale'> {
    if ((this.#ledgers.get(record.portfolio)?.version ?? 0) !== record.version - 1) return 'stale';
    this.#ledgers.set(record.portfolio, record.version % TEXT_EVERY === 0 ? decodeLedgerRecord(encodeLedgerRecord(record)) : record);
    return 'saved';
  }
}

function asStored(record: RunRecord): RunRecord {
  return record.version % TEXT_EVERY === 0 ? decodeRunRecord(encodeRunRecord(record)) : record;
}
