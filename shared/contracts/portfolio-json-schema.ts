// What editors complete and underline by, generated from the schema that parses.
import * as z from 'zod';
import { describeLimits } from './limits-descriptions.ts';
import { FIELD_WORDS } from './portfolio-reference/field-words.ts';
import { schemaFields } from './portfolio-reference/schema-fields.ts';
import { portfolioSchema } from './portfolio-schema.ts';
import { DATED_VALUES } from './strategy-file/dated-values-schema.ts';

/** The JSON Schema (draft 2020-12) of a portfolio file as it is written. */
export function portfolioJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(portfolioSchema, { io: 'input', target: 'draft-2020-12' });
  return { $schema, title: 'evenkeel portfolio', ...withWords(withLimits(withFiles(JSON.parse(JSON.stringify(schema))))) };
}

const STRATEGY_FILE = fileNamed('A strategy file or a symphony, by its path from this file.');
const VALUES_FILE = fileNamed('A CSV file with the header date,symbol,value, by its path from this file.');

/** Where a file may be named, the schema that parses comes after and sees what the file says. */
function withFiles(schema: Record<string, unknown>): Record<string, unknown> {
  orFile(below(schema, ['properties', 'sleeves', 'additionalProperties', 'properties']), 'strategy', STRATEGY_FILE);
  orFile(below(schema, ['$defs']), DATED_VALUES, VALUES_FILE);
  return schema;
}

function withLimits(schema: Record<string, unknown>): Record<string, unknown> {
  const limits = below(schema, ['properties', 'limits']);
  if (limits === undefined) throw new Error('the schema of a portfolio has no limits');
  describeLimits(limits);
  return schema;
}

/** What the schema that parses does not say itself. */
function withWords(schema: Record<string, unknown>): Record<string, unknown> {
  for (const { path, node } of schemaFields(schema)) {
    const means = FIELD_WORDS[path]?.means;
    if (means !== undefined) node.description ??= means;
  }
  return schema;
}

function orFile(parent: Record<string, unknown> | undefined, key: string, file: Readonly<Record<string, unknown>>): void {
  if (parent?.[key] === undefined) throw new Error(`the schema of a portfolio has no ${key}`);
  parent[key] = { anyOf: [parent[key], file] };
}

function fileNamed(description: string): Readonly<Record<string, unknown>> {
  return { description, type: 'object', properties: { file: { type: 'string' } }, required: ['file'], additionalProperties: false };
}

function below(schema: Record<string, unknown>, steps: readonly string[]): Record<string, unknown> | undefined {
  let at: unknown = schema;
  for (const step of steps) at = typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined;
  return typeof at === 'object' && at !== null ? (at as Record<string, unknown>) : undefined;
}
