import type { RunId } from '../core/values/identity.ts';
import type { EpochMs } from '../core/values/time.ts';

export interface LogLine {
  readonly at: EpochMs;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  /** Which function wrote it; `embedded` at home. */
  readonly source: string;
  /** All else that it carries, redacted when it was written. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface LogReading {
  /** Oldest first. */
  readonly lines: readonly LogLine[];
  /** More were found than could be read. */
  readonly isCut: boolean;
}

/** Methods throw `OutsideError`. */
export interface RunLog {
  /** The lines of a run and of the events that were meant to start it, from `from` on. */
  read(runId: RunId, from?: EpochMs): Promise<LogReading>;
}
