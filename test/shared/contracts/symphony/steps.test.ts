import { describe, expect, it } from 'vitest';
import type { Metric, RebalanceRule, Tree } from '../../../../shared/core/strategy/tree.ts';
import { aStep, imported, noteCodes, type Step, spy, stepsText, tlt, treeOf } from './sources.ts';

const SPY: Tree = { kind: 'asset', symbol: 'SPY' };
const TLT: Tree = { kind: 'asset', symbol: 'TLT' };
const CASH: Tree = { kind: 'cash' };

function weighted(step: Step, num: unknown, den: unknown = 100): Step {
  return { ...step, weight: { num, den } };
}

function weightsOf(children: readonly Step[]): readonly bigint[] | undefined {
  const tree = treeOf(stepsText([aStep('wt-cash-specified', {}, children)]));
  return tree.kind === 'specified' ? tree.children.map(({ weight }) => weight) : undefined;
}

describe('steps', () => {
  it.each<[string, readonly Step[], Tree]>([
    ['one child of the root stands alone', [spy], SPY],
    ['several children of the root share equally', [spy, tlt], { kind: 'equal', children: [SPY, TLT] }],
    ['wt-cash-equal', [aStep('wt-cash-equal', {}, [spy, tlt])], { kind: 'equal', children: [SPY, TLT] }],
    [
      'a leftover window and weight mean nothing on wt-cash-equal',
      [aStep('wt-cash-equal', { 'window-days': 10, weight: { num: 7, den: 100 } }, [spy])],
      { kind: 'equal', children: [SPY] },
    ],
    [
      'wt-inverse-vol',
      [aStep('wt-inverse-vol', { 'window-days': '20' }, [spy, tlt])],
      { kind: 'inverse-volatility', window: 20, children: [SPY, TLT] },
    ],
    ['group', [aStep('group', { name: 'Core' }, [spy])], { kind: 'group', name: 'Core', child: SPY }],
    [
      'a group of several shares equally',
      [aStep('group', { name: 'Core' }, [spy, tlt])],
      { kind: 'group', name: 'Core', child: { kind: 'equal', children: [SPY, TLT] } },
    ],
    ['empty', [aStep('empty')], CASH],
    ['a step without children', [aStep('wt-cash-equal', {}, [])], CASH],
    ['a group without children', [aStep('group', { name: 'Later' })], CASH],
  ])('reads %s', (_, children, tree) => {
    expect(treeOf(stepsText(children))).toEqual(tree);
  });

  it.each([
    ['SPY', 'SPY'],
    ['BRK/B', 'BRK.B'],
    ['BRK.B', 'BRK.B'],
    ['EQUITIES::SPY//USD', 'SPY'],
    ['EQUITIES::BRK/B//USD', 'BRK.B'],
    ['CRYPTO::BTC//USD', 'BTCUSD'],
    ['CRYPTO::DOGE//USD', 'DOGEUSD'],
  ])('calls the ticker %s by its symbol %s', (ticker, symbol) => {
    const { strategy, report } = imported(stepsText([aStep('asset', { ticker })]));
    expect(strategy.tree).toEqual({ kind: 'asset', symbol });
    expect(report.tickers).toEqual([symbol]);
  });

  it.each<[string, Step, RebalanceRule]>([
    ['daily', { rebalance: 'daily' }, { kind: 'every', every: 'day' }],
    ['weekly', { rebalance: 'weekly' }, { kind: 'every', every: 'week' }],
    ['monthly', { rebalance: 'monthly' }, { kind: 'every', every: 'month' }],
    ['quarterly', { rebalance: 'quarterly' }, { kind: 'every', every: 'quarter' }],
    ['yearly', { rebalance: 'yearly' }, { kind: 'every', every: 'year' }],
    ['none', { rebalance: 'none' }, { kind: 'none' }],
    ['none with a corridor that is null', { rebalance: 'none', 'rebalance-corridor-width': null }, { kind: 'none' }],
    ['a corridor', { rebalance: 'none', 'rebalance-corridor-width': 0.05 }, { kind: 'corridor', width: 50_000n }],
    ['a corridor as text', { rebalance: 'none', rebalance_corridor_width: '0.075' }, { kind: 'corridor', width: 75_000n }],
    [
      'a corridor beside a frequency, which is not in force',
      { rebalance: 'daily', 'rebalance-corridor-width': 0.1 },
      { kind: 'every', every: 'day' },
    ],
  ])('rebalances %s', (_, root, rule) => {
    const { strategy, report } = imported(stepsText([spy], root));
    expect(strategy.rebalance).toEqual(rule);
    expect(report.rebalance).toEqual(rule);
  });

  it('keeps a name and a description, and calls a nameless one by its file', () => {
    expect(imported(stepsText([spy], { name: 'Mine', description: 'Tried in 2022.' })).strategy).toMatchObject({
      name: 'Mine',
      description: 'Tried in 2022.',
    });
    const nameless = imported(stepsText([spy], { name: '', description: '' }));
    expect(nameless.strategy.name).toBe('sample');
    expect(nameless.strategy).not.toHaveProperty('description');
    expect(nameless.report.notes.map(({ code }) => code)).toEqual(['unnamed']);
  });
});

