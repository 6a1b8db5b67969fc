import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portfolioJson } from '../../../shared/contracts/portfolio-json.ts';
import { readYaml } from '../../../shared/contracts/yaml-text.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
}));

describe('the JSON of a portfolio file', () => {
  it('keeps what is written where it stands: text that looks like something else stays text', () => {
    const yaml = 'portfolio: golden # ours\nsleeves: { ON: 60%, NO: 1e3, "7": 0x10 }\nshares: 7\napprove: true\ndescription:\n';
    expect(portfolioJson(yaml, 'golden.yaml')).toBe(
      '{"portfolio":"golden","sleeves":{"7":"0x10","ON":"60%","NO":"1e3"},"shares":7,"approve":true,"description":null}',
    );
  });

  it('is YAML that says the same, so that a recorded portfolio can be parsed again', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const reading = readYaml(JSON.stringify(value));
        expect(reading.kind === 'read' && JSON.parse(JSON.stringify(reading.value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(portfolioJson(JSON.stringify(value), 'any.json')).toBe(JSON.stringify(value));
      }),
      { numRuns: 300 },
    );
  });

  it('does not exist of a text that cannot be read: every fault is named with its line', () => {
    expect(() => portfolioJson('portfolio: &a golden\nsleeves: *a\n', 'golden.yaml')).toThrow(
      /^golden.yaml:1: the anchor &a, expected no anchors\ngolden.yaml:2: the alias \*a, expected /,
    );
  });
});
