// The limits of a construction as a strategy file writes them: what some of its symbols together may weigh. A limit of one
// symbol is its bounds.
//
//   limits: [{ of: [GLD], most: 10% }, { of: [TLT, IEF], least: 20%, most: 60% }]
import * as z from 'zod';
import type { GivenLimit } from '../../core/strategy/ready-made/given.ts';
import { formatPercent } from '../../core/values/weight.ts';
import { mapping } from '../mapping.ts';
import { percentText } from '../quantity-text.ts';
import { SYMBOL_OR_NAME } from './symbol.ts';
import { list, map, scalar, type YamlValue } from './yaml-block.ts';

const SHAPE = 'a list of limits, such as [{ of: [TLT, IEF], least: 20%, most: 60% }]';
const SYMBOLS = 'a list of at least one symbol, such as [TLT, IEF]';
const SYMBOL = 'a symbol such as SPY';

const share = percentText('0%', '100%').transform(Number);

const limit = mapping({
  of: z
    .array(z.string({ error: SYMBOL }).regex(SYMBOL_OR_NAME, { error: SYMBOL }), { error: SYMBOLS })
    .min(1, { error: SYMBOLS })
    .refine((symbols) => new Set(symbols).size === symbols.length, { error: 'symbols that are each named once' }),
  least: share.prefault('0%'),
  most: share.prefault('100%'),
}).refine(({ least, most }) => least <= most, { error: 'a least that is not above the most' });

export const limitsList: z.ZodType<readonly GivenLimit[]> = z.array(limit, { error: SHAPE });

/** As a file writes it: the inverse of reading it. */
export function limitYaml({ of, least, most }: GivenLimit): YamlValue {
  return map([
    ['of', list(of.map(scalar))],
    ['least', scalar(formatPercent(BigInt(least)))],
    ['most', scalar(formatPercent(BigInt(most)))],
  ]);
}
