import { describe, expect, it } from 'vitest';
import { importSymphony, SYMPHONY_CHARACTERS_MAX } from '../../../../shared/contracts/symphony/import-symphony.ts';
import { imported, problemsOf, spy, stepsText } from './sources.ts';

const DEEP = 100_000;
const ROOT = '"step":"root","rebalance":"daily","name":"A"';

function wrappedInStrings(text: string, times: number): string {
  return times === 0 ? text : wrappedInStrings(JSON.stringify(text), times - 1);
}

/** Equal weights inside equal weights. */
function nested(depth: number): string {
  return `(defsymphony "A" {:rebalance-frequency :daily} ${'(weight-equal ['.repeat(depth)}(asset "SPY")${'])'.repeat(depth)})`;
}

describe('hostile texts', () => {
  it.each<[string, () => string, RegExp]>([
    ['a hundred thousand open lists', () => '('.repeat(DEEP), /nested deeper than 5000/],
    ['a hundred thousand closed lists', () => '('.repeat(DEEP) + ')'.repeat(DEEP), /nested deeper than 5000/],
    ['a hundred thousand JSON lists', () => '['.repeat(DEEP) + ']'.repeat(DEEP), /nested deeper than 5000/],
    ['a hundred thousand JSON maps', () => `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`, /nested deeper than 5000/],
    [
      'a hundred thousand steps',
      () => `{${ROOT},"children":[${'{"step":"wt-cash-equal","children":['.repeat(DEEP)}`,
      /nested deeper than 5000/,
    ],
    ['sixteen million open brackets', () => '['.repeat(SYMPHONY_CHARACTERS_MAX), /nested deeper than 5000/],
    ['a hundred million characters', () => ' '.repeat(100_000_000), /^: 100000000 characters → at most 16777216/],
    ['more words than any symphony has', () => `(${'a '.repeat(2_000_001)})`, /more than 2000000 words/],
    ['strings inside strings inside strings', () => wrappedInStrings(stepsText([spy]), 9), /text inside more than 3 strings/],
    ['a string that never ends', () => `"${'a'.repeat(1_000_000)}`, /a string that is never closed/],
    ['a list that never ends', () => '(defsymphony "A"', /^: a \( that is never closed → \)/],
    ['a bracket of another kind', () => '(defsymphony "A"]', /^: \] → \) for the \( at character 1/],
    ['a bracket that nothing opened', () => ')', /^: \) → no bracket/],
    ['a NUL byte', () => `${stepsText([spy])}\0`, /^: a NUL byte → plain text/],
    ['nothing', () => '', /^: nothing → a symphony/],
    ['blanks and a comment', () => ' \n ; nothing', /^: nothing → a symphony/],
    ['two symphonies', () => `${nested(1)} ${nested(1)}`, /^: a second form/],
    ['JSON with a comma too many', () => `{${ROOT},"children":[{"step":"asset","ticker":"SPY"},]}`, /→ valid JSON/],
    ['JSON with text after it', () => `${stepsText([spy])} x`, /^: a second form/],
    ['a map without a value', () => '{:step}', /^: a map with a key that has no value/],
    ['a key that is a list', () => '{:step :root [1] 2}', /^: a list → a key that is a keyword or a string/],
    ['a tagged literal', () => '#inst "2020-01-01"', /plain data: no tags/],
    ['a set', () => '(defsymphony "A" #{:daily})', /plain data: no tags/],
    ['a quote', () => "'(asset)", /plain data/],
    ['a character', () => '(defsymphony \\a)', /plain data/],
    ['an escape that means nothing', () => '("\\q")', /^: the escape \\q/],
    ['a number that is two', () => '(1.2.3)', /^: 1\.2\.3 → a plain number/],
    ['a number of a million digits', () => `(${'9'.repeat(1_000_000)})`, /→ \(defsymphony/],
    ['a discard of nothing', () => '(defsymphony #_)', /nothing after #_/],
    ['a colon alone', () => '(:)', /^: : → a keyword/],
    [
      'a weight of a million digits',
      () => stepsText([{ step: 'wt-cash-specified', children: [{ ...spy, weight: { num: '9'.repeat(1_000_000), den: 1 } }] }]),
      /a decimal number/,
    ],
    ['an infinite limit', () => '(defsymphony "A" {:rebalance-frequency :daily} (if (> 1e999 1) []))', /1e999 → a finite number/],
    ['a prototype', () => `{"__proto__": {}, ${ROOT}, "children": [{"step":"asset","ticker":"SPY"}]}`, /proto--: unknown key/],
  ])('refuses %s', (_, text, problem) => {
    expect(problemsOf(text())[0]).toMatch(problem);
  });

  it('takes a strategy as deep as it may be, and refuses the next', () => {
    expect(imported(nested(1_999)).report.depth).toBe(2_001);
    expect(problemsOf(nested(2_100))[0]).toMatch(/nested deeper than 2000 forms → at most 2000/);
  });

  it('counts the levels of a strategy, not of its source', () => {
    const pairs = `(defsymphony "A" {:rebalance-frequency :daily} ${'(group "G" [(asset "TLT") '.repeat(1_500)}(asset "SPY")${'])'.repeat(1_500)})`;
    // Each group holds an equal weighting, and the innermost an asset.
    expect(problemsOf(pairs)).toEqual([': a strategy of 3001 levels → at most 2000']);
    const branch = { step: 'if-child', 'lhs-fn': 'current-price', 'lhs-val': 'SPY', comparator: 'gt', 'rhs-val': 1, children: [spy] };
    const chain = stepsText([{ step: 'if', children: Array.from({ length: 3_000 }, () => branch) }]);
    expect(problemsOf(chain)).toEqual([': a strategy of 3001 levels → at most 2000']);
  });

  it('refuses conditions that nest without end', () => {
    const condition = `${'(not '.repeat(50)}(> 1 2)${')'.repeat(50)}`;
    expect(problemsOf(`(defsymphony "A" {:rebalance-frequency :daily} (if ${condition} [(asset "SPY")] []))`)[0]).toMatch(
      /nested at most 40 deep/,
    );
  });

  it('shortens the path of a problem far down', () => {
    const text = nested(1_900).replace('"SPY"', '"?"');
    const [problem] = problemsOf(text);
    expect(problem).toContain('…');
    expect(problem?.length).toBeLessThan(2_000);
  });

  it('keeps a thousand notes, and counts the others', () => {
    const { notes } = imported(`(defsymphony "A" {:rebalance-frequency :daily} ${'(group "G" [])'.repeat(1_200)})`).report;
    expect(notes).toHaveLength(1_001);
    expect(notes.at(-1)).toEqual({ code: 'more-notes', path: '', text: 'and 200 more notes' });
  });

  it('words no more problems than it keeps', () => {
    const keys = Array.from({ length: 200_000 }, (_, index) => `"k${index}":1`);
    expect(problemsOf(`{${ROOT},${keys.join()}}`)).toHaveLength(100);
  });

  it('refuses the worst of them within a second of its own time', () => {
    const texts = ['('.repeat(DEEP), '['.repeat(SYMPHONY_CHARACTERS_MAX), ' '.repeat(100_000_000), `"${'\\n'.repeat(1_000_000)}`];
    for (const text of texts) {
      const start = process.threadCpuUsage();
      expect(importSymphony(text, 'hostile').kind).toBe('refused');
      const { user } = process.threadCpuUsage(start);
      expect(user / 1_000).toBeLessThan(1_000);
    }
  });
});
