import * as z from 'zod';
import type { InverseVolatilityNode } from '../../core/strategy/node.ts';
import { mapping } from '../mapping.ts';
import { wholeNumber } from '../quantity-text.ts';
import type { NodeSchema } from './node-schema.ts';

/** `inverse-volatility: { window: 60, of: [XLK, XLU] }`: the calmer a child was over `window` sessions, the more it gets. */
export function inverseVolatilitySchema(child: NodeSchema) {
  const error = 'a list of at least one symbol or strategy, such as [SPY, TLT]';
  return mapping({
    'inverse-volatility': mapping({ window: wholeNumber(2, 1_000), of: z.array(child, { error }).min(1, { error }) }),
  }).transform(({ 'inverse-volatility': { window, of } }): InverseVolatilityNode => ({ kind: 'inverse-volatility', window, children: of }));
}
