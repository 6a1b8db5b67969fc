// Columns for the indicators' tests: clean seeded bars, columns from numbers, and how two columns are compared.
import { expect } from 'vitest';
import type { ColumnName, Columns } from '../../../../../shared/core/strategy/indicators/indicator.ts';

export const column = (...values: readonly number[]) => Float64Array.from(values);

/** A positive random walk with highs, lows, volumes and a benchmark; the same for the same seed. */
export function someBars(length: number, seed = 1): Columns {
  const next = chance(seed);
  const names: readonly ColumnName[] = ['high', 'low', 'close', 'volume', 'benchmark'];
  const [high, low, close, volume, benchmark] = names.map(() => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let price = 100;
  let market = 300;
  for (let i = 0; i < length; i += 1) {
    const common = next() - 0.5;
    market *= 1 + 0.02 * common;
    price *= 1 + 0.02 * common + 0.03 * (next() - 0.49);
    close[i] = price;
    high[i] = price * (1 + 0.02 * next());
    low[i] = price * (1 - 0.02 * next());
    volume[i] = Math.round(1e6 * (0.5 + next()));
    benchmark[i] = market;
  }
  return { high, low, close, volume, benchmark };
}

/** Every column of the bars through the same function. */
export function everyColumn(bars: Columns, change: (column: Float64Array, name: ColumnName) => Float64Array): Columns {
  return {
    high: change(bars.high, 'high'),
    low: change(bars.low, 'low'),
    close: change(bars.close, 'close'),
    volume: change(bars.volume, 'volume'),
    benchmark: change(bars.benchmark, 'benchmark'),
  };
}

/** Equal where defined, undefined in the same places; `within` is relative above 1 and absolute below. */
export function expectClose(got: Float64Array, wanted: Float64Array, within: number, label = ''): void {
  expect(got.length, label).toBe(wanted.length);
  for (const [i, want] of wanted.entries()) {
    const value = got[i]!;
    const isNear = Number.isNaN(want) ? Number.isNaN(value) : Math.abs(value - want) <= within * Math.max(1, Math.abs(want));
    if (!isNear) expect.fail(`${label} at ${i}: ${value}, expected ${want} within ${within}`);
  }
}

/** The same bits, undefined in the same places. */
export function expectSameBits(got: Float64Array, wanted: Float64Array, label = ''): void {
  expect(got.length, label).toBe(wanted.length);
  const differs = wanted.findIndex((want, i) => !Object.is(got[i], want));
  if (differs !== -1) expect.fail(`${label} at ${differs}: ${got[differs]}, expected ${wanted[differs]} to the last bit`);
}

/** A small congruential generator, uniform in 0 … 1. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
