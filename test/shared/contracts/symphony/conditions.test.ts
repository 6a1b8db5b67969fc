import { describe, expect, it } from 'vitest';
import type { Condition, Expression } from '../../../../shared/core/strategy/tree.ts';
import { aStep, branchesOf, formText, imported, noteCodes, type Step, spy, stepsText, tlt, treeOf } from './sources.ts';

const rsi = (symbol: string, window = 10): Expression => ({ kind: 'metric', metric: { name: 'rsi', window }, symbol });
const constant = (value: number): Expression => ({ kind: 'constant', value });
const compare = (left: Expression, comparator: 'gt' | 'gte' | 'lt' | 'lte' | 'eq', right: Expression): Condition => ({
  kind: 'compare',
  left,
  comparator,
  right,
});
const price = (symbol: string): Expression => ({ kind: 'metric', metric: { name: 'current-price' }, symbol });

function ifText(fields: Step, otherwise: readonly Step[] = [aStep('if-child', { 'is-else-condition?': true }, [tlt])]): string {
  return stepsText([
    aStep('if', { weight: { num: 100, den: 100 } }, [aStep('if-child', { 'is-else-condition?': false, ...fields }, [spy]), ...otherwise]),
  ]);
}

function conditionIn(text: string): Condition | undefined {
  const tree = treeOf(text);
  return tree.kind === 'if' ? tree.condition : undefined;
}

const flat: Step = { 'lhs-fn': 'relative-strength-index', 'lhs-val': 'SPY', 'lhs-fn-params': { window: 10 }, comparator: 'gt' };
const lhs = { fn: 'relative-strength-index', ticker: 'SPY', params: { window: 10 } };

describe('flat conditions', () => {
  it.each<[string, Step, Condition]>([
    ['a fixed value, said to be one', { ...flat, 'rhs-fixed-value?': true, 'rhs-val': '79' }, compare(rsi('SPY'), 'gt', constant(79))],
    [
      'a fixed value whatever rhs-fn says',
      { ...flat, 'rhs-fixed-value?': true, 'rhs-val': '5.25', 'rhs-fn': 'cumulative-return' },
      compare(rsi('SPY'), 'gt', constant(5.25)),
    ],
    ['a fixed value where nothing says otherwise', { ...flat, 'rhs-val': 30 }, compare(rsi('SPY'), 'gt', constant(30))],
    ['a negative value', { ...flat, 'rhs-val': '-3' }, compare(rsi('SPY'), 'gt', constant(-3))],
    [
      'a function on the right',
      { ...flat, 'rhs-fn': 'relative-strength-index', 'rhs-val': 'TLT', 'rhs-fn-params': { window: 20 } },
      compare(rsi('SPY'), 'gt', rsi('TLT', 20)),
    ],
    [
      'a function, said not to be fixed',
      { ...flat, 'rhs-fixed-value?': false, 'rhs-fn': 'current-price', 'rhs-val': 'CRYPTO::BTC//USD' },
      compare(rsi('SPY'), 'gt', price('BTCUSD')),
    ],
    [
      'the windows of older exports',
      {
        ...flat,
        'lhs-fn-params': undefined,
        'lhs-window-days': '14',
        'rhs-fn': 'relative-strength-index',
        'rhs-val': 'TLT',
        'rhs-window-days': '20',
      },
      compare(rsi('SPY', 14), 'gt', rsi('TLT', 20)),
    ],
    [
      'no window where none is needed',
      { ...flat, 'lhs-fn': 'current-price', 'lhs-fn-params': {}, 'rhs-val': 1 },
      compare(price('SPY'), 'gt', constant(1)),
    ],
    ['gte', { ...flat, comparator: 'gte', 'rhs-val': 1 }, compare(rsi('SPY'), 'gte', constant(1))],
    ['lt', { ...flat, comparator: 'lt', 'rhs-val': 1 }, compare(rsi('SPY'), 'lt', constant(1))],
    ['lte', { ...flat, comparator: 'lte', 'rhs-val': 1 }, compare(rsi('SPY'), 'lte', constant(1))],
    ['eq', { ...flat, comparator: 'eq', 'rhs-val': 1 }, compare(rsi('SPY'), 'eq', constant(1))],
  ])('reads %s', (_, fields, condition) => {
    expect(conditionIn(ifText(fields))).toEqual(condition);
  });

  it('notes an older window that the newer one overrides', () => {
    const text = ifText({ ...flat, 'lhs-window-days': '14', 'rhs-val': 1 });
    expect(conditionIn(text)).toEqual(compare(rsi('SPY', 10), 'gt', constant(1)));
    expect(noteCodes(text)).toEqual(['legacy-window-ignored']);
    expect(noteCodes(ifText({ ...flat, 'lhs-window-days': '10', 'rhs-val': 1 }))).toEqual([]);
  });
});

