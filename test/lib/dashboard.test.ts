// The dashboard draws what the program measures, by the program's own names.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { measureNames, metricNames } from '../../shared/contracts/metric-names.ts';
import { synthesize } from './fixtures/deployment.ts';
import { readable, resourcesOfType } from './fixtures/template.ts';

interface Widget {
  readonly properties: { readonly title: string; readonly metrics: readonly (readonly unknown[])[] };
}

const { compute } = synthesize();
const [dashboard] = resourcesOfType(compute, 'AWS::CloudWatch::Dashboard').map(({ properties }) => properties);
// Intrinsics are put in as names: nothing here is about what they are.
const { widgets }: { readonly widgets: readonly Widget[] } = JSON.parse(readable(dashboard?.['DashboardBody']));

/** Written as [namespace, name, dimension, value …, options]; expressions are left out. */
const drawn = widgets.flatMap(({ properties: { title, metrics } }) =>
  metrics.flatMap(([namespace, name, ...rest]) => {
    if (typeof namespace !== 'string' || typeof name !== 'string') return [];
    const pairs = rest.slice(0, -1).map(String);
    const dimensions = Object.fromEntries(pairs.flatMap((each, place) => (place % 2 === 0 ? [[each, pairs[place + 1]]] : [])));
    return [{ title, namespace, name, dimensions, options: rest.at(-1) as { readonly stat?: string } }];
  }),
);
const ours = drawn.filter(({ namespace }) => namespace === 'evenkeel');

function filesUnder(folder: string): readonly string[] {
  const root = resolve(import.meta.dirname, '../..', folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(resolve(root, name), 'utf8'));
}

describe('the dashboard', () => {
  it('shows runs, orders, money, drift, cost, latency and what waits', () => {
    expect(widgets.map(({ properties }) => properties.title)).toEqual([
      'Runs',
      'Orders by outcome',
      'Equity, USD',
      'Drawdown, %',
      'Largest drift at the end of a run, %',
      'Implementation shortfall, USD',
      'Latency of signal, ms',
      'Latency of execution, ms',
      'Latency of the broker, ms',
      'From due to done, seconds',
      'Dead letters',
      'Watchdog',
    ]);
  });

  it('draws metrics that the program has a name for', () => {
    const known: readonly string[] = [...Object.values(metricNames), ...Object.values(measureNames)];
    expect(ours.length).toBeGreaterThan(20);
    for (const { name, title } of ours) expect(known, title).toContain(name);
  });

  it('draws nothing that no code measures', () => {
    const sources = ['shared/workflow', 'shared/wiring', 'lambdas'].flatMap((folder) => filesUnder(folder)).join('\n');
    const measured = (names: Readonly<Record<string, string>>, of: string) =>
      Object.entries(names).flatMap(([key, name]) => (sources.includes(`${of}.${key}`) ? [name] : []));
    const emitted = [...measured(metricNames, 'metricNames'), ...measured(measureNames, 'measureNames')];
    for (const { name, title } of ours) expect(emitted, title).toContain(name);
  });

  it('draws every figure of a portfolio once for each, and never paper and live in one line', () => {
    for (const { dimensions, title } of ours) expect(dimensions['service'], title).toBe('evenkeel-paper');
    const equity = ours.filter(({ name }) => name === measureNames.equityUsd).map(({ dimensions }) => dimensions['portfolio']);
    expect(equity).toEqual(['golden', 'sectors']);
  });

  it('shows latencies at the median, the 95th and the 99th percentile', () => {
    const stats = drawn.filter(({ title }) => title.startsWith('Latency')).map(({ title, options }) => `${title} ${options.stat}`);
    expect(stats).toHaveLength(9);
    for (const each of stats) expect(each).toMatch(/p(50|95|99)$/);
  });

  it('shows every queue', () => {
    const queues = drawn.filter(({ title }) => title === 'Dead letters').map(({ name }) => name);
    expect(queues).toHaveLength(resourcesOfType(compute, 'AWS::SQS::Queue').length);
    expect(new Set(queues)).toEqual(new Set(['ApproximateNumberOfMessagesVisible']));
  });
});
