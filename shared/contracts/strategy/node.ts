// The kinds of strategy a portfolio file may write: one record, one small file each. A kind that the core knows and
// this record does not is a compile error.
import * as z from 'zod';
import type { StrategyNode } from '../../core/strategy/node.ts';
import { assetSchema } from './asset.ts';
import { cashSchema } from './cash.ts';
import { equalSchema } from './equal.ts';
import { inverseVolatilitySchema } from './inverse-volatility.ts';
import type { NodeSchema } from './node-schema.ts';
import { specifiedSchema } from './specified.ts';

type Kind = StrategyNode['kind'];

/** From the schema of a child to the schema of a whole node of this kind, as it is written. */
export const strategyKinds: { readonly [K in Kind]: (child: NodeSchema) => z.ZodType<Extract<StrategyNode, { kind: K }>> } = {
  asset: assetSchema,
  cash: cashSchema,
  specified: specifiedSchema,
  equal: equalSchema,
  'inverse-volatility': inverseVolatilitySchema,
};

const kinds: readonly NodeSchema[] = Object.values(strategyKinds).map((schemaOf) => schemaOf(z.lazy(() => strategyNode)));
const composed = Object.keys(strategyKinds).filter((kind) => kind !== 'asset' && kind !== 'cash');

/** Any strategy: a symbol, `cash`, or a mapping with exactly one key that names its kind. */
export const strategyNode: NodeSchema = z
  .union(kinds, { error: `a symbol such as SPY, cash, or a mapping with exactly one of ${composed.join(', ')}` })
  .meta({ id: 'strategy', description: 'A symbol, cash, or a mapping with exactly one key that names the kind of strategy.' });
