import { describe, expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../../shared/core/strategy/options.ts';
import type { Tree } from '../../../../shared/core/strategy/tree.ts';
import { branchesOf, formText, imported, noteCodes, problemsOf, spy, stepsText, treeOf } from './sources.ts';

const SPY: Tree = { kind: 'asset', symbol: 'SPY' };
const TLT: Tree = { kind: 'asset', symbol: 'TLT' };

describe('S-expressions', () => {
  it.each<[string, Tree]>([
    ['(asset "SPY" "SPDR S&P 500")', SPY],
    ['[(asset "SPY") (asset "TLT")]', { kind: 'equal', children: [SPY, TLT] }],
    ['(asset "SPY") (asset "TLT")', { kind: 'equal', children: [SPY, TLT] }],
    ['(weight-equal [(asset "SPY") (asset "TLT")])', { kind: 'equal', children: [SPY, TLT] }],
    ['(weight-equal (asset "SPY") (asset "TLT"))', { kind: 'equal', children: [SPY, TLT] }],
    ['(group "Core" [(asset "SPY")])', { kind: 'group', name: 'Core', child: SPY }],
    ['(group "Core" [(asset "SPY") (asset "TLT")])', { kind: 'group', name: 'Core', child: { kind: 'equal', children: [SPY, TLT] } }],
    ['(weight-inverse-volatility 20 [(asset "SPY") (asset "TLT")])', { kind: 'inverse-volatility', window: 20, children: [SPY, TLT] }],
    [
      '(weight-specified 0.6 (asset "SPY") 0.4 (asset "TLT"))',
      {
        kind: 'specified',
        children: [
          { weight: 600_000n, child: SPY },
          { weight: 400_000n, child: TLT },
        ],
      },
    ],
    [
      '(weight-specified 62.5 (asset "SPY") 37.5 [(asset "TLT")])',
      {
        kind: 'specified',
        children: [
          { weight: 625_000n, child: SPY },
          { weight: 375_000n, child: TLT },
        ],
      },
    ],
    [
      '(filter (rsi {:window 10}) (select-top 1) [(asset "SPY") (asset "TLT")])',
      { kind: 'filter', select: 'top', count: 1, by: { name: 'rsi', window: 10 }, children: [SPY, TLT] },
    ],
    [
      '(filter (stdev-return 21) (select-bottom 2) [(asset "SPY") (asset "TLT")])',
      { kind: 'filter', select: 'bottom', count: 2, by: { name: 'stdev-return', window: 21 }, children: [SPY, TLT] },
    ],
  ])('reads %s', (body, tree) => {
    expect(treeOf(formText(body))).toEqual(tree);
  });

  it.each([
    ['{:rebalance-frequency :weekly}', { kind: 'every', every: 'week' }],
    ['{:rebalance-frequency "monthly"}', { kind: 'every', every: 'month' }],
    ['{:rebalance-threshold 0.05}', { kind: 'corridor', width: 50_000n }],
    ['{:rebalance-frequency :none, :rebalance-threshold 0.1}', { kind: 'corridor', width: 100_000n }],
    ['{:rebalance-frequency :none}', { kind: 'none' }],
  ])('rebalances by %s', (options, rule) => {
    expect(imported(formText('(asset "SPY")', options)).strategy.rebalance).toEqual(rule);
  });

  it('holds cash for a missing else and an empty body, and says so', () => {
    const text = formText('(if (> (rsi "SPY" 10) 70) [(group "Later" [])])');
    expect(branchesOf(treeOf(text))).toEqual([{ kind: 'cash' }, { kind: 'cash' }]);
    expect(noteCodes(text)).toEqual(['missing-else', 'empty']);
  });

  it('notes weights that do not add up, a selection of all and a price level of a group', () => {
    const body =
      '(weight-specified 0.5 (asset "SPY") 0.3 (filter (current-price) (select-top 5) [(group "G" [(asset "SPY")]) (asset "TLT")]))';
    expect(noteCodes(formText(body))).toEqual(['weights-normalised', 'selects-all', 'price-level-of-subtree']);
  });

  it('skips comments, commas and discarded forms', () => {
    const text = `; a comment\n(defsymphony "A", #_"was B" {:rebalance-frequency :daily #_#_:x 1} ; here\n (asset "SPY" #_(asset "TLT")))`;
    expect(treeOf(text)).toEqual(SPY);
  });

  it('counts its nodes from the defsymphony on', () => {
    expect(imported(formText('(weight-equal [(group "G" [(asset "SPY")]) (asset "TLT")])')).report).toMatchObject({
      nodes: 5,
      depth: 4,
      tickers: ['SPY', 'TLT'],
    });
  });
});

describe('the forms of a file', () => {
  const edn =
    '{:step :root, :name "A symphony", :rebalance :daily, :children [{:step :asset, :ticker "SPY", :has_marketcap false, :price 1.5M}]}';
  const json = stepsText([spy]);

  it.each([
    ['JSON', json],
    ['JSON after a byte order mark', `\uFEFF${json}`],
    ['an EDN map', edn],
    ['an S-expression', formText('(asset "SPY")')],
    ['a JSON string that holds EDN', JSON.stringify(edn)],
    ['a JSON string that holds JSON', JSON.stringify(json)],
    ['a JSON string that holds an S-expression', JSON.stringify(formText('(asset "SPY")'))],
    ['a request that wraps EDN', `{:capital 10000, :symphony ${edn}}`],
    ['a request that wraps EDN in a string', JSON.stringify({ capital: 10_000, symphony: edn })],
    ['a request that wraps JSON', `{"symphony": ${json}}`],
    ['a request with keyword keys as text', `{":symphony": ${json}}`],
    ['a request with a raw value', `{"symphony": {"raw_value": ${json}}}`],
  ])('tells %s by its content', (_, text) => {
    expect(imported(text).strategy).toEqual({
      name: 'A symphony',
      rebalance: { kind: 'every', every: 'day' },
      options: DEFAULT_OPTIONS,
      tree: SPY,
    });
  });

  it('says which keys of a request it left aside', () => {
    const { report } = imported(`{"capital": 10000, "apply_reg_fee": true, "symphony": ${json}}`);
    expect(report.notes).toMatchObject([{ code: 'request-keys-ignored', text: 'beside the symphony: capital, apply-reg-fee' }]);
  });

  it('says so of a symphony that is text inside the request too', () => {
    const { report } = imported(JSON.stringify({ capital: 1, symphony: { raw_value: edn, id: 'x' } }));
    expect(report.notes).toMatchObject([
      { code: 'request-keys-ignored', path: 'symphony.raw_value', text: 'beside the symphony: capital, id' },
    ]);
  });

  it('names the place inside a wrapping', () => {
    const text = JSON.stringify({ symphony: edn.replace('"SPY"', '"?"') });
    expect(problemsOf(text)[0]).toMatch(/^symphony\.children\[0\]\.ticker: "\?" → a ticker/);
  });
});