describe('the condition map', () => {
  const binary = (fields: Step = {}) => ({ 'condition-type': 'binary', lhs, comparator: 'gt', rhs: { constant: 80 }, ...fields });
  const each = { fn: 'relative-strength-index', ticker: '%', params: { window: 10 } };
  const overTickers = (fields: Step = {}) => ({
    ...binary({ lhs: each }),
    'condition-type': 'binary-compound',
    operator: 'any',
    tickers: ['QQQ', 'DIA'],
    ...fields,
  });
  const over80 = compare(rsi('SPY'), 'gt', constant(80));

  it.each<[string, Step, Condition]>([
    ['binary', binary(), over80],
    [
      'a function on the right',
      binary({ rhs: { fn: 'relative-strength-index', ticker: 'TLT', params: { window: 5 } } }),
      compare(rsi('SPY'), 'gt', rsi('TLT', 5)),
    ],
    [
      'any of the tickers',
      overTickers(),
      { kind: 'any', conditions: [compare(rsi('QQQ'), 'gt', constant(80)), compare(rsi('DIA'), 'gt', constant(80))] },
    ],
    [
      'all of the tickers',
      overTickers({ operator: 'all' }),
      { kind: 'all', conditions: [compare(rsi('QQQ'), 'gt', constant(80)), compare(rsi('DIA'), 'gt', constant(80))] },
    ],
    [
      'the ticker itself on both sides',
      overTickers({ tickers: ['QQQ'], rhs: { ...each, fn: 'current-price' } }),
      compare(rsi('QQQ'), 'gt', price('QQQ')),
    ],
    ['one ticker alone', overTickers({ tickers: ['EQUITIES::QQQ//USD'] }), compare(rsi('QQQ'), 'gt', constant(80))],
    [
      'compound',
      { 'condition-type': 'compound', operator: 'all', conditions: [binary(), binary({ comparator: 'lt' })] },
      { kind: 'all', conditions: [over80, compare(rsi('SPY'), 'lt', constant(80))] },
    ],
    [
      'compounds inside compounds',
      {
        'condition-type': 'compound',
        operator: 'any',
        conditions: [binary(), { 'condition-type': 'compound', operator: 'all', conditions: [binary(), binary()] }],
      },
      { kind: 'any', conditions: [over80, { kind: 'all', conditions: [over80, over80] }] },
    ],
  ])('reads %s', (_, condition, expected) => {
    expect(conditionIn(ifText({ condition }))).toEqual(expected);
  });

  it('overrides the flat keys, which are its summary', () => {
    const text = ifText({ ...flat, 'rhs-val': '1', condition: overTickers() });
    expect(conditionIn(text)).toMatchObject({ kind: 'any' });
    expect(imported(text).report.tickers).toEqual(['DIA', 'QQQ', 'SPY', 'TLT']);
  });
});

describe('branches', () => {
  const fields = { ...flat, 'rhs-val': 1 };
  const [SPY, TLT] = [
    { kind: 'asset', symbol: 'SPY' },
    { kind: 'asset', symbol: 'TLT' },
  ];

  it('takes the else', () => {
    expect(branchesOf(treeOf(ifText(fields)))).toEqual([SPY, TLT]);
  });

  it('holds cash where there is no else, and says so', () => {
    const text = ifText(fields, []);
    expect(branchesOf(treeOf(text))).toEqual([SPY, { kind: 'cash' }]);
    expect(noteCodes(text)).toEqual(['missing-else']);
  });

  it('asks further conditions in their order', () => {
    const second = aStep('if-child', { ...fields, comparator: 'lt' }, [tlt]);
    const tree = treeOf(ifText(fields, [second, aStep('if-child', { 'is-else-condition?': true }, [spy])]));
    expect(tree).toMatchObject({ condition: { comparator: 'gt' }, otherwise: { condition: { comparator: 'lt' } } });
    expect(branchesOf(branchesOf(tree)[1])).toEqual([TLT, SPY]);
  });

  it('shares a branch of several equally, and holds cash in an empty one', () => {
    const text = stepsText([
      aStep('if', {}, [aStep('if-child', fields, [spy, tlt]), aStep('if-child', { 'is-else-condition?': true }, [])]),
    ]);
    expect(branchesOf(treeOf(text))).toEqual([{ kind: 'equal', children: [SPY, TLT] }, { kind: 'cash' }]);
    expect(noteCodes(text)).toEqual(['empty']);
  });
});

describe('conditions of S-expressions', () => {
  const ifForm = (condition: string) => formText(`(if ${condition} [(asset "SPY")] [(asset "TLT")])`);
  const over = compare(rsi('SPY'), 'gt', constant(70));

  it.each<[string, Condition]>([
    ['(> (rsi "SPY" {:window 10}) 70)', over],
    ['(> (rsi "SPY" 10) 70)', over],
    ['(>= (rsi "SPY" 10) 70.5)', compare(rsi('SPY'), 'gte', constant(70.5))],
    ['(< (rsi "SPY" 10) -1)', compare(rsi('SPY'), 'lt', constant(-1))],
    ['(<= 30 (rsi "SPY" 10))', compare(constant(30), 'lte', rsi('SPY'))],
    ['(= (current-price "BRK/B") (current-price "SPY"))', compare(price('BRK.B'), 'eq', price('SPY'))],
    ['(and (> (rsi "SPY" 10) 70) (> (rsi "SPY" 10) 70))', { kind: 'all', conditions: [over, over] }],
    ['(or (> (rsi "SPY" 10) 70) (not (> (rsi "SPY" 10) 70)))', { kind: 'any', conditions: [over, { kind: 'not', condition: over }] }],
    ['(and (> (rsi "SPY" 10) 70))', over],
    [
      '(> (percentage-price-oscillator "SPY" {:short-window 12, :long-window 26}) (percentage-price-oscillator-signal "SPY" 12 26 9))',
      compare({ kind: 'metric', symbol: 'SPY', metric: { name: 'percentage-price-oscillator', short: 12, long: 26 } }, 'gt', {
        kind: 'metric',
        symbol: 'SPY',
        metric: { name: 'percentage-price-oscillator-signal', short: 12, long: 26, smooth: 9 },
      }),
    ],
  ])('reads %s', (condition, expected) => {
    expect(conditionIn(ifForm(condition))).toEqual(expected);
  });
});
