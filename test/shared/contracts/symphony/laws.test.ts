import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Datum } from '../../../../shared/contracts/symphony/datum.ts';
import { fractionOf } from '../../../../shared/contracts/symphony/decimal-text.ts';
import { importSymphony } from '../../../../shared/contracts/symphony/import-symphony.ts';
import { readDatum } from '../../../../shared/contracts/symphony/read-datum.ts';
import { shareOut } from '../../../../shared/contracts/symphony/share-out.ts';
import { formText, spy, stepsText, tlt } from './sources.ts';

const folder = resolve(import.meta.dirname, '../../../../../shared/data/symphonies');
const absent = !existsSync(folder);

/** Either a strategy or at least one problem; nothing else, and never thrown. */
function isAnswered(text: string): void {
  const result = importSymphony(text, 'fuzzed');
  if (result.kind === 'refused') expect(result.problems.length).toBeGreaterThan(0);
  else expect(result.report.nodes).toBeGreaterThan(0);
}

const tokens = fc.constantFrom(
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '"',
  '\\',
  ':',
  ',',
  ';',
  '#_',
  '#',
  ' ',
  '\n',
  '\0',
  '"SPY"',
  ':step',
  ':root',
  '1',
  '-0.5',
  'asset',
  'if',
  '>',
  'nil',
  'é',
  '\ud800',
);

describe('any text', () => {
  it('is a strategy or a problem', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.json()), isAnswered), { numRuns: 500 });
  });

  it('of the languages’ own words is a strategy or a problem', () => {
    fc.assert(
      fc.property(fc.array(tokens, { maxLength: 40 }), (words) => {
        isAnswered(words.join(''));
        isAnswered(formText(words.join(' ')));
      }),
      { numRuns: 500 },
    );
  });

  it('of any value anywhere in a tree of steps is a strategy or a problem', () => {
    const key = fc.constantFrom(
      'step',
      'children',
      'weight',
      'condition',
      'lhs-fn',
      'lhs-fn-params',
      'rhs-val',
      'select-n',
      'ticker',
      'window-days',
      'name',
      'rebalance',
    );
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('if', 'if-child', 'filter', 'wt-cash-specified', 'group', 'compound', 'rsi', 'SPY'),
    );
    fc.assert(
      fc.property(fc.array(fc.dictionary(key, value), { maxLength: 4 }), fc.dictionary(key, value), (children, fields) => {
        isAnswered(stepsText([{ step: 'if', children }, { ...spy, ...fields }, ...children, tlt], fields));
      }),
      { numRuns: 500 },
    );
  });

  it.skipIf(absent)(
    `of a changed sample is a strategy or a problem${absent ? ' (skipped: ../shared/data/symphonies is absent)' : ''}`,
    () => {
      const samples = ['small.edn', 'rotation-by-hand.clj', 'weightSpecified.json', 'root.json'].map((file) =>
        readFileSync(resolve(folder, file), 'utf8'),
      );
      fc.assert(
        fc.property(
          fc.constantFrom(...samples),
          fc.nat(),
          fc.nat({ max: 20 }),
          fc.array(tokens, { maxLength: 3 }),
          (sample, place, length, words) => {
            const at = place % sample.length;
            isAnswered(sample.slice(0, at) + words.join('') + sample.slice(at + length));
          },
        ),
        { numRuns: 400 },
      );
    },
  );
});

describe('the reader', () => {
  it('reads what JSON reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value, undefined, 1);
        const reading = readDatum(text, 'json');
        expect(reading.kind === 'read' ? plain(reading.datum) : reading).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });
});

describe('shares', () => {
  it('sum to the whole, each within one part of its due', () => {
    const weight = fc.record({ numerator: fc.bigInt(0n, 10n ** 12n), denominator: fc.bigInt(1n, 10n ** 6n) });
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1, maxLength: 12 }), (parts) => {
        const shares = shareOut(parts, [1]);
        if (shares.kind !== 'shares') {
          expect(parts.every(({ numerator }) => numerator === 0n)).toBe(true);
          return;
        }
        expect(shares.weights.reduce((sum, share) => sum + share, 0n)).toBe(1_000_000n);
        const total = parts.reduce((sum, { numerator, denominator }) => sum + Number(numerator) / Number(denominator), 0);
        for (const [index, { numerator, denominator }] of parts.entries()) {
          const due = (Number(numerator) / Number(denominator) / total) * 1_000_000;
          expect(Math.abs(Number(shares.weights[index]) - due)).toBeLessThanOrEqual(1.001);
          if (numerator === 0n) expect(shares.weights[index]).toBe(0n);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['60', 60n, 1n],
    ['01', 1n, 1n],
    ['0.68', 68n, 100n],
    ['-.5', -5n, 10n],
    ['1.5e-2', 15n, 1_000n],
    ['2E2', 200n, 1n],
  ])('read the decimal %s exactly', (text, numerator, denominator) => {
    expect(fractionOf(text)).toEqual({ numerator, denominator });
  });

  it.each(['', '.', 'half', '1/2', '1e400', '0x10', 'NaN', '1'.repeat(31)])('refuse %j', (text) => {
    expect(fractionOf(text)).toBeUndefined();
  });
});

function plain(datum: Datum): unknown {
  switch (datum.kind) {
    case 'string':
      return datum.text;
    case 'number':
      return Number(datum.text);
    case 'boolean':
      return datum.text === 'true';
    case 'nil':
      return null;
    case 'map': {
      const entries: [string, unknown][] = [];
      for (let index = 0; index < datum.items.length; index += 2) {
        const [key, value] = [datum.items[index], datum.items[index + 1]];
        if (key?.kind === 'string' && value !== undefined) entries.push([key.text, plain(value)]);
      }
      return Object.fromEntries(entries);
    }
    case 'list':
    case 'vector':
      return datum.items.map(plain);
    default:
      throw new Error(`JSON has no ${datum.kind}`);
  }
}
