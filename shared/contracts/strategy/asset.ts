import * as z from 'zod';
import type { AssetNode } from '../../core/strategy/node.ts';
import { SYMBOL_PATTERN } from '../../core/values/identity.ts';

/** `SPY`: all of the node's capital in one symbol. */
export function assetSchema() {
  const error = 'a symbol such as SPY, cash, or a mapping with one kind of strategy such as equal';
  return z
    .string({ error })
    .regex(SYMBOL_PATTERN, { error })
    .transform((symbol): AssetNode => ({ kind: 'asset', symbol }));
}
