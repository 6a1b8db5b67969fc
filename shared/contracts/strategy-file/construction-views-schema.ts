// What an owner would hold without opinions, and his opinions, as a strategy file writes them.
//
//   prior: { SPY: 60%, TLT: 40% }
//   views: [{ of: [GLD], earns: 5, confidence: 60% }, { of: [SPY], beyond: [EFA], earns: 2, confidence: 30% }]
import * as z from 'zod';
import type { GivenView, GivenWeight } from '../../core/strategy/ready-made/given.ts';
import { formatPercent, WHOLE } from '../../core/values/weight.ts';
import { mapping } from '../mapping.ts';
import { percentText } from '../quantity-text.ts';
import { decimalNumber, plainDecimal } from './decimal-number.ts';
import { SYMBOL_OR_NAME } from './symbol.ts';
import { list, map, scalar, type YamlValue } from './yaml-block.ts';

const PRIOR = 'weights by symbol that sum to exactly 100%, such as { SPY: 60%, TLT: 40% }';
const VIEWS = 'a list of views, such as [{ of: [GLD], earns: 5, confidence: 60% }]';
const SYMBOLS = 'a list of at least one symbol, such as [GLD]';
const SYMBOL = 'a symbol such as SPY';
/** A year of anything more is a slip of the pen. */
const EARNS_MOST = 100;

/** By symbol, so that the same weights are the same however they were written; none: the same of each. */
export const priorWeights = z
  .record(z.string().regex(SYMBOL_OR_NAME, { error: SYMBOL }), percentText('0%', '100%').transform(Number), { error: PRIOR })
  .refine((weights) => sumsToWhole(Object.values(weights)), { error: PRIOR })
  .transform((weights): readonly GivenWeight[] =>
    Object.entries(weights)
      .map(([symbol, weight]) => ({ symbol, weight }))
      .sort((a, b) => (a.symbol < b.symbol ? -1 : 1)),
  );

const symbols = z
  .array(z.string({ error: SYMBOL }).regex(SYMBOL_OR_NAME, { error: SYMBOL }), { error: SYMBOLS })
  .min(1, { error: SYMBOLS })
  .refine((all) => new Set(all).size === all.length, { error: 'symbols that are each named once' });

const view = mapping({
  of: symbols,
  beyond: symbols.optional(),
  earns: decimalNumber(-EARNS_MOST, EARNS_MOST),
  confidence: percentText('1%', '99%').transform(Number),
})
  .refine(({ of, beyond = [] }) => !of.some((symbol) => beyond.includes(symbol)), { error: 'symbols on one side only' })
  .transform(({ of, beyond = [], earns, confidence }): GivenView => ({ of, beyond, earns, confidence }));

export const viewsList = z.array(view, { error: VIEWS });

/** As a file writes them: the inverse of reading them. */
export function priorYaml(weights: readonly GivenWeight[]): YamlValue {
  return map(weights.map(({ symbol, weight }) => [symbol, scalar(formatPercent(BigInt(weight)))]));
}

export function viewYaml({ of, beyond, earns, confidence }: GivenView): YamlValue {
  return map([
    ['of', list(of.map(scalar))],
    ...(beyond.length === 0 ? [] : [['beyond', list(beyond.map(scalar))] as const]),
    ['earns', scalar(plainDecimal(earns))],
    ['confidence', scalar(formatPercent(BigInt(confidence)))],
  ]);
}

function sumsToWhole(weights: readonly number[]): boolean {
  return weights.length === 0 || weights.reduce((sum, weight) => sum + weight, 0) === Number(WHOLE);
}
