import type * as z from 'zod';
import type { StrategyNode } from '../../core/strategy/node.ts';

/** The schema of any strategy node: what a kind's own schema asks of its children. */
export type NodeSchema = z.ZodType<StrategyNode>;
