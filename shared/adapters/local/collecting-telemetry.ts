// Telemetry kept in memory: the embedded run shows it, tests read it. Redacts exactly as production does.
import type { MeasureName } from '../../contracts/metric-names.ts';
import { Redaction } from '../../ports/redaction.ts';
import type { Telemetry } from '../../ports/telemetry.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface TelemetryLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Fields;
}

export interface CollectingTelemetryOptions {
  readonly redaction?: Redaction;
  /** Called with each line as it comes: a terminal, a file. */
  readonly onLine?: (line: TelemetryLine) => void;
}

export interface Measured {
  readonly metric: MeasureName;
  readonly value: number;
  readonly portfolio?: string;
}

interface Collected {
  readonly lines: TelemetryLine[];
  readonly counts: Map<string, number>;
  readonly measured: Measured[];
}

export class CollectingTelemetry implements Telemetry {
  readonly #options: CollectingTelemetryOptions;
  readonly #redaction: Redaction;
  readonly #collected: Collected;
  readonly #bound: Fields;

  constructor(
    options: CollectingTelemetryOptions = {},
    bound: Fields = {},
    collected: Collected = { lines: [], counts: new Map(), measured: [] },
  ) {
    this.#options = options;
    this.#redaction = options.redaction ?? new Redaction();
    this.#bound = bound;
    this.#collected = collected;
  }

  get lines(): readonly TelemetryLine[] {
    return this.#collected.lines;
  }

  /** The sum of each metric so far. */
  get counts(): ReadonlyMap<string, number> {
    return this.#collected.counts;
  }

  /** Every figure that was observed, in order. */
  get measured(): readonly Measured[] {
    return this.#collected.measured;
  }

  /** The same telemetry with these fields on every line; lines and counts are shared. */
  bind(fields: Fields): CollectingTelemetry {
    const options = { ...this.#options, redaction: this.#redaction };
    return new CollectingTelemetry(options, { ...this.#bound, ...fields }, this.#collected);
  }

  info(message: string, fields: Fields = {}): void {
    this.#add('info', message, fields);
  }

  warn(message: string, fields: Fields = {}): void {
    this.#add('warn', message, fields);
  }

  error(message: string, fields: Fields = {}): void {
    this.#add('error', message, fields);
  }

  count(metric: string, value: number): void {
    if (!Number.isFinite(value)) this.error('a metric was given something that is not a number', { metric, value });
    else this.#collected.counts.set(metric, (this.#collected.counts.get(metric) ?? 0) + value);
  }

  measure(metric: MeasureName, value: number, portfolio?: string): void {
    if (!Number.isFinite(value)) this.error('a metric was given something that is not a number', { metric, value });
    else this.#collected.measured.push({ metric, value, ...(portfolio === undefined ? {} : { portfolio }) });
  }

  #add(level: TelemetryLine['level'], message: string, fields: Fields): void {
    const line = { level, message: this.#redaction.text(message), fields: this.#redaction.fields({ ...this.#bound, ...fields }) };
    this.#collected.lines.push(line);
    this.#options.onLine?.(line);
  }
}
