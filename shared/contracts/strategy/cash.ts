import * as z from 'zod';
import type { CashNode } from '../../core/strategy/node.ts';

/** `cash`: the node's capital is not invested. */
export function cashSchema() {
  return z.literal('cash').transform((): CashNode => ({ kind: 'cash' }));
}
