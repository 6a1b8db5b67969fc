import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PowertoolsTelemetry } from '../../../../shared/adapters/aws/powertools-telemetry.ts';
import { METRIC_NAMESPACE, measureNames, metricNames } from '../../../../shared/contracts/metric-names.ts';
import { Redaction } from '../../../../shared/ports/redaction.ts';

const printed: string[] = [];

beforeEach(() => {
  printed.length = 0;
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((line: unknown) => void printed.push(String(line)));
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function makeTelemetry(redaction = new Redaction()): PowertoolsTelemetry {
  const logger = new Logger({ serviceName: 'signal', logLevel: 'INFO' });
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: 'signal' });
  return new PowertoolsTelemetry({ logger, metrics, redaction });
}

const lines = () => printed.map((line) => JSON.parse(line));

describe('telemetry on AWS', () => {
  it('writes one JSON line with level, message, service and fields', () => {
    makeTelemetry().warn('the quote is stale', { symbol: 'SPY', quoteAgeMs: 61_000 });
    expect(lines()).toEqual([
      expect.objectContaining({ level: 'WARN', message: 'the quote is stale', service: 'signal', symbol: 'SPY', quoteAgeMs: 61_000 }),
    ]);
  });

  it('puts the run on every line once it is bound, and only there', () => {
    const telemetry = makeTelemetry();
    const bound = telemetry.bind({ portfolio: 'sixty-forty' }).bind({ runId: 'sixty-forty/2026-11-20/month-end' });
    bound.info('planned');
    bound.error('refused', { code: 'calendar-unknown' });
    telemetry.info('outside');
    expect(lines().map(({ message, runId, portfolio }) => [message, runId, portfolio])).toEqual([
      ['planned', 'sixty-forty/2026-11-20/month-end', 'sixty-forty'],
      ['refused', 'sixty-forty/2026-11-20/month-end', 'sixty-forty'],
      ['outside', undefined, undefined],
    ]);
  });

  it('redacts messages, fields, bound fields and errors', () => {
    const redaction = new Redaction();
    redaction.register('CANARYq7Zt0pR4sV9w');
    const telemetry = makeTelemetry(redaction).bind({ secretKey: 'x', note: 'CANARYq7Zt0pR4sV9w' });
    telemetry.error('sent CANARYq7Zt0pR4sV9w', { error: new Error('a', { cause: new Error('CANARYq7Zt0pR4sV9w') }), password: 'hunter22' });
    expect(printed).toHaveLength(1);
    expect(printed[0]).not.toMatch(/CANARY|hunter22/);
    expect(lines()[0]).toMatchObject({
      message: 'sent [redacted]',
      secretKey: '[redacted]',
      error: { message: 'a', cause: { message: '[redacted]' } },
    });
  });

  it('keeps a field whose name the logger would have taken for itself', () => {
    makeTelemetry().info('planned', { message: 'mine', level: 3, timestamp: 'then' });
    expect(lines()[0]).toMatchObject({ message: 'planned', message_: 'mine', level: 'INFO', level_: 3, timestamp_: 'then' });
  });

  it('writes the sum of each metric when it is flushed, and nothing when there is nothing', () => {
    const telemetry = makeTelemetry();
    telemetry.flush();
    expect(printed).toEqual([]);
    telemetry.count(metricNames.ordersSubmitted, 2);
    telemetry.bind({ runId: 'r' }).count(metricNames.ordersSubmitted, 3);
    telemetry.flush();
    telemetry.flush();
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toMatchObject({
      OrdersSubmitted: [2, 3],
      _aws: { CloudWatchMetrics: [{ Namespace: 'evenkeel', Metrics: [{ Name: 'OrdersSubmitted', Unit: 'Count' }] }] },
    });
  });

  it('logs a metric that is not a number instead of stopping the run', () => {
    const telemetry = makeTelemetry();
    telemetry.count(metricNames.ordersSubmitted, Number.NaN);
    telemetry.flush();
    expect(lines()).toEqual([expect.objectContaining({ level: 'ERROR', metric: 'OrdersSubmitted', value: 'NaN' })]);
  });

  it('writes a figure in its unit, and that of a portfolio in a series of its own', () => {
    const telemetry = makeTelemetry();
    telemetry.measure(measureNames.brokerRequestMs, 12.5);
    telemetry.measure(measureNames.brokerRequestMs, 80);
    telemetry.measure(measureNames.equityUsd, 100_000.25, 'sixty-forty');
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toMatchObject({ service: 'signal', portfolio: 'sixty-forty', EquityUsd: 100_000.25 });
    expect(lines()[0]._aws.CloudWatchMetrics).toEqual([
      { Namespace: METRIC_NAMESPACE, Dimensions: [['service', 'portfolio']], Metrics: [{ Name: 'EquityUsd', Unit: 'None' }] },
    ]);
    telemetry.flush();
    expect(lines()).toHaveLength(2);
    expect(lines()[1]).toMatchObject({ BrokerRequestMs: [12.5, 80] });
    expect(lines()[1]).not.toHaveProperty('portfolio');
    expect(lines()[1]._aws.CloudWatchMetrics[0].Metrics).toEqual([{ Name: 'BrokerRequestMs', Unit: 'Milliseconds' }]);
  });

  it('keeps a figure that is no number out of the metrics, and says so', () => {
    const telemetry = makeTelemetry();
    telemetry.measure(measureNames.driftPercent, Number.POSITIVE_INFINITY, 'sixty-forty');
    expect(lines()).toEqual([expect.objectContaining({ level: 'ERROR', metric: 'DriftPercent', value: 'Infinity' })]);
  });

  it('has one name for each metric', () => {
    const names = [...Object.values(metricNames), ...Object.values(measureNames)];
    expect(new Set(names).size).toBe(names.length);
  });
});
