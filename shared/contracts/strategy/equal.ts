import * as z from 'zod';
import type { EqualNode } from '../../core/strategy/node.ts';
import { mapping } from '../mapping.ts';
import type { NodeSchema } from './node-schema.ts';

/** `equal: [SPY, TLT, GLD]`: the same part to each child. */
export function equalSchema(child: NodeSchema) {
  const error = 'a list of at least one symbol or strategy, such as [SPY, TLT]';
  return mapping({ equal: z.array(child, { error }).min(1, { error }) }).transform(
    ({ equal }): EqualNode => ({ kind: 'equal', children: equal }),
  );
}
