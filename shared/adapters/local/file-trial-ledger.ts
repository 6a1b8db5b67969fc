// The trial ledger in a file: one line an entry, appended under a lock of the operating system and synced before anybody is told.
// The lock is taken through SQLite and falls with the process that has it, so a kill -9 leaves nothing to clean up.
import { accessSync, closeSync, constants, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { contentHash } from '../../contracts/canonical-json.ts';
import { encodeTrialEntry, type HypothesisFact, type TrialEntry, trialEntryAfter } from '../../contracts/trial-entries.ts';
import type { EpochMs } from '../../core/values/time.ts';
import { StoreError } from '../../ports/outside-error.ts';
import { TrialChain } from '../../ports/trial-chain.ts';
import { type Appended, BrokenLedger, type TrialLedger } from '../../ports/trial-ledger.ts';
import { makeFolder } from './make-folder.ts';

const NEWLINE = 0x0a;

const MAY_NOT: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);

export class FileTrialLedger implements TrialLedger {
  readonly #file: string;
  readonly #waitMs: number;
  readonly #chain: TrialChain;
  /** Bytes of the file that are whole entries, read and found right. */
  #read = 0;

  /** @param waitMs how long to wait for another process that writes. */
  constructor(file: string, waitMs = 10_000) {
    this.#file = file;
    this.#waitMs = waitMs;
    this.#chain = new TrialChain(file);
  }

  async append(facts: readonly HypothesisFact[], at: EpochMs): Promise<Appended> {
    return this.#locked((descriptor) => {
      this.#cutTail(descriptor, this.#catchUp(descriptor), at);
      const appended = this.#chain.following(facts, at);
      if (appended.kind === 'appended') this.#write(descriptor, appended.entries);
      return appended;
    });
  }

  async entries(hypothesis?: string): Promise<readonly TrialEntry[]> {
    const read = (descriptor: number): readonly TrialEntry[] => {
      this.#catchUp(descriptor);
      return this.#chain.entries(hypothesis);
    };
    // Under the lock too, so that what another process appends at once is seen whole. Who may only read has no lock to take.
    return existsSync(this.#file) && !this.#mayWrite() ? this.#opened('r', read) : this.#locked(read);
  }

  #mayWrite(): boolean {
    try {
      for (const each of [this.#file, dirname(this.#file)]) accessSync(each, constants.W_OK);
      return true;
    } catch (error) {
      if (MAY_NOT.has(codeOf(error))) return false;
      throw new StoreError(said(this.#file, error), { effect: 'none', code: codeOf(error).toLowerCase(), cause: error });
    }
  }

  /**
   * Synchronous from the lock to its end: nothing else of this process can come between and wait for a lock that it holds itself.
   */
  #locked<Answer>(work: (descriptor: number) => Answer): Answer {
    const lock = this.#outside('none', () => {
      makeFolder(dirname(this.#file));
      accessSync(dirname(this.#file), constants.W_OK);
      return new DatabaseSync(`${this.#file}.lock`, { timeout: this.#waitMs });
    });
    try {
      this.#outside('none', () => lock.exec('BEGIN EXCLUSIVE'));
      return this.#opened('a+', work);
    } finally {
      lock.close();
    }
  }

  #opened<Answer>(flags: 'a+' | 'r', work: (descriptor: number) => Answer): Answer {
    const descriptor = this.#outside('none', () => openSync(this.#file, flags, 0o644));
    try {
      return work(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Reads what was appended since the last look; answers what comes after the last whole line. */
  #catchUp(descriptor: number): Buffer {
    const fresh = this.#outside('none', () => {
      const { size } = fstatSync(descriptor);
      if (size < this.#read) throw new BrokenLedger(`${this.#file} is shorter than it was`);
      const bytes = Buffer.alloc(size - this.#read);
      for (let at = 0; at < bytes.length; ) at += readSync(descriptor, bytes, at, bytes.length - at, this.#read + at);
      return bytes;
    });
    let from = 0;
    for (let end = fresh.indexOf(NEWLINE); end !== -1; end = fresh.indexOf(NEWLINE, from)) {
      this.#chain.read(fresh.toString('utf8', from, end));
      this.#read += end + 1 - from;
      from = end + 1;
    }
    return fresh.subarray(from);
  }

  /** A line without an end was never acknowledged. That it was there is kept. */
  #cutTail(descriptor: number, tail: Buffer, at: EpochMs): void {
    if (tail.length === 0) return;
    this.#outside('none', () => ftruncateSync(descriptor, this.#read));
    const fact = { kind: 'tail-cut', bytes: tail.length, content: contentHash(tail.toString('utf8')) } as const;
    this.#write(descriptor, [trialEntryAfter(this.#chain.last, fact, at)]);
  }

  #write(descriptor: number, entries: readonly TrialEntry[]): void {
    const bytes = Buffer.from(entries.map((entry) => `${encodeTrialEntry(entry)}\n`).join(''));
    this.#outside('unknown', () => {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
      fsyncSync(descriptor);
      // The name of a new file is on disk only with its folder.
      if (this.#read === 0) syncFolder(dirname(this.#file));
    });
    this.#read += bytes.length;
    for (const entry of entries) this.#chain.keep(entry);
  }

  #outside<Answer>(effect: 'none' | 'unknown', work: () => Answer): Answer {
    try {
      return work();
    } catch (cause) {
      if (cause instanceof BrokenLedger) throw cause;
      throw new StoreError(said(this.#file, cause), { effect, code: codeOf(cause).toLowerCase(), cause });
    }
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'failed';
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EROFS: 'a folder that cannot be written to',
  ENOTDIR: 'a file is there; expected a folder',
  EEXIST: 'a file is there; expected a folder',
  EISDIR: 'it is a folder',
  ENOSPC: 'no room left',
};

function said(file: string, cause: unknown): string {
  const why = REASONS[codeOf(cause)] ?? (cause instanceof Error ? cause.message : String(cause));
  return `the trial ledger ${file} could not be used: ${why}`;
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
