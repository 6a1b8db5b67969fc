// The log lines of a run in CloudWatch Logs: every turn carries the run's id, and the signal that of its event.
import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { jsonObjectOf } from '../../contracts/json-of.ts';
import { parseRunId, type RunId } from '../../core/values/identity.ts';
import { DAY_MS, type EpochMs } from '../../core/values/time.ts';
import type { LogLine, LogReading, RunLog } from '../../ports/run-log.ts';
import { outsideFailure } from './aws-failure.ts';

/** Pages of one log group; a page has up to 10,000 lines and may well have none. */
const PAGES_MAX = 50;
const LINES_MAX = 10_000;

const LEVELS = { DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error', CRITICAL: 'error' } as const;

export class CloudWatchRunLog implements RunLog {
  readonly #client: CloudWatchLogsClient;
  readonly #groups: ReadonlyMap<string, string>;

  /** @param groups the log group of each function, by its name among us. */
  constructor(client: CloudWatchLogsClient, groups: ReadonlyMap<string, string>) {
    this.#client = client;
    this.#groups = groups;
  }

  async read(runId: RunId, from?: EpochMs): Promise<LogReading> {
    const readings = await Promise.all([...this.#groups].map(([source, group]) => this.#readGroup(source, group, runId, from)));
    const lines = readings.flatMap((each) => each.lines).sort((a, b) => a.at - b.at);
    return { lines: lines.slice(0, LINES_MAX), isCut: lines.length > LINES_MAX || readings.some(({ isCut }) => isCut) };
  }

  async #readGroup(source: string, group: string, runId: RunId, from: EpochMs | undefined): Promise<LogReading> {
    const key = parseRunId(runId);
    if (key === undefined) throw new RangeError(`not a run id: ${runId}`);
    const lines: LogLine[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < PAGES_MAX && lines.length <= LINES_MAX; page += 1) {
      const command = new FilterLogEventsCommand({
        logGroupName: group,
        // Names are of small letters, digits and dashes: none of them can end the quotes.
        filterPattern: `{ $.runId = "${runId}" || $.runId = "${key.portfolio}/${key.schedule}/${key.session}T*" }`,
        // A session begins and ends within its own day, also by UTC.
        startTime: from ?? Date.parse(`${key.session}T00:00:00Z`),
        ...(from === undefined ? { endTime: Date.parse(`${key.session}T00:00:00Z`) + 15 * DAY_MS } : {}),
        nextToken,
      });
      const answer = await this.#client.send(command).catch((cause: unknown) => {
        throw outsideFailure(`reading the log of ${source}`, 'read', cause);
      });
      for (const { timestamp, message } of answer.events ?? []) lines.push(lineOf(source, timestamp ?? 0, message ?? ''));
      nextToken = answer.nextToken;
      if (nextToken === undefined) return { lines, isCut: false };
    }
    return { lines, isCut: true };
  }
}

/** As `PowertoolsTelemetry` wrote it; anything else is shown as it is. */
function lineOf(source: string, at: EpochMs, text: string): LogLine {
  // What the runtime writes itself, such as a report, is not JSON.
  const json = jsonObjectOf(text);
  if (json === undefined) return { at, level: 'info', message: text.trimEnd(), source, fields: {} };
  const { level, message, timestamp: _timestamp, service: _service, ...fields } = json;
  const known = typeof level === 'string' && level in LEVELS ? LEVELS[level as keyof typeof LEVELS] : 'info';
  return { at, level: known, message: typeof message === 'string' ? message : '', source, fields };
}
