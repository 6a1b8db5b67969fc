// The options of a strategy, as a strategy file and a sleeve write them. Each has a usual value, and need not be written.
//
//   options: { filter: spliced, max-drawdown: negative }
import * as z from 'zod';
import { DEFAULT_OPTIONS, type StrategyOptions } from '../../core/strategy/options.ts';
import { mapping } from '../mapping.ts';

const usual = DEFAULT_OPTIONS;

const written = mapping({
  deviation: oneOf(['sample', 'population'], usual.deviation).describe(
    'Divides by n − 1 or n: stdev-return, stdev-price, inverse-volatility.',
  ),
  'stdev-return': oneOf(['daily', 'annualised'], usual.stdevReturn).describe('In percent a day, or times √252.'),
  'max-drawdown': oneOf(['positive', 'negative'], usual.maxDrawdown).describe('Its sign. Of negative ones, the top is the smallest fall.'),
  filter: oneOf(['one-child', 'spliced'], usual.filter).describe(
    'In an equal or inverse-volatility: one child of it, or each chosen candidate one.',
  ),
  branch: oneOf(['one-child', 'spliced'], usual.branch).describe(
    'An if there: one child of it, or, where the taken branch is an equal, each child of that one.',
  ),
  duplicates: oneOf(['kept', 'merged'], usual.duplicates).describe('A symbol named twice among the candidates of a filter.'),
  'ema-seed': oneOf(['first', 'mean'], usual.emaSeed).describe(
    'Where exponential means start: at the first close, or at the mean of the first n.',
  ),
  'rsi-seed': oneOf(['mean', 'recursive'], usual.rsiSeed).describe(
    'Where RSI starts: at the mean of the first n changes, or at the first change.',
  ),
  'rank-digits': z
    .union([z.literal(10), z.literal('all')], { error: '10 or all' })
    .prefault(usual.rankDigits)
    .describe('Significant digits that ranks compare.'),
  prices: oneOf(['adjusted', 'split-adjusted'], usual.prices).describe('Closes adjusted for splits and dividends, or for splits alone.'),
});

export const strategyOptions = written
  .transform(
    (given): StrategyOptions => ({
      deviation: given.deviation,
      stdevReturn: given['stdev-return'],
      maxDrawdown: given['max-drawdown'],
      filter: given.filter,
      branch: given.branch,
      duplicates: given.duplicates,
      emaSeed: given['ema-seed'],
      rsiSeed: given['rsi-seed'],
      rankDigits: given['rank-digits'],
      prices: given.prices,
    }),
  )
  .prefault({})
  .describe('To match another system, where implementations differ.');

/** What of the options has to be written: those that are not the usual ones, in the order of the schema. */
export function writtenOptions(options: StrategyOptions): readonly (readonly [string, string])[] {
  const all: readonly (readonly [string, keyof StrategyOptions])[] = [
    ['deviation', 'deviation'],
    ['stdev-return', 'stdevReturn'],
    ['max-drawdown', 'maxDrawdown'],
    ['filter', 'filter'],
    ['branch', 'branch'],
    ['duplicates', 'duplicates'],
    ['ema-seed', 'emaSeed'],
    ['rsi-seed', 'rsiSeed'],
    ['rank-digits', 'rankDigits'],
    ['prices', 'prices'],
  ];
  return all.flatMap(([key, field]) => (options[field] === DEFAULT_OPTIONS[field] ? [] : [[key, String(options[field])] as const]));
}

function oneOf<const Choice extends string>(choices: readonly [Choice, Choice], unwritten: NoInfer<Choice>) {
  return z.enum(choices, { error: choices.join(' or ') }).prefault(unwritten);
}
