import { readFileSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { backtest } from '../../../research/backtest/backtest.ts';
import { type BacktestOptions, USUAL_OPTIONS } from '../../../research/backtest/backtest-options.ts';
import { priceTable } from '../../../research/backtest/price-table.ts';
import { subjectOfStrategy } from '../../../research/backtest/subject.ts';
import { metricsOf } from '../../../research/metrics/metrics.ts';
import { type OutputInputs, outputFiles } from '../../../research/outputs/output-files.ts';
import { OUTPUT_SCHEMAS, outputJsonSchema } from '../../../research/outputs/output-schemas.ts';
import { sessionsBetween } from '../../../shared/core/market/nyse-calendar.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';
import { asset, specified } from '../../builders/strategy.ts';

const SESSIONS = sessionsBetween('2022-01-03', '2023-12-29').map(({ date }) => date);

function files(changed: Partial<BacktestOptions> = {}, closesBy = 1): ReadonlyMap<string, Uint8Array> {
  const series = ['A', 'B'].map((symbol, place) => ({
    symbol,
    bars: SESSIONS.map((date, day) => ({ date, close: closesBy * (100 + 10 * Math.sin(day / (7 + place))), volume: 1e6 })),
  }));
  const prices = priceTable(series, 'equities');
  const subject = subjectOfStrategy({
    name: 'two',
    strategy: specified(['60%', asset('A')], ['40%', asset('B')]),
    rebalance: { kind: 'every', every: 'month' },
    decideOn: 'last-close',
    options: DEFAULT_OPTIONS,
  });
  const options = { ...USUAL_OPTIONS, ...changed };
  const result = backtest(subject, prices, options);
  if (result.kind === 'refused') throw new Error(result.detail);
  const inputs: OutputInputs = {
    prices,
    options,
    calendar: 'equities',
    benchmark: undefined,
    strategy: { file: 'two.yaml', text: 'strategy: two\n', named: [] },
    version: '0.1.0',
    source: '5'.repeat(64),
  };
  return outputFiles(result, metricsOf(result), inputs);
}

const textOf = (all: ReadonlyMap<string, Uint8Array>, name: string): string => Buffer.from(all.get(name) ?? []).toString();

/** Rows of a CSV without quotes, numbers as numbers. */
function rowsOf(text: string): Record<string, unknown>[] {
  const [header = '', ...lines] = text.trim().split('\n');
  const names = header.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, place) => [names[place], /^-?[\d.]+(?:e[+-]?\d+)?$/.test(cell) ? Number(cell) : cell])),
  );
}

const TABLES = ['equity', 'trades', 'positions', 'weights'] as const;

describe('the files of a backtest', () => {
  const all = files();

  it('are four tables twice, the metrics and a manifest', () => {
    expect([...all.keys()].sort()).toEqual(
      [...TABLES.flatMap((name) => [`${name}.csv`, `${name}.parquet`]), 'metrics.json', 'manifest.json'].sort(),
    );
  });

  it.each(TABLES)('say in %s.csv what its schema says, row by row', (name) => {
    const rows = rowsOf(textOf(all, `${name}.csv`));
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) expect(OUTPUT_SCHEMAS[name].safeParse(row).error).toBeUndefined();
  });

  it.each(TABLES)('say in %s.parquet the same as in its CSV, dates as dates', async (name) => {
    const bytes = all.get(`${name}.parquet`) ?? new Uint8Array();
    const rows = await parquetReadObjects({
      file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
    });
    const dated = rows.map((row) => ({ ...row, date: (row['date'] as Date).toISOString().slice(0, 10) }));
    expect(dated).toEqual(rowsOf(textOf(all, `${name}.csv`)));
  });

  it('have metrics and a manifest by their schemas', () => {
    for (const name of ['metrics', 'manifest'] as const) {
      expect(OUTPUT_SCHEMAS[name].safeParse(JSON.parse(textOf(all, `${name}.json`))).error).toBeUndefined();
    }
  });

  it('are the same, byte by byte, for the same inputs', () => {
    expect(files()).toEqual(all);
  });

  it('name in the manifest what they come from: other prices, other options or other files give other hashes', () => {
    const manifestOf = (each: ReadonlyMap<string, Uint8Array>) => OUTPUT_SCHEMAS.manifest.parse(JSON.parse(textOf(each, 'manifest.json')));
    const { prices, outputs } = manifestOf(all);
    expect(manifestOf(files({}, 2)).prices.map(({ sha256 }) => sha256)).not.toEqual(prices.map(({ sha256 }) => sha256));
    const costly = manifestOf(files({ costs: { ...USUAL_OPTIONS.costs, slippage: 2 } }));
    expect(costly.prices).toEqual(prices);
    expect(costly.options).not.toEqual(manifestOf(all).options);
    expect(costly.outputs['equity.csv']).not.toBe(outputs['equity.csv']);
    expect(Object.keys(outputs).sort()).toEqual([...all.keys()].filter((name) => name !== 'manifest.json').sort());
  });

  it('have the JSON Schema that is kept beside them', () => {
    const kept = JSON.parse(readFileSync(new URL('../../../research/outputs/outputs.schema.json', import.meta.url), 'utf8')) as unknown;
    expect(kept).toEqual(outputJsonSchema());
  });
});
