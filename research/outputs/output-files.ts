// Every file of a backtest as bytes, by name. The same inputs give the same bytes: no clock, no path, no machine is in them.
import { createHash } from 'node:crypto';
import type { BacktestOptions } from '../backtest/backtest-options.ts';
import type { BacktestResult } from '../backtest/backtest-result.ts';
import { priceHash } from '../backtest/price-hash.ts';
import type { PriceTable } from '../backtest/price-table.ts';
import type { FullOptions } from '../full/full-options.ts';
import { otherDefinitions } from '../metrics/definitions.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { csvText } from './csv-text.ts';
import type { Manifest } from './output-schemas.ts';
import { outputTables } from './output-tables.ts';
import { parquetBytes } from './parquet-bytes.ts';

export interface OutputInputs {
  readonly prices: PriceTable;
  readonly options: BacktestOptions;
  readonly calendar: string;
  readonly benchmark: string | undefined;
  /** The file as it was read, its name without its folder; and what it names, as it names it. */
  readonly strategy: NamedText & { readonly named: readonly NamedText[] };
  readonly version: string;
  /** Of the code that reads, decides and prices. */
  readonly source: string;
  /** Of a full backtest, how its fills were drawn; left out, the fast mode. */
  readonly full?: Pick<FullOptions, 'seed' | 'partialFillPpm'>;
}

interface NamedText {
  readonly file: string;
  readonly text: string;
}

export function outputFiles(result: BacktestResult, metrics: Metrics, inputs: OutputInputs): ReadonlyMap<string, Uint8Array> {
  const { prices, options, calendar, benchmark, strategy, version, source, full } = inputs;
  const files = new Map<string, Uint8Array>();
  for (const [name, table] of Object.entries(outputTables(result, prices, options.dividends))) {
    files.set(`${name}.csv`, Buffer.from(csvText(table)));
    files.set(`${name}.parquet`, parquetBytes(table));
  }
  files.set('metrics.json', jsonBytes({ metrics, variants: otherDefinitions(result) }));
  const manifest: Manifest = {
    schemaVersion: 1,
    name: result.name,
    engine: { mode: full === undefined ? 'fast' : 'full', evenkeel: version, source },
    strategy: { ...hashed(strategy), named: strategy.named.map(hashed) },
    calendar,
    anchor: prices.anchor,
    prices: prices.columns.map((column) => ({
      symbol: column.symbol,
      first: column.dates[0] as string,
      last: column.dates.at(-1) as string,
      bars: column.dates.length,
      sha256: priceHash(column),
    })),
    options: { ...optionsDocument(options), ...(full === undefined ? {} : { partialFillPpm: full.partialFillPpm }) },
    benchmark: benchmark ?? null,
    seed: full?.seed ?? null,
    start: result.start,
    end: result.dates.at(-1) as string,
    runs: result.runs,
    refused: [...result.refused],
    skipped: [...result.skipped],
    outputs: Object.fromEntries([...files].map(([name, bytes]) => [name, sha256(bytes)])),
  };
  files.set('manifest.json', jsonBytes(manifest));
  return files;
}

/** Daily rates are told by their hash: they are as long as the prices. */
export function optionsDocument({ cash, ...options }: BacktestOptions): Readonly<Record<string, unknown>> {
  if (cash.kind === 'annual') return { ...options, cash };
  const told = sha256(Buffer.from(Array.from(cash.rates, (rate, day) => `${cash.dates[day]},${rate}`).join('\n')));
  return { ...options, cash: { kind: 'daily', first: cash.dates[0], last: cash.dates.at(-1), sha256: told } };
}

function jsonBytes(document: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(document, null, 2)}\n`);
}

function hashed({ file, text }: NamedText): { file: string; sha256: string } {
  return { file, sha256: sha256(Buffer.from(text)) };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
