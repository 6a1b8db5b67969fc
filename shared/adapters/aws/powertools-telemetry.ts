// Log lines as JSON and metrics in CloudWatch's embedded format. Everything passes the redaction first.
import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { type MeasureName, measureNames, PORTFOLIO_DIMENSION } from '../../contracts/metric-names.ts';
import { Redaction } from '../../ports/redaction.ts';
import type { Telemetry } from '../../ports/telemetry.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The logger writes these itself and would drop ours. */
const RESERVED_NAMES = new Set(['level', 'message', 'sampling_rate', 'service', 'timestamp']);

/** CloudWatch has no unit for money. */
const UNITS = {
  [measureNames.brokerRequestMs]: MetricUnit.Milliseconds,
  [measureNames.runSeconds]: MetricUnit.Seconds,
  [measureNames.driftPercent]: MetricUnit.Percent,
  [measureNames.shortfallUsd]: MetricUnit.NoUnit,
  [measureNames.equityUsd]: MetricUnit.NoUnit,
  [measureNames.drawdownPercent]: MetricUnit.Percent,
} as const satisfies Record<MeasureName, unknown>;

export interface PowertoolsTelemetryParts {
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Shared with whoever loads credentials, so that their values are blanked too. */
  readonly redaction?: Redaction;
}

export class PowertoolsTelemetry implements Telemetry {
  readonly #logger: Logger;
  readonly #metrics: Metrics;
  readonly #redaction: Redaction;
  readonly #bound: Fields;

  constructor({ logger, metrics, redaction = new Redaction() }: PowertoolsTelemetryParts, bound: Fields = {}) {
    this.#logger = logger;
    this.#metrics = metrics;
    this.#redaction = redaction;
    this.#bound = bound;
  }

  /** The same telemetry with these fields on every line: `bind({ runId })`. */
  bind(fields: Fields): PowertoolsTelemetry {
    const parts = { logger: this.#logger, metrics: this.#metrics, redaction: this.#redaction };
    return new PowertoolsTelemetry(parts, { ...this.#bound, ...fields });
  }

  info(message: string, fields: Fields = {}): void {
    this.#logger.info(this.#redaction.text(message), this.#clean(fields));
  }

  warn(message: string, fields: Fields = {}): void {
    this.#logger.warn(this.#redaction.text(message), this.#clean(fields));
  }

  error(message: string, fields: Fields = {}): void {
    this.#logger.error(this.#redaction.text(message), this.#clean(fields));
  }

  /** A figure that is not a number is worth a log line, never a stopped run. */
  count(metric: string, value: number): void {
    if (Number.isFinite(value)) this.#metrics.addMetric(metric, MetricUnit.Count, value);
    else this.error('a metric was given something that is not a number', { metric, value });
  }

  /** A series of its own is written at once, in a document of its own: the others have no such dimension. */
  measure(metric: MeasureName, value: number, portfolio?: string): void {
    if (!Number.isFinite(value)) {
      this.error('a metric was given something that is not a number', { metric, value });
      return;
    }
    const into = portfolio === undefined ? this.#metrics : this.#metrics.singleMetric();
    if (portfolio !== undefined) into.addDimension(PORTFOLIO_DIMENSION, portfolio);
    into.addMetric(metric, UNITS[metric], value);
  }

  /** Writes the metrics counted so far. A handler calls it when it ends, also when it fails. */
  flush(): void {
    if (this.#metrics.hasStoredMetrics()) this.#metrics.publishStoredMetrics();
  }

  #clean(fields: Fields): Record<string, unknown> {
    const clean = this.#redaction.fields({ ...this.#bound, ...fields });
    return Object.fromEntries(Object.entries(clean).map(([name, value]) => [RESERVED_NAMES.has(name) ? `${name}_` : name, value]));
  }
}