describe('specified weights', () => {
  it('takes numbers and text, and any denominator', () => {
    // 30/100, 45/100, 1/4.
    expect(weightsOf([weighted(spy, '30'), weighted(tlt, 45), weighted(spy, '01', '4')])).toEqual([300_000n, 450_000n, 250_000n]);
  });

  it('gives what rounding leaves to the largest remainder, the earlier first', () => {
    expect(weightsOf([weighted(spy, 1, 3), weighted(tlt, 1, 3), weighted(spy, 1, 3)])).toEqual([333_334n, 333_333n, 333_333n]);
  });

  it('keeps a weight of 0', () => {
    expect(weightsOf([weighted(spy, 100), weighted(tlt, 0)])).toEqual([1_000_000n, 0n]);
  });

  it('scales weights that do not add up, and says so', () => {
    const text = stepsText([aStep('wt-cash-specified', {}, [weighted(spy, 30), weighted(tlt, 10)])]);
    expect(weightsOf([weighted(spy, 30), weighted(tlt, 10)])).toEqual([750_000n, 250_000n]);
    expect(imported(text).report.notes).toMatchObject([
      { code: 'weights-normalised', path: 'children[0]', text: expect.stringContaining('sum to 0.4 ') },
    ]);
  });

  it('does not call thirds written with many digits a wrong sum', () => {
    const third = '33.333333333333336';
    expect(
      noteCodes(stepsText([aStep('wt-cash-specified', {}, [weighted(spy, third), weighted(tlt, third), weighted(spy, third)])])),
    ).toEqual([]);
  });
});

describe('filters', () => {
  const filter = (fields: Step, children: readonly Step[] = [spy, tlt]) =>
    aStep(
      'filter',
      { 'select?': true, 'sort-by?': true, 'sort-by-fn': 'relative-strength-index', 'select-fn': 'top', 'select-n': '1', ...fields },
      children,
    );
  const by: Metric = { name: 'rsi', window: 10 };

  it.each<[string, Step, object]>([
    ['parameters in a map', { 'sort-by-fn-params': { window: 10 } }, { select: 'top', count: 1, by }],
    ['a window as text', { 'sort-by-fn-params': { window: '10' } }, { by }],
    ['the window of older exports', { 'sort-by-window-days': '10' }, { by }],
    ['bottom and a number', { 'sort-by-window-days': 10, 'select-fn': 'bottom', 'select-n': 2 }, { select: 'bottom', count: 2, by }],
    [
      'a metric without a window, beside a leftover one',
      { 'sort-by-fn': 'current-price', 'sort-by-window-days': 21 },
      { by: { name: 'current-price' } },
    ],
  ])('reads %s', (_, fields, expected) => {
    expect(treeOf(stepsText([filter(fields)]))).toMatchObject({ kind: 'filter', children: [SPY, TLT], ...expected });
  });

  it('notes a selection of more than there are, and takes it', () => {
    const text = stepsText([filter({ 'sort-by-window-days': 5, 'select-n': '3' })]);
    expect(treeOf(text)).toMatchObject({ count: 3 });
    expect(noteCodes(text)).toEqual(['selects-all']);
  });

  it('notes a price level asked of a subtree, and not of assets', () => {
    const group = aStep('group', { name: 'G' }, [spy]);
    const fields = { 'sort-by-fn': 'moving-average-price', 'sort-by-fn-params': { window: 3 } };
    expect(noteCodes(stepsText([filter(fields, [group, tlt])]))).toEqual(['price-level-of-subtree']);
    expect(noteCodes(stepsText([filter(fields)]))).toEqual([]);
    expect(noteCodes(stepsText([filter({ 'sort-by-window-days': 3 }, [group, tlt])]))).toEqual([]);
  });

  it.each<[string, Step, Metric]>([
    ['cumulative-return', { window: 3 }, { name: 'cumulative-return', window: 3 }],
    ['max-drawdown', { window: 3 }, { name: 'max-drawdown', window: 3 }],
    ['moving-average-price', { window: 3 }, { name: 'moving-average-price', window: 3 }],
    ['moving-average-return', { window: 3 }, { name: 'moving-average-return', window: 3 }],
    ['exponential-moving-average-price', { window: 3 }, { name: 'exponential-moving-average-price', window: 3 }],
    ['standard-deviation-price', { window: 3 }, { name: 'stdev-price', window: 3 }],
    ['standard-deviation-return', { window: 3 }, { name: 'stdev-return', window: 3 }],
    [
      'percentage-price-oscillator',
      { 'short-window': 12, 'long-window': 26 },
      { name: 'percentage-price-oscillator', short: 12, long: 26 },
    ],
    [
      'percentage-price-oscillator-signal',
      { 'short-window': 12, 'long-window': 26, 'smooth-window': 9 },
      { name: 'percentage-price-oscillator-signal', short: 12, long: 26, smooth: 9 },
    ],
    ['upper-bollinger', { window: 20, 'standard-deviations': 2 }, { name: 'bollinger-upper', window: 20, deviations: 2 }],
    ['lower-bollinger', { window: 20, 'std-dev': '2.5' }, { name: 'bollinger-lower', window: 20, deviations: 2.5 }],
  ])('ranks by %s', (fn, params, metric) => {
    const text = stepsText([filter({ 'sort-by-fn': fn, 'sort-by-fn-params': params })]);
    expect(treeOf(text)).toMatchObject({ by: metric });
    expect(imported(text).report.metrics).toEqual([metric.name]);
  });

  it('notes a deviation that no data can define', () => {
    expect(noteCodes(stepsText([filter({ 'sort-by-fn': 'standard-deviation-return', 'sort-by-window-days': 1 })]))).toEqual([
      'never-defined',
    ]);
    expect(noteCodes(stepsText([aStep('wt-inverse-vol', { 'window-days': 1 }, [spy])]))).toEqual(['never-defined']);
  });
});
