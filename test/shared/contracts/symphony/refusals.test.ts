import { describe, expect, it } from 'vitest';
import { importSymphony } from '../../../../shared/contracts/symphony/import-symphony.ts';
import { aStep, formText, problemsOf, type Step, spy, stepsText, tlt } from './sources.ts';

const flat: Step = {
  'lhs-fn': 'relative-strength-index',
  'lhs-val': 'SPY',
  'lhs-fn-params': { window: 10 },
  comparator: 'gt',
  'rhs-val': '70',
};
const branch = (fields: Step) =>
  stepsText([
    aStep('if', {}, [aStep('if-child', { ...flat, ...fields }, [spy]), aStep('if-child', { 'is-else-condition?': true }, [tlt])]),
  ]);
const filter = (fields: Step) =>
  stepsText([
    aStep(
      'filter',
      { 'sort-by-fn': 'relative-strength-index', 'sort-by-fn-params': { window: 10 }, 'select-fn': 'top', 'select-n': 1, ...fields },
      [spy],
    ),
  ]);
const specified = (...weights: unknown[]) =>
  stepsText([
    aStep(
      'wt-cash-specified',
      {},
      weights.map((weight) => ({ ...spy, weight })),
    ),
  ]);
const condition = (fields: Step) =>
  branch({
    condition: {
      'condition-type': 'binary',
      comparator: 'gt',
      lhs: { fn: 'current-price', ticker: 'SPY' },
      rhs: { constant: 1 },
      ...fields,
    },
  });
const tooMany = { 'condition-type': 'binary-compound', operator: 'any', lhs: { fn: 'current-price', ticker: '%' } };

