// Values of an owner's own as a strategy file writes them, by date and then by symbol.
//
//   values: { 2024-01-31: { SPY: 1.3, EFA: 0.9 }, 2024-02-29: { SPY: 1.2 } }
//   values: { file: values.csv }              replaced by what the file says, before anything is checked: inline-values.ts
import * as z from 'zod';
import type { DatedValues } from '../../core/strategy/ready-made/given.ts';
import { isNewYorkDate } from '../../core/values/time.ts';
import { decimalNumber, plainDecimal } from './decimal-number.ts';
import { STRATEGY_SYMBOL } from './symbol.ts';
import { map, scalar, type YamlValue } from './yaml-block.ts';

const SHAPE = 'values by date, such as { 2024-01-31: { SPY: 1.3 } }, or { file: values.csv }';
const BY_SYMBOL = 'values by symbol, such as { SPY: 1.3 }';
const DATE = 'a date such as 2024-01-31';
const SYMBOL = 'a symbol such as SPY';

const bySymbol = z.record(
  z.string().regex(STRATEGY_SYMBOL, { error: SYMBOL }),
  decimalNumber(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
  { error: BY_SYMBOL },
);

/** What the JSON Schema of a portfolio calls them. */
export const DATED_VALUES = 'dated-values';

/** In order, so that the same values are the same however they were written. */
export const datedValues = z
  .record(
    z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/, { error: DATE })
      .refine(isNewYorkDate, { error: DATE }),
    bySymbol,
    { error: SHAPE },
  )
  .transform((written): DatedValues => sorted(mapped(written, (each) => sorted(mapped(each, (value) => value + 0)))))
  .meta({ id: DATED_VALUES });

export function datedValuesYaml(values: DatedValues): YamlValue {
  return map(
    Object.entries(values).map(([date, each]) => [
      date,
      map(Object.entries(each).map(([symbol, value]) => [symbol, scalar(plainDecimal(value))])),
    ]),
  );
}

function mapped<Value, Other>(written: Readonly<Record<string, Value>>, other: (value: Value) => Other): Record<string, Other> {
  return Object.fromEntries(Object.entries(written).map(([key, value]) => [key, other(value)]));
}

function sorted<Value>(written: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(written).sort(([a], [b]) => (a < b ? -1 : 1)));
}
