// The indicators of the registry as a strategy file writes them, by any of their names and with their parameters by name:
//
//   atr: { of: SPY, window: 14 }                              what is not given is what is usual
//   macd: { of: SPY, output: signal, short: 12 }              of several outputs the first, unless one is named
//   beta: { of: SPY, to: QQQ }                                what is compared with another symbol
//
// In a filter without the `of`. Generated from the registry, which knows every name, range and default.
import * as z from 'zod';
import type { Indicator, Parameter } from '../../core/strategy/indicators/indicator.ts';
import { INDICATORS } from '../../core/strategy/indicators/indicators.ts';
import { type DailyMetric, type NamedIndicator, WINDOWED_METRICS } from '../../core/strategy/tree.ts';
import { mapping } from '../mapping.ts';
import { wholeNumber } from '../quantity-text.ts';
import { decimalNumber } from './decimal-number.ts';
import { symbol } from './symbol-schema.ts';

/** These have a form of their own, without names for their parameters. */
const POSITIONAL: ReadonlySet<string> = new Set<DailyMetric['name']>([
  'current-price',
  ...WINDOWED_METRICS,
  'percentage-price-oscillator',
  'percentage-price-oscillator-signal',
]);

/** The indicators that are written by name, each under its own name and its others. */
export const NAMED_INDICATORS: readonly { readonly key: string; readonly indicator: Indicator }[] = INDICATORS.filter(
  ({ name }) => !POSITIONAL.has(name),
).flatMap((indicator) => [indicator.name, ...indicator.alsoKnownAs].map((key) => ({ key, indicator })));

const error = 'an indicator such as { atr: { window: 14 } }';

// Built when a file first names one: a run whose strategy names none need not wait for fifty schemas.

/** As one side of a comparison: with the symbol that it is of. */
export const indicatorOfSymbol: z.ZodType<{ readonly metric: DailyMetric; readonly symbol: string }> = z.lazy(() =>
  z.union(
    NAMED_INDICATORS.map(({ key, indicator }) =>
      mapping({ [key]: mapping({ of: symbol, ...fieldsOf(indicator) }) }).transform((written) => {
        const fields = written[key] ?? {};
        return { metric: metricOf(indicator, fields), symbol: text(fields, 'of') };
      }),
    ),
    { error },
  ),
);

/** As a filter ranks its candidates by it. */
export const indicatorAlone: z.ZodType<DailyMetric> = z.lazy(() =>
  z.union(
    NAMED_INDICATORS.map(({ key, indicator }) =>
      mapping({ [key]: mapping(fieldsOf(indicator)) }).transform((written) => metricOf(indicator, written[key] ?? {})),
    ),
    { error },
  ),
);

type Fields = Readonly<Record<string, number | string>>;
type FieldSchemas = Readonly<Record<string, z.ZodType<number | string>>>;

function fieldsOf({ inputs, outputs, parameters }: Indicator): FieldSchemas {
  const names = outputs.map(({ name }) => name);
  const [first = ''] = names;
  return {
    ...(inputs.includes('benchmark') ? { to: symbol } : {}),
    ...(names.length > 1 ? { output: z.enum(names, { error: oneOf(names) }).default(first) } : {}),
    ...Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, parameterSchema(parameter)])),
  };
}

function parameterSchema(parameter: Parameter): z.ZodType<number | string> {
  switch (parameter.kind) {
    case 'count':
      return wholeNumber(parameter.least, parameter.most).default(parameter.usual);
    case 'factor': {
      const { above, most, usual } = parameter;
      const error = `a number above ${above} and at most ${most}`;
      return decimalNumber(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
        .refine((given) => given > above && given <= most, { error })
        .default(usual);
    }
    case 'choice':
      return z.enum(parameter.choices, { error: oneOf(parameter.choices) }).default(parameter.choices[0] ?? '');
  }
}

function oneOf(words: readonly string[]): string {
  return words.join(' or ');
}

function metricOf({ name, inputs, outputs, parameters }: Indicator, fields: Fields): NamedIndicator {
  const given = Object.keys(parameters).map((parameter) => [parameter, value(fields, parameter)]);
  return {
    name: 'indicator',
    indicator: name,
    output: outputs.length > 1 ? text(fields, 'output') : (outputs[0]?.name ?? ''),
    given: Object.fromEntries(given),
    ...(inputs.includes('benchmark') ? { benchmark: text(fields, 'to') } : {}),
  };
}

function text(fields: Fields, name: string): string {
  return String(value(fields, name));
}

function value(fields: Fields, name: string): number | string {
  const found = fields[name];
  if (found === undefined) throw new Error(`an indicator passed its schema without ${name}`);
  return found;
}
