// Every field that a portfolio file may have, read off the schema that parses it: a key that is new there is here too.
import * as z from 'zod';
import { portfolioJsonSchema } from '../portfolio-json-schema.ts';
import { portfolioSchema } from '../portfolio-schema.ts';
import { FIELD_WORDS } from './field-words.ts';
import { type JsonSchema, schemaFields } from './schema-fields.ts';

export interface PortfolioField {
  /** `sleeves.*.capital`, where `*` is a name that the owner chooses. */
  readonly path: string;
  /** As the schema refuses everything else: "expected …". */
  readonly values: string | undefined;
  readonly isRequired: boolean;
  /** As it would be written, or what holds where it is left out. */
  readonly absent: string | undefined;
  readonly means: string | undefined;
  readonly why: string | undefined;
}

/** In the order of the schema. */
export function portfolioFields(): readonly PortfolioField[] {
  const expected = new Map(schemaFields(withExpected()).map(({ path, node }) => [path, node[EXPECTED]]));
  return schemaFields(portfolioJsonSchema()).map(({ path, node, isRequired }) => {
    const words = FIELD_WORDS[path];
    return {
      path,
      values: valuesOf(expected.get(path), node),
      isRequired,
      absent: presetOf(node) ?? words?.absent,
      means: textOf(node.description),
      why: words?.why,
    };
  });
}

const EXPECTED = 'x-expected';

/** What each schema says to a value that nothing takes is the shortest true account of what it does take. */
function withExpected(): JsonSchema {
  return z.toJSONSchema(portfolioSchema, {
    io: 'input',
    target: 'draft-2020-12',
    override: ({ zodSchema, jsonSchema }) => {
      const refused = z.safeParse(zodSchema, NOTHING);
      if (!refused.success) jsonSchema[EXPECTED] = refused.error.issues.map(({ message }) => message).join('; ');
    },
  });
}

const NOTHING = Symbol('a value that no field takes');

/** The keys of a mapping have fields of their own. */
function valuesOf(expected: unknown, node: JsonSchema): string | undefined {
  const text = textOf(expected);
  if (text === undefined) return refersToStrategy(node) ? 'a strategy' : undefined;
  return text.startsWith('a mapping with the keys ') ? 'a mapping' : text;
}

function refersToStrategy(node: JsonSchema): boolean {
  const choices: readonly unknown[] = Array.isArray(node.anyOf) ? node.anyOf : [node];
  return choices.some((each) => typeof each === 'object' && each !== null && Reflect.get(each, '$ref') === '#/$defs/strategy');
}

/** A mapping without keys is the default of mappings whose keys have their own. */
function presetOf({ default: preset }: JsonSchema): string | undefined {
  if (preset === undefined) return undefined;
  if (typeof preset !== 'object' || preset === null) return String(preset);
  const entries = Object.entries(preset);
  return entries.length === 0 ? 'that of its keys' : `{ ${entries.map(([key, value]) => `${key}: ${String(value)}`).join(', ')} }`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
