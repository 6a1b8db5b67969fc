import type { MeasureName } from '../contracts/metric-names.ts';

/** Structured log lines and metrics. Implementations redact what looks like a credential. */
export interface Telemetry {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
  /** Adds to a metric; the names are those of `contracts/metric-names.ts`. */
  count(metric: string, value: number): void;
  /** One figure that was observed, in the unit that its name says; with a portfolio, in the series of that portfolio. */
  measure(metric: MeasureName, value: number, portfolio?: string): void;
}
