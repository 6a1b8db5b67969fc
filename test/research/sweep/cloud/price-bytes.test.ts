import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceHash } from '../../../../research/backtest/price-hash.ts';
import { type PriceColumn, tableOf } from '../../../../research/backtest/price-table.ts';
import { decodePrices, encodePrices } from '../../../../research/sweep/cloud/price-bytes.ts';
import { inputs } from './swept-rotation.ts';

const DATES = ['2024-01-02', '2024-01-03', '2024-01-06', '2024-01-08', '2024-01-09'] as const;
const value = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, -0, Number.MAX_VALUE, Number.MIN_VALUE));
const column = fc.uniqueArray(fc.constantFrom(...DATES), { minLength: 1 }).chain((some): fc.Arbitrary<PriceColumn> => {
  const values = fc.array(value, { minLength: some.length, maxLength: some.length }).map((each) => Float64Array.from(each));
  return fc.record(
    {
      symbol: fc.constantFrom('SPY', 'BRK.B', 'GLD'),
      dates: fc.constant([...some].sort()),
      closes: values,
      adjusted: values,
      volumes: values,
    },
    { requiredKeys: ['symbol', 'dates', 'closes', 'adjusted'] },
  );
});

describe('a price table as bytes', () => {
  it('is the same table again, bit for bit', () => {
    fc.assert(
      fc.property(fc.uniqueArray(column, { selector: ({ symbol }) => symbol }), fc.boolean(), (columns, ofCalendar) => {
        const table = tableOf(columns, ofCalendar ? 'equities' : undefined);
        const again = decodePrices(encodePrices(table));
        expect(again).toEqual(table);
        expect(again.columns.map(priceHash)).toEqual(table.columns.map(priceHash));
      }),
      { numRuns: 100 },
    );
  });

  it('is compact: a date is four bytes, and a number eight before they are packed', () => {
    const { prices } = inputs;
    const bars = prices.columns.reduce((sum, { dates }) => sum + dates.length, 0);
    const fields = prices.columns.reduce(
      (sum, { dates, closes, adjusted, opens, highs, lows, volumes }) =>
        sum + dates.length * [closes, adjusted, opens, highs, lows, volumes].filter((each) => each !== undefined).length,
      0,
    );
    const bytes = encodePrices(prices);
    const whole = gunzipSync(bytes);
    const head = whole.indexOf('\n') + 1;
    expect(whole.length - head).toBe(4 * (bars + prices.dates.length) + 8 * fields);
    expect(bytes.length).toBeLessThan(whole.length / 2);
  });

  it('is refused when it is cut off, goes on, is of another format, or names a date that it has not', () => {
    const whole = gunzipSync(encodePrices(inputs.prices));
    const packed = (bytes: Uint8Array) => () => decodePrices(gzipSync(bytes));
    expect(packed(whole.subarray(0, -8))).toThrow('end too early');
    expect(packed(Buffer.concat([whole, Buffer.alloc(1)]))).toThrow('go on after their end');
    expect(packed(Buffer.from(whole.toString('latin1').replace('prices-1', 'prices-2'), 'latin1'))).toThrow('evenkeel-prices-2');
    const elsewhere = Buffer.from(whole);
    elsewhere.writeUInt32LE(9_999, whole.indexOf('\n') + 1);
    expect(packed(elsewhere)).toThrow('no date at 9999');
    expect(() => decodePrices(encodePrices(inputs.prices).subarray(0, 100))).toThrow();
  });
});