describe('what is not known', () => {
  it.each<[string, string, RegExp]>([
    ['an unknown step', stepsText([aStep('wt-magic', {}, [spy])]), /^children\[0\]\.step: "wt-magic" → wt-cash-equal, /],
    ['market values', stepsText([aStep('wt-marketcap', {}, [spy])]), /^children\[0\]\.step: "wt-marketcap" → .*shares outstanding/],
    ['a step without a name', stepsText([{ ticker: 'SPY' }]), /^children\[0\]\.step: missing → /],
    ['a step that is no map', stepsText(['SPY']), /^children\[0\]: "SPY" → a step/],
    ['an unknown key', stepsText([{ ...spy, leverage: 3 }]), /^children\[0\]\.leverage: unknown key → no key that may change what is held/],
    ['a misspelled key', stepsText([aStep('asset', { tiker: 'SPY' })]), /tiker: unknown key → ticker, the nearest known key/],
    [
      'a key twice',
      '{"step":"root","rebalance":"daily","children":[],"children":[{"step":"asset","ticker":"SPY"}]}',
      /^children: the same key twice/,
    ],
    ['an unknown ticker', stepsText([aStep('asset', { ticker: 'spy' })]), /^children\[0\]\.ticker: "spy" → a ticker/],
    ['a ticker of another currency', stepsText([aStep('asset', { ticker: 'CRYPTO::BTC//EUR' })]), /ticker: "CRYPTO::BTC\/\/EUR"/],
    ['an asset without a ticker', stepsText([aStep('asset')]), /^children\[0\]\.ticker: missing/],
    ['an asset with children', stepsText([{ ...spy, children: [tlt] }]), /^children\[0\]\.children: a list → no children here/],
    [
      'children that are no list',
      stepsText([aStep('wt-cash-equal', { children: 'SPY' })]),
      /^children\[0\]\.children: "SPY" → a list of steps/,
    ],
    ['a symphony without children', stepsText([]), /^children: an empty list → at least one step/],
    ['an unknown frequency', stepsText([spy], { rebalance: 'hourly' }), /^rebalance: "hourly" → one of daily, /],
    ['no frequency', stepsText([spy], { rebalance: undefined }), /^rebalance: missing → /],
    [
      'a corridor of the whole and more',
      stepsText([spy], { rebalance: 'none', 'rebalance-corridor-width': 5 }),
      /^rebalance-corridor-width: 5 → /,
    ],
    ['another outermost step', JSON.stringify(spy), /^step: "asset" → root/],
    ['an inverse volatility without a window', stepsText([aStep('wt-inverse-vol', {}, [spy])]), /^children\[0\]\.window-days: missing/],
    [
      'an inverse volatility of nothing',
      stepsText([aStep('wt-inverse-vol', { 'window-days': 5 }, [])]),
      /^children\[0\]\.children: an empty list/,
    ],
    ['an if-child outside an if', stepsText([aStep('if-child', flat, [spy])]), /^children\[0\]\.step: "if-child" → /],
    ['something else inside an if', stepsText([aStep('if', {}, [spy])]), /^children\[0\]\.if-child\[0\]: asset → an if-child/],
    [
      'an if without a condition',
      stepsText([aStep('if', {}, [aStep('if-child', { 'is-else-condition?': true }, [spy])])]),
      /^children\[0\]\.children: a list → at least one if-child/,
    ],
    [
      'an else before the condition',
      stepsText([aStep('if', {}, [aStep('if-child', { 'is-else-condition?': true }, [spy]), aStep('if-child', flat, [tlt])])]),
      /^children\[0\]\.if-child\[0\]: an else before the last branch/,
    ],
    [
      'an unknown function',
      branch({ 'lhs-fn': 'hurst-exponent' }),
      /^children\[0\]\.if-child\[0\]\.lhs-fn: "hurst-exponent" → a function: /,
    ],
    [
      'a function without a window',
      branch({ 'lhs-fn-params': {} }),
      /^children\[0\]\.if-child\[0\]\.lhs-fn\.window: missing → a whole number from 1/,
    ],
    ['a window of 0', branch({ 'lhs-fn-params': { window: 0 } }), /lhs-fn\.window: 0 → /],
    ['a window with a half', branch({ 'lhs-fn-params': { window: 2.5 } }), /lhs-fn\.window: 2\.5 → /],
    ['an unknown parameter', branch({ 'lhs-fn-params': { window: 10, decay: 2 } }), /lhs-fn\.decay: unknown key/],
    [
      'an unknown comparator',
      branch({ comparator: 'neq' }),
      /^children\[0\]\.if-child\[0\]\.comparator: "neq" → one of gt, gte, lt, lte, eq/,
    ],
    ['a limit that is no number', branch({ 'rhs-val': 'TLT' }), /rhs-val: "TLT" → a number/],
    [
      'no function where the right side is said not to be fixed',
      branch({ 'rhs-fixed-value?': false, 'rhs-val': 'TLT' }),
      /rhs-fn: missing → a function/,
    ],
    ['an else that is neither true nor false', branch({ 'is-else-condition?': 'no' }), /is-else-condition\?: "no" → true or false/],
    ['an unknown sort of condition', condition({ 'condition-type': 'ternary' }), /condition\.condition-type: "ternary" → compound, binary/],
    ['a condition that is no map', branch({ condition: 'gt' }), /if-child\[0\]\.condition: "gt" → a condition/],
    ['a condition with a key too many', condition({ within: 3 }), /condition\.within: unknown key/],
    [
      'both a constant and a function',
      condition({ rhs: { constant: 1, fn: 'current-price', ticker: 'SPY' } }),
      /condition\.rhs\.fn: "current-price" → either/,
    ],
    ['a constant that is no number', condition({ rhs: { constant: 'x' } }), /condition\.rhs\.constant: "x" → a number/],
    ['a side that is missing', condition({ rhs: undefined }), /condition\.rhs: missing/],
    ['a placeholder without tickers', condition({ lhs: { fn: 'current-price', ticker: '%' } }), /condition\.lhs\.ticker: "%" → a ticker/],
    [
      'tickers without a placeholder',
      condition({ ...tooMany, tickers: ['SPY'], lhs: { fn: 'current-price', ticker: 'SPY' } }),
      /lhs\.ticker: "SPY" → "%"/,
    ],
    ['no tickers', condition({ ...tooMany, tickers: [] }), /condition\.tickers: an empty list/],
    ['an unknown operator', condition({ ...tooMany, operator: 'most', tickers: ['SPY'] }), /condition\.operator: "most" → all or any/],
    ['neither top nor bottom', filter({ 'select-fn': 'middle' }), /^children\[0\]\.select-fn: "middle" → top or bottom/],
    ['a selection of none', filter({ 'select-n': '0' }), /^children\[0\]\.select-n: "0" → a whole number from 1/],
    [
      'a filter of nothing',
      stepsText([{ ...aStep('filter', { 'sort-by-fn': 'current-price', 'select-fn': 'top', 'select-n': 1 }), children: [] }]),
      /^children\[0\]\.children: an empty list → at least one candidate/,
    ],
    ['a missing weight', specified({ num: 50, den: 100 }, undefined), /^children\[0\]\.children\[1\]\.weight: missing → a weight/],
    [
      'a negative weight',
      specified({ num: 150, den: 100 }, { num: -50, den: 100 }),
      /children\[1\]\.weight\.num: -50 → a weight of 0 or more/,
    ],
    ['weights that sum to 0', specified({ num: 0, den: 100 }), /^children\[0\]: weights that sum to 0/],
    ['a denominator of 0', specified({ num: 1, den: 0 }), /weight\.den: 0 → a decimal number above 0/],
    ['a weight that is no number', specified({ num: 'half', den: 1 }), /weight\.num: "half" → a decimal number/],
  ])('refuses %s', (_, text, problem) => {
    expect(problemsOf(text)[0]).toMatch(problem);
  });

  it.each<[string, RegExp]>([
    ['(weight-magic [(asset "SPY")])', /^\[0\]: weight-magic → asset, group/],
    ['(weight-marketcap [(asset "SPY")])', /^\[0\]\.weight-marketcap: .*shares outstanding/],
    ['(asset SPY)', /asset: SPY → a ticker/],
    ['(asset "SPY" {:leverage 3})', /asset: a map → a ticker and its description/],
    ['"SPY"', /^\[0\]: "SPY" → a form/],
    ['(group [(asset "SPY")])', /group: a list → the name/],
    ['(weight-specified (asset "SPY"))', /weight-specified\[0\]: a list → a weight/],
    ['(weight-specified 0.6)', /weight-specified\[0\]: 0\.6 → a form after its weight/],
    ['(weight-specified 0 (asset "SPY"))', /weights that sum to 0/],
    ['(weight-specified 1 (asset "SPY") -1 (asset "TLT"))', /-1 → a weight of 0 or more/],
    ['(weight-inverse-volatility [(asset "SPY")])', /weight-inverse-volatility: a list → a whole number/],
    ['(weight-inverse-volatility 20 [])', /weight-inverse-volatility: missing → at least one/],
    ['(if (> 1 2))', /^\[0\]\.if: missing → \(if condition/],
    ['(if (> 1 2) [] [] [])', /if: an empty list → nothing after the else/],
    ['(if true [])', /if\.condition: true → \(> a b\)/],
    ['(if (> (rsi "SPY" 10)) [])', /if\.condition: a list → \(> a b\)/],
    ['(if (> 1 2 3) [])', /if\.condition: a list → \(> a b\)/],
    ['(if (and) [])', /if\.condition: a list/],
    ['(if (xor (> 1 2)) [])', /if\.condition: xor → /],
    ['(if (> (rsi "SPY" 10 20) 1) [])', /20 → no more parameters of rsi/],
    ['(if (> (rsi "SPY") 1) [])', /window: missing → a whole number/],
    ['(if (> "70" 1) [])', /"70" → a number, or a metric/],
    ['(filter (rsi {:window 10}) (select-some 1) [(asset "SPY")])', /filter\.select: select-some → \(select-top n\)/],
    ['(filter (rsi {:window 10}) (select-top 0) [(asset "SPY")])', /filter\.select: 0 → /],
    ['(filter (rsi {:window 10}) (select-top 1) [])', /filter: missing → at least one candidate/],
    ['(filter rsi (select-top 1) [(asset "SPY")])', /filter\.by: rsi → a metric/],
  ])('refuses %s', (body, problem) => {
    expect(problemsOf(formText(body))[0]).toMatch(problem);
  });

  it.each<[string, RegExp]>([
    ['(defstrategy "A" {:rebalance-frequency :daily} (asset "SPY"))', /^: defstrategy → \(defsymphony/],
    ['(defsymphony A {:rebalance-frequency :daily} (asset "SPY"))', /^name: A → the name/],
    ['(defsymphony "A" (asset "SPY"))', /^options: a list → a map of options/],
    ['(defsymphony "A" {} (asset "SPY"))', /^options\.rebalance-frequency: missing → one of daily/],
    ['(defsymphony "A" {:rebalance-frequency :daily, :leverage 2} (asset "SPY"))', /^options\.leverage: unknown key/],
    ['(defsymphony "A" {:rebalance-frequency :daily})', /^body: missing/],
    [':step', /^: :step → a symphony/],
    ['[1]', /^: a list → a symphony/],
    ['{"capital": 1}', /^capital: unknown key/],
    ['(defsymphony "A" {:rebalance-frequency :daily, :description 5} (asset "SPY"))', /^options\.description: 5 → a text/],
    ['{"symphony": 1}', /^symphony: 1 → a symphony/],
  ])('refuses %s as a whole', (text, problem) => {
    expect(problemsOf(text)[0]).toMatch(problem);
  });
});

describe('the place of a problem', () => {
  it('is a path and, in every language, a line and a column', () => {
    const json = '{"step": "root", "rebalance": "daily",\n "children": [\n  {"step": "asset", "ticker": "?"}]}';
    expect(importSymphony(json, 'mine.json')).toEqual({
      kind: 'refused',
      problems: [
        { file: 'mine.json', path: 'children[0].ticker', line: 3, column: 31, value: '"?"', expected: expect.stringContaining('a ticker') },
      ],
    });
    const form = '(defsymphony "A" {:rebalance-frequency :daily}\n  (weight-equal [(asset "?")]))';
    expect(importSymphony(form, 'mine.clj')).toMatchObject({ problems: [{ path: '[0].weight-equal[0].asset', line: 2, column: 25 }] });
  });

  it('gathers every problem of a file, up to a hundred', () => {
    expect(problemsOf(stepsText([aStep('asset', { ticker: '1' }), aStep('asset', { ticker: '2' })]))).toHaveLength(2);
    expect(problemsOf(stepsText(Array.from({ length: 500 }, () => aStep('nothing'))))).toHaveLength(100);
  });
});
