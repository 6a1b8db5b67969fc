// Any choice of the options of a strategy.
import fc from 'fast-check';
import type { StrategyOptions } from '../../shared/core/strategy/options.ts';

/** Every choice that is not the usual one. */
export const OTHER_OPTIONS: StrategyOptions = {
  deviation: 'population',
  stdevReturn: 'annualised',
  maxDrawdown: 'negative',
  filter: 'spliced',
  branch: 'spliced',
  duplicates: 'merged',
  emaSeed: 'mean',
  rsiSeed: 'recursive',
  rankDigits: 'all',
  prices: 'split-adjusted',
};

export const anyOptions: fc.Arbitrary<StrategyOptions> = fc.record({
  deviation: fc.constantFrom('sample', 'population'),
  stdevReturn: fc.constantFrom('daily', 'annualised'),
  maxDrawdown: fc.constantFrom('positive', 'negative'),
  filter: fc.constantFrom('one-child', 'spliced'),
  branch: fc.constantFrom('one-child', 'spliced'),
  duplicates: fc.constantFrom('kept', 'merged'),
  emaSeed: fc.constantFrom('first', 'mean'),
  rsiSeed: fc.constantFrom('mean', 'recursive'),
  rankDigits: fc.constantFrom<StrategyOptions['rankDigits']>(10, 'all'),
  prices: fc.constantFrom('adjusted', 'split-adjusted'),
});
