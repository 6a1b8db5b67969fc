// The reference of the portfolio file is what the schema says today, and says it of every key.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { FIELD_WORDS } from '../../shared/contracts/portfolio-reference/field-words.ts';
import { portfolioFields } from '../../shared/contracts/portfolio-reference/portfolio-fields.ts';
import { referenceText } from '../../shared/contracts/portfolio-reference/reference-text.ts';
import { schemaFields } from '../../shared/contracts/portfolio-reference/schema-fields.ts';

const committed = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const FIELDS = portfolioFields();

describe('the reference of the portfolio file', () => {
  it('is the generated one: npx evenkeel schema --markdown > docs/reference/portfolio-file.md', () => {
    expect(committed('docs/reference/portfolio-file.md')).toBe(`${referenceText(FIELDS)}\n`);
  });

  it.each(FIELDS.map(({ path }) => path))('%s: says what it may be, what it means, why, and what holds without it', (path) => {
    const { values, means, why, isRequired, absent } = FIELDS.find((field) => field.path === path) ?? {};
    expect({ values, means, why }, `a text in field-words.ts, or a description in the schema`).toEqual({
      values: expect.stringMatching(/\S/),
      means: expect.stringMatching(/\S/),
      why: expect.stringMatching(/\S/),
    });
    if (!isRequired) expect(absent, 'a default in the schema, or `absent` in field-words.ts').toMatch(/\S/);
  });

  it('has words for no field that is gone', () => {
    const known = new Set(FIELDS.map(({ path }) => path));
    expect(Object.keys(FIELD_WORDS).filter((path) => !known.has(path))).toEqual([]);
  });
});

describe('the fields of a schema', () => {
  const schema = z.toJSONSchema(
    z.strictObject({
      name: z.string(),
      parts: z.record(z.string(), z.strictObject({ size: z.number().optional() })),
      list: z.array(z.strictObject({ part: z.string() })),
      either: z.union([z.literal('off'), z.strictObject({ on: z.string() })]),
    }),
    { io: 'input' },
  );

  it('are found by themselves, below names that the owner chooses and among choices too', () => {
    const found = schemaFields(schema).map(({ path, isRequired }) => [path, isRequired]);
    expect(found).toEqual([
      ['name', true],
      ['parts', true],
      ['parts.*.size', false],
      ['list', true],
      ['list[].part', true],
      ['either', true],
      ['either.on', false],
    ]);
  });
});
