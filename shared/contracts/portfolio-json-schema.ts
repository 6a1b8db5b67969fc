// What editors complete and underline by, generated from the schema that parses.
import * as z from 'zod';
import { portfolioSchema } from './portfolio-schema.ts';

/** The JSON Schema (draft 2020-12) of a portfolio file as it is written. */
export function portfolioJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(portfolioSchema, { io: 'input', target: 'draft-2020-12' });
  return { $schema, title: 'evenkeel portfolio', ...JSON.parse(JSON.stringify(schema)) };
}
