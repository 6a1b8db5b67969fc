// The files of a backtest, each with its schema: what another program may rely on.
import * as z from 'zod';
import { contentHashText as sha256 } from '../../shared/contracts/codecs.ts';
import { COST_KINDS } from '../backtest/backtest-result.ts';

const figure = z.number().nullable();
const text = z.string().min(1);
const date = z.iso.date();
const costs = z.strictObject(
  Object.fromEntries(COST_KINDS.map((kind) => [kind, z.number()])) as Record<(typeof COST_KINDS)[number], z.ZodNumber>,
);

/** equity.csv, one row a bar. */
const equityRow = z.strictObject({
  date,
  equity: z.number(),
  return: z.number(),
  cash: z.number(),
  exposure: z.number(),
  risk_free: z.number(),
  gains: z.number(),
  dividends: z.number(),
  interest: z.number(),
  ...costs.shape,
});

/** trades.csv, one row a fill. Units are negative for a sell. */
const tradeRow = z.strictObject({
  date,
  symbol: text,
  side: z.enum(['buy', 'sell']),
  units: z.number(),
  price: z.number().positive(),
  notional: z.number().nonnegative(),
  commission: z.number(),
  spread: z.number(),
  impact: z.number(),
  fees: z.number(),
});

/** positions.csv, one row for each position after each change. */
const positionRow = z.strictObject({
  date,
  symbol: text,
  units: z.number(),
  price: z.number().positive(),
  value: z.number(),
  weight: z.number(),
});

/** weights.csv: the date, then one column a symbol, then cash. */
const weightRow = z.object({ date, cash: z.number() }).catchall(z.number());

const benchmarkMetrics = z.record(z.string(), figure);
const metrics = z.strictObject({
  metrics: z.object({ bars: z.number(), years: z.number(), benchmark: benchmarkMetrics.nullable() }).catchall(figure),
  variants: z.array(z.strictObject({ metric: text, program: text, definition: text, value: figure })),
});

/** Everything that decides what the other files say, the code too; and their hashes. */
const manifest = z.strictObject({
  schemaVersion: z.literal(1),
  name: text,
  engine: z.strictObject({ mode: z.enum(['fast', 'full']), evenkeel: text, source: sha256 }),
  /** The file, and what it names: strategy files of sleeves, files of values. */
  strategy: z.strictObject({ file: text, sha256, named: z.array(z.strictObject({ file: text, sha256 })) }),
  calendar: text,
  anchor: date,
  prices: z.array(z.strictObject({ symbol: text, first: date, last: date, bars: z.int(), sha256 })),
  options: z.record(z.string(), z.unknown()),
  benchmark: text.nullable(),
  /** Which fills of a full backtest are partial; nothing of a fast one is drawn by chance. */
  seed: z.int().nullable(),
  start: z.strictObject({ date, equity: z.number() }),
  end: date,
  runs: z.int(),
  refused: z.array(z.strictObject({ date, code: text, detail: z.string() })),
  skipped: z.array(z.strictObject({ date, symbol: text, code: text, leftOut: z.number() })),
  outputs: z.record(z.string(), sha256),
});

export const OUTPUT_SCHEMAS = {
  equity: equityRow,
  trades: tradeRow,
  positions: positionRow,
  weights: weightRow,
  metrics,
  manifest,
} as const;

export type Manifest = z.infer<typeof manifest>;

/** The same as JSON Schema, one for each file. */
export function outputJsonSchema(): Readonly<Record<keyof typeof OUTPUT_SCHEMAS, unknown>> {
  return Object.fromEntries(Object.entries(OUTPUT_SCHEMAS).map(([name, schema]) => [name, z.toJSONSchema(schema)])) as Record<
    keyof typeof OUTPUT_SCHEMAS,
    unknown
  >;
}
