// The log of the embedded run, on disk and bounded: a file of JSON lines, and the one before it. Whoever needs more
// than that has the records, which are never cut.
import { appendFileSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { jsonOf } from '../../contracts/json-of.ts';
import { parseRunId, type RunId } from '../../core/values/identity.ts';
import type { EpochMs } from '../../core/values/time.ts';
import type { LogLine, LogReading, RunLog } from '../../ports/run-log.ts';
import type { TelemetryLine } from './collecting-telemetry.ts';

/** Of one of the two files. A session takes some tens of kilobytes. */
const BYTES_MAX = 16 * 1024 * 1024;

const written = z.object({
  at: z.number().int().nonnegative(),
  level: z.enum(['info', 'warn', 'error']),
  message: z.string(),
  fields: z.record(z.string(), z.unknown()),
});

export class LogFile implements RunLog {
  readonly #file: string;
  readonly #before: string;
  readonly #bytesMax: number;
  #bytes: number;
  #isFirst = true;

  /** @param folder it exists; the same folder again goes on with its log. */
  constructor(folder: string, bytesMax = BYTES_MAX) {
    this.#file = join(folder, 'log.jsonl');
    this.#before = join(folder, 'log.1.jsonl');
    this.#bytesMax = bytesMax;
    this.#bytes = statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
  }

  append(at: EpochMs, line: TelemetryLine): void {
    // What a killed process left half written must not swallow our first line.
    const text = `${this.#isFirst && this.#bytes > 0 ? '\n' : ''}${JSON.stringify({ at, ...line })}\n`;
    this.#isFirst = false;
    if (this.#bytes > 0 && this.#bytes + Buffer.byteLength(text) > this.#bytesMax) {
      renameSync(this.#file, this.#before);
      this.#bytes = 0;
    }
    appendFileSync(this.#file, text);
    this.#bytes += Buffer.byteLength(text);
  }

  /** In the order in which they were written, which is that of virtual time. */
  async read(runId: RunId, from?: EpochMs): Promise<LogReading> {
    const key = parseRunId(runId);
    if (key === undefined) throw new RangeError(`not a run id: ${runId}`);
    const eventPrefix = `${key.portfolio}/${key.schedule}/${key.session}T`;
    const isOfRun = (id: unknown): boolean => typeof id === 'string' && (id === runId || id.startsWith(eventPrefix));
    const lines = [this.#before, this.#file]
      .flatMap(linesOf)
      .filter(({ at, fields }) => isOfRun(fields['runId']) && (from === undefined || at >= from));
    return { lines, isCut: statSync(this.#before, { throwIfNoEntry: false }) !== undefined && lines.length === 0 };
  }
}

function linesOf(file: string): LogLine[] {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text) => {
      const parsed = written.safeParse(jsonOf(text));
      return parsed.success ? [{ ...parsed.data, source: 'embedded' }] : [];
    });
}
