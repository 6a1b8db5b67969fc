// What editors complete and underline by, generated from the schema that parses.
import * as z from 'zod';
import { describeLimits } from './limits-descriptions.ts';
import { portfolioSchema } from './portfolio-schema.ts';

/** The JSON Schema (draft 2020-12) of a portfolio file as it is written. */
export function portfolioJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(portfolioSchema, { io: 'input', target: 'draft-2020-12' });
  return { $schema, title: 'evenkeel portfolio', ...withLimits(withStrategyFiles(JSON.parse(JSON.stringify(schema)))) };
}

const STRATEGY_FILE = {
  description: 'A strategy file or a symphony, by its path from this file.',
  type: 'object',
  properties: { file: { type: 'string' } },
  required: ['file'],
  additionalProperties: false,
};

/** A sleeve may name a file where the schema that parses, which comes after, sees the strategy itself. */
function withStrategyFiles(schema: Record<string, unknown>): Record<string, unknown> {
  const sleeve = below(schema, ['properties', 'sleeves', 'additionalProperties', 'properties']);
  if (sleeve?.strategy === undefined) throw new Error('the schema of a portfolio has no strategy');
  sleeve.strategy = { anyOf: [sleeve.strategy, STRATEGY_FILE] };
  return schema;
}

function withLimits(schema: Record<string, unknown>): Record<string, unknown> {
  const limits = below(schema, ['properties', 'limits']);
  if (limits === undefined) throw new Error('the schema of a portfolio has no limits');
  describeLimits(limits);
  return schema;
}

function below(schema: Record<string, unknown>, steps: readonly string[]): Record<string, unknown> | undefined {
  let at: unknown = schema;
  for (const step of steps) at = typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined;
  return typeof at === 'object' && at !== null ? (at as Record<string, unknown>) : undefined;
}
