import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDecimal } from '../../../../shared/contracts/strategy-file/decimal-number.ts';
import { NAMED_INDICATORS } from '../../../../shared/contracts/strategy-file/indicator-schema.ts';
import { parseStrategyYaml } from '../../../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { strategyYaml } from '../../../../shared/contracts/strategy-file/strategy-yaml.ts';
import { TIMEFRAMES } from '../../../../shared/core/market/period-end.ts';
import { INDICATORS } from '../../../../shared/core/strategy/indicators/indicators.ts';
import { DEFAULT_OPTIONS } from '../../../../shared/core/strategy/options.ts';
import {
  type Condition,
  type DailyMetric,
  type Metric,
  type RebalanceRule,
  type StrategyFile,
  type Tree,
  WINDOWED_METRICS,
} from '../../../../shared/core/strategy/tree.ts';
import { anyStrategyFile } from '../../../arbitraries/strategy-file.ts';

const SPY: Tree = { kind: 'asset', symbol: 'SPY' };
const TLT: Tree = { kind: 'asset', symbol: 'TLT' };

function strategyIn(text: string): StrategyFile {
  const reading = parseStrategyYaml(text, 'mine.yaml');
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.problems));
  return reading.strategy;
}

function treeIn(tree: string): Tree {
  return strategyIn(`strategy: A\nrebalance: none\ntree: ${tree}\n`).tree;
}

function problemsIn(text: string): readonly string[] {
  const reading = parseStrategyYaml(text, 'mine.yaml');
  return reading.kind === 'strategy' ? [] : reading.problems.map(({ path, value, expected }) => `${path}: ${value} → ${expected}`);
}

describe('the YAML of a strategy', () => {
  it.each<[string, Tree]>([
    ['SPY', SPY],
    ['BRK.B', { kind: 'asset', symbol: 'BRK.B' }],
    ['BTCUSD', { kind: 'asset', symbol: 'BTCUSD' }],
    ['cash', { kind: 'cash' }],
    ['{ equal: [SPY, TLT] }', { kind: 'equal', children: [SPY, TLT] }],
    [
      '{ specified: { SPY: 60%, cash: 40% } }',
      {
        kind: 'specified',
        children: [
          { weight: 600_000n, child: SPY },
          { weight: 400_000n, child: { kind: 'cash' } },
        ],
      },
    ],
    [
      '{ specified: [{ weight: 100%, of: { equal: [SPY] } }] }',
      { kind: 'specified', children: [{ weight: 1_000_000n, child: { kind: 'equal', children: [SPY] } }] },
    ],
    ['{ inverse-volatility: { window: 60, of: [SPY, TLT] } }', { kind: 'inverse-volatility', window: 60, children: [SPY, TLT] }],
    [
      '{ filter: { top: 2, by: { rsi: 10 }, of: [SPY, TLT] } }',
      { kind: 'filter', select: 'top', count: 2, by: { name: 'rsi', window: 10 }, children: [SPY, TLT] },
    ],
    [
      '{ filter: { bottom: 1, by: current-price, of: [SPY] } }',
      { kind: 'filter', select: 'bottom', count: 1, by: { name: 'current-price' }, children: [SPY] },
    ],
    ['{ group: { name: Growth, of: SPY } }', { kind: 'group', name: 'Growth', child: SPY }],
  ])('reads %s', (text, tree) => {
    expect(treeIn(text)).toEqual(tree);
  });

  const rsi: Condition = {
    kind: 'compare',
    left: { kind: 'metric', metric: { name: 'rsi', window: 10 }, symbol: 'SPY' },
    comparator: 'gt',
    right: { kind: 'constant', value: 70 },
  };

  it.each<[string, Condition]>([
    ['{ gt: [{ rsi: [SPY, 10] }, 70] }', rsi],
    [
      '{ lte: [-5.25, { current-price: TLT }] }',
      {
        kind: 'compare',
        left: { kind: 'constant', value: -5.25 },
        comparator: 'lte',
        right: { kind: 'metric', metric: { name: 'current-price' }, symbol: 'TLT' },
      },
    ],
    ['{ all: [{ gt: [{ rsi: [SPY, 10] }, 70] }] }', { kind: 'all', conditions: [rsi] }],
    [
      '{ any: [{ not: { gt: [{ rsi: [SPY, 10] }, 70] } }, { gt: [{ rsi: [SPY, 10] }, 70] }] }',
      { kind: 'any', conditions: [{ kind: 'not', condition: rsi }, rsi] },
    ],
  ])('reads the condition %s', (text, condition) => {
    const tree = treeIn(`{ if: { when: ${text}, then: SPY, else: TLT } }`);
    expect(tree.kind === 'if' ? [tree.condition, tree.then, tree.otherwise] : tree).toEqual([condition, SPY, TLT]);
  });

  it.each<[string, Metric]>([
    ['{ exponential-moving-average-price: 5 }', { name: 'exponential-moving-average-price', window: 5 }],
    ['{ percentage-price-oscillator: [12, 26] }', { name: 'percentage-price-oscillator', short: 12, long: 26 }],
    ['{ percentage-price-oscillator-signal: [12, 26, 9] }', { name: 'percentage-price-oscillator-signal', short: 12, long: 26, smooth: 9 }],
    ['{ bollinger-upper: [20, 2] }', { name: 'bollinger-upper', window: 20, deviations: 2 }],
    ['{ bollinger-lower: [20, 2.5] }', { name: 'bollinger-lower', window: 20, deviations: 2.5 }],
  ])('ranks by %s', (text, by) => {
    expect(treeIn(`{ filter: { top: 1, by: ${text}, of: [SPY] } }`)).toMatchObject({ by });
  });

  const range: DailyMetric = { name: 'indicator', indicator: 'average-true-range', output: 'range', given: { window: 14 } };
  const macd = { short: 12, long: 26, smooth: 9, seed: 'first' };
  const signal: DailyMetric = { name: 'indicator', indicator: 'macd', output: 'signal', given: { ...macd, short: 5 } };

  it.each<[string, Metric]>([
    ['{ atr: { window: 14 } }', range],
    ['{ average-true-range: {} }', range],
    ['{ macd: { output: signal, short: 5 } }', signal],
    ['{ macd: {} }', { ...signal, output: 'line', given: macd }],
    ['{ drawdown: {} }', { name: 'indicator', indicator: 'drawdown', output: 'drawdown', given: {} }],
    [
      '{ bollinger: { output: lower, deviations: 2.5, divisor: sample } }',
      { name: 'indicator', indicator: 'bollinger', output: 'lower', given: { window: 20, deviations: 2.5, divisor: 'sample' } },
    ],
    ['{ beta: { to: QQQ } }', { name: 'indicator', indicator: 'beta', output: 'beta', given: { window: 60 }, benchmark: 'QQQ' }],
    ['{ monthly: { cumulative-return: 6 } }', { name: 'monthly', of: { name: 'cumulative-return', window: 6 } }],
    ['{ weekly: current-price }', { name: 'weekly', of: { name: 'current-price' } }],
    ['{ weekly: { atr: {} } }', { name: 'weekly', of: range }],
  ])('ranks by %s, and completes what is not given by what is usual', (text, by) => {
    expect(treeIn(`{ filter: { top: 1, by: ${text}, of: [SPY] } }`)).toMatchObject({ by });
  });

  it.each<[string, Metric]>([
    ['{ atr: { of: SPY } }', range],
    ['{ macd: { of: SPY, output: signal, short: 5 } }', signal],
    ['{ weekly: { rsi: [SPY, 14] } }', { name: 'weekly', of: { name: 'rsi', window: 14 } }],
    ['{ weekly: { current-price: SPY } }', { name: 'weekly', of: { name: 'current-price' } }],
    ['{ monthly: { atr: { of: SPY, window: 14 } } }', { name: 'monthly', of: range }],
  ])('compares %s', (text, metric) => {
    const tree = treeIn(`{ if: { when: { gt: [${text}, 1] }, then: SPY, else: cash } }`);
    expect(tree).toMatchObject({ condition: { left: { kind: 'metric', metric, symbol: 'SPY' } } });
  });

  it.each([
    ['{ atr: { window: 0 } }', 'tree.filter.by.atr.window: 0 → a whole number from 1 to 10000'],
    ['{ atr: { windw: 3 } }', 'tree.filter.by.atr.windw: unknown key → window, the nearest known key'],
    ['{ atr: { of: SPY } }', 'tree.filter.by.atr.of: unknown key → no other key beside window'],
    ['{ atr: 14 }', 'tree.filter.by.atr: 14 → a mapping with the keys window'],
    ['{ keltner: { multiple: 0 } }', 'tree.filter.by.keltner.multiple: 0 → a number above 0 and at most 100'],
    ['{ keltner: { multiple: 101 } }', 'tree.filter.by.keltner.multiple: 101 → a number above 0 and at most 100'],
    ['{ keltner: { seed: other } }', 'tree.filter.by.keltner.seed: "other" → first or mean'],
    ['{ macd: { output: lines } }', 'tree.filter.by.macd.output: "lines" → line or signal or histogram'],
    ['{ beta: { window: 60 } }', 'tree.filter.by.beta.to: missing → a symbol such as SPY'],
    ['{ rsi: { window: 10 } }', 'tree.filter.by.rsi: a mapping → a whole number from 1 to 10000'],
    ['{ arronn: {} }', 'tree.filter.by.arronn: unknown key → aroon, the nearest known key'],
    ['{ sma: 20 }', 'tree.filter.by.sma: unknown key → moving-average-price, as it is called here'],
    ['{ weekly: { roc: 3 } }', 'tree.filter.by.weekly.roc: unknown key → cumulative-return, as it is called here'],
    ['{ weekly: { monthly: { rsi: 2 } } }', 'tree.filter.by.weekly.monthly: unknown key → one of '],
    ['{ weekly: { atr: { window: 0 } } }', 'tree.filter.by.weekly.atr.window: 0 → a whole number from 1 to 10000'],
  ])('refuses to rank by %s', (text, problem) => {
    const [only, second] = problemsIn(`strategy: A\nrebalance: none\ntree: { filter: { top: 1, by: ${text}, of: [SPY] } }\n`);
    expect(only).toContain(problem);
    expect(second).toBeUndefined();
  });

  it('names the parameter of a metric that is compared', () => {
    const of = (metric: string) =>
      problemsIn(`strategy: A\nrebalance: none\ntree: { if: { when: { gt: [${metric}, 1] }, then: SPY, else: cash } }\n`);
    expect(of('{ atr: { of: SPY, window: 1.5 } }')).toEqual(['tree.if.when.gt[0].atr.window: "1.5" → a whole number from 1 to 10000']);
    expect(of('{ atr: { window: 3 } }')).toEqual(['tree.if.when.gt[0].atr.of: missing → a symbol such as SPY']);
    expect(of('{ weekly: { rsi: [SPY, 0] } }')).toEqual(['tree.if.when.gt[0].weekly.rsi[1]: 0 → a whole number from 1 to 10000']);
    expect(of('{ rsi: { of: SPY, window: 14 } }')).toEqual([
      'tree.if.when.gt[0].rsi: a mapping → a list of a symbol and a window, such as [SPY, 10]',
    ]);
  });

  it('has a name for every indicator of the registry, and for no parameter that of a key of its own', () => {
    const positional = ['current-price', ...WINDOWED_METRICS, 'percentage-price-oscillator', 'percentage-price-oscillator-signal'];
    const keys = NAMED_INDICATORS.map(({ key }) => key);
    expect([...new Set([...positional, ...NAMED_INDICATORS.map(({ indicator }) => indicator.name)])].sort()).toEqual(
      INDICATORS.map(({ name }) => name).sort(),
    );
    expect(new Set([...keys, ...positional, 'bollinger-upper', 'bollinger-lower', ...TIMEFRAMES]).size).toBe(
      keys.length + positional.length + 2 + TIMEFRAMES.length,
    );
    for (const { parameters } of INDICATORS) for (const word of ['of', 'to', 'output']) expect(Object.keys(parameters)).not.toContain(word);
  });

  it.each<[string, RebalanceRule]>([
    ['none', { kind: 'none' }],
    ['{ every: quarter }', { kind: 'every', every: 'quarter' }],
    ['{ corridor: 7.5% }', { kind: 'corridor', width: 75_000n }],
  ])('rebalances %s', (text, rule) => {
    expect(strategyIn(`strategy: A\nrebalance: ${text}\ntree: SPY`).rebalance).toEqual(rule);
  });

  it('ends positions as it says, by at least one exit, and is written with them', () => {
    const text = 'strategy: "A"\nrebalance: none\nexits: { stop-loss: 8%, trailing: 10%, take-profit: 25%, sessions: 60 }\ntree: SPY\n';
    const strategy = strategyIn(text);
    expect(strategy.exits).toEqual({
      stopLoss: 80_000n,
      trailing: 100_000n,
      takeProfit: 250_000n,
      sessions: 60,
      reEnter: 'when-target-returns',
    });
    expect(strategyYaml(strategy)).toBe(text);
    expect(problemsIn('strategy: A\nrebalance: none\nexits: { re-enter: next-period }\ntree: SPY\n')).toEqual([
      expect.stringMatching(/^exits: .* → a mapping with at least one of stop-loss/),
    ]);
  });

  it('decides on what it says, and says nothing where its file does not', () => {
    expect(strategyIn('strategy: A\nrebalance: none\ndecide-on: live-quote\ntree: SPY').decideOn).toBe('live-quote');
    expect(strategyIn('strategy: A\nrebalance: none\ntree: SPY')).not.toHaveProperty('decideOn');
  });

  it('reads options, and writes those that are not the usual ones', () => {
    const text = 'strategy: "A"\nrebalance: none\noptions: { max-drawdown: negative, rank-digits: all }\ntree: SPY\n';
    const strategy = strategyIn(text);
    expect(strategy.options).toEqual({ ...DEFAULT_OPTIONS, maxDrawdown: 'negative', rankDigits: 'all' });
    expect(strategyYaml(strategy)).toBe(text);
    const spelled = strategyIn('strategy: A\nrebalance: none\noptions: { rank-digits: 10, filter: one-child }\ntree: SPY\n');
    expect(strategyYaml(spelled)).toBe('strategy: "A"\nrebalance: none\ntree: SPY\n');
  });

  it('reads what it writes, for any strategy', () => {
    fc.assert(
      fc.property(anyStrategyFile, (strategy) => {
        expect(parseStrategyYaml(strategyYaml(strategy), 'any.yaml')).toEqual({ kind: 'strategy', strategy });
      }),
      { numRuns: 150 },
    );
  });

  it('writes any number so that it reads as the same one', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(plainDecimal(value)).toMatch(/^-?\d+(?:\.\d+)?$/);
        expect(Number(plainDecimal(value))).toBe(value + 0);
      }),
    );
  });
});

describe('parts', () => {
  const momentum: Tree = {
    kind: 'group',
    name: 'Momentum, fast',
    child: {
      kind: 'filter',
      select: 'top',
      count: 1,
      by: { name: 'rsi', window: 10 },
      children: [SPY, TLT, { kind: 'asset', symbol: 'GLD' }],
    },
  };

  it('are subtrees that occur twice, written once and called by their group', () => {
    const strategy: StrategyFile = {
      name: 'Two of a kind',
      rebalance: { kind: 'every', every: 'day' },
      options: DEFAULT_OPTIONS,
      tree: { kind: 'equal', children: [momentum, structuredClone(momentum)] },
    };
    expect(strategyYaml(strategy)).toBe(
      [
        'strategy: "Two of a kind"',
        'rebalance: { every: day }',
        'tree: { equal: [{ part: momentum-fast }, { part: momentum-fast }] }',
        'parts:',
        '  momentum-fast:',
        '    group: { name: "Momentum, fast", of: { filter: { top: 1, by: { rsi: 10 }, of: [SPY, TLT, GLD] } } }',
        '',
      ].join('\n'),
    );
  });

  it('cut a strategy of two thousand levels into pieces that can be read', () => {
    let tree: Tree = SPY;
    for (let level = 1; level < 2_000; level += 1) tree = { kind: 'equal', children: [tree, TLT] };
    const text = strategyYaml({ name: 'Deep', rebalance: { kind: 'none' }, options: DEFAULT_OPTIONS, tree });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(140);
    const again = strategyIn(text).tree;
    let [left, right, levels]: [Tree, Tree, number] = [tree, again, 0];
    while (left.kind === 'equal' && right.kind === 'equal') {
      expect(right.children[1]).toEqual(left.children[1]);
      [left, right, levels] = [left.children[0] ?? SPY, right.children[0] ?? SPY, levels + 1];
    }
    expect([left, right, levels]).toEqual([SPY, SPY, 1_999]);
  });

  it('are never called what YAML reads as something else, nor twice the same', () => {
    const named = (name: string, last: string): Tree => ({
      kind: 'group',
      name,
      child: { kind: 'equal', children: [SPY, TLT, { kind: 'asset', symbol: last }] },
    });
    const groups = [named('Null', 'A'), named('True!', 'B'), named('Core', 'C'), named('core', 'D'), named('第一', 'E')];
    const strategy: StrategyFile = {
      name: 'A',
      rebalance: { kind: 'none' },
      options: DEFAULT_OPTIONS,
      tree: { kind: 'equal', children: [...groups, ...groups] },
    };
    expect(strategyIn(strategyYaml(strategy))).toEqual(strategy);
  });

  it('are never called what is no name of ours, though it looks like one', () => {
    const again: Tree = { ...momentum, name: 'Constructor' };
    const strategy: StrategyFile = {
      name: 'A',
      rebalance: { kind: 'none' },
      options: DEFAULT_OPTIONS,
      tree: { kind: 'equal', children: [again, structuredClone(again)] },
    };
    const text = strategyYaml(strategy);
    expect(text).toContain('{ equal: [{ part: part-1 }, { part: part-1 }] }');
    expect(strategyIn(text)).toEqual(strategy);
  });

  it('are the same object wherever they are used', () => {
    const tree = treeIn('{ equal: [{ part: core }, { part: core }] }\nparts: { core: { equal: [SPY, TLT] } }');
    expect(tree.kind === 'equal' && tree.children[0] === tree.children[1]).toBe(true);
  });

  it.each<[string, string, RegExp]>([
    ['a part that is not there', 'tree: { part: core }', /^tree: part: core → one of the parts: there are none/],
    ['a part that nothing uses', 'tree: SPY\nparts: { core: SPY }', /^parts\.core: a part that nothing uses/],
    [
      'a part inside itself',
      'tree: { part: a }\nparts: { a: { equal: [{ part: b }] }, b: { equal: [{ part: a }] } }',
      /^parts\.a: the part a inside itself/,
    ],
    ['a name that is none', 'tree: { part: A b }\nparts: {}', /^tree\.part: "A b" → a name/],
  ])('refuse %s', (_, text, problem) => {
    expect(problemsIn(`strategy: A\nrebalance: none\n${text}\n`)).toEqual([expect.stringMatching(problem)]);
  });

  it('refuse to double without end, at once', () => {
    const parts = Array.from({ length: 60 }, (_, index) => `  p${index}: { equal: [{ part: p${index + 1} }, { part: p${index + 1} }] }`);
    const text = `strategy: A\nrebalance: none\ntree: { part: p0 }\nparts:\n${parts.join('\n')}\n  p60: SPY\n`;
    expect(problemsIn(text)).toEqual([expect.stringMatching(/more than 1000000 nodes, written out/)]);
  });

  it('refuse to nest deeper than a strategy may', () => {
    const chain = (depth: number) => `${'{ equal: ['.repeat(depth)}{ part: NEXT }${'] }'.repeat(depth)}`;
    const parts = Array.from({ length: 40 }, (_, index) => `  p${index}: ${chain(60).replace('NEXT', `p${index + 1}`)}`);
    const text = `strategy: A\nrebalance: none\ntree: { part: p0 }\nparts:\n${parts.join('\n')}\n  p40: SPY\n`;
    expect(problemsIn(text)).toEqual([expect.stringMatching(/nodes deep → at most 2000/)]);
  });
});

describe('a file that is no strategy', () => {
  it.each<[string, RegExp]>([
    ['tree: { equal: [] }', /^tree\.equal: an empty list → a list of at least one/],
    ['tree: { equl: [SPY] }', /^tree\.equl: unknown key → equal, the nearest known key/],
    ['tree: spy', /^tree: "spy" → /],
    ['tree: { if: { when: { gt: [1, 2] }, then: SPY } }', /^tree\.if\.else: missing → /],
    [
      `tree: { if: { when: ${'{ not: '.repeat(40)}{ gt: [1, 2] }${' }'.repeat(40)}, then: SPY, else: cash } }`,
      /^tree\.if\.when: a mapping → conditions nested at most 40 deep/,
    ],
    ['tree: { if: { when: { over: [1, 2] }, then: SPY, else: cash } }', /^tree\.if\.when\.over: unknown key/],
    ['tree: { if: { when: { gt: [1] }, then: SPY, else: cash } }', /^tree\.if\.when\.gt/],
    [
      'tree: { if: { when: { gt: [{ rsi: [SPY, 0] }, 2] }, then: SPY, else: cash } }',
      /^tree\.if\.when\.gt\[0\]\.rsi\[1\]: 0 → a whole number from 1/,
    ],
    ['tree: { if: { when: { gt: [1e3, 2] }, then: SPY, else: cash } }', /^tree\.if\.when\.gt\[0\]: "1e3" → /],
    ['tree: { filter: { top: 0, by: { rsi: 10 }, of: [SPY] } }', /^tree\.filter\.top: 0 → a whole number from 1/],
    ['tree: { filter: { by: { rsi: 10 }, of: [SPY] } }', /^tree\.filter: a mapping → either top or bottom/],
    ['tree: { filter: { top: 1, bottom: 1, by: { rsi: 10 }, of: [SPY] } }', /^tree\.filter: a mapping → either top or bottom/],
    ['tree: { filter: { top: 1, by: { rsj: 10 }, of: [SPY] } }', /^tree\.filter\.by\.rsj: unknown key → rsi/],
    ['tree: { specified: { SPY: 60% } }', /^tree\.specified: weights that sum to 60% → /],
    ['tree: { inverse-volatility: { window: 2.5, of: [SPY] } }', /window: "2\.5" → a whole number/],
    ['tree: SPY\nleverage: 3', /^leverage: unknown key/],
    ['', /^tree: missing/],
    ['tree: &a SPY', /no anchors/],
  ])('refuses %s', (text, problem) => {
    expect(problemsIn(`strategy: A\nrebalance: none\n${text}\n`)[0]).toMatch(problem);
  });

  it.each([
    ['strategy: ""\nrebalance: none\ntree: SPY', /^strategy: "" → the name/],
    ['strategy: A\nrebalance: daily\ntree: SPY', /^rebalance: "daily" → none, \{ every: day \}/],
    ['strategy: A\nrebalance: { corridor: 0% }\ntree: SPY', /^rebalance\.corridor: "0%" → /],
  ])('refuses %s', (text, problem) => {
    expect(problemsIn(text)[0]).toMatch(problem);
  });

  it('reads each child once, however deep, right or wrong', () => {
    const nested = (kind: string, innermost: string) =>
      `${`{ filter: { ${kind}, by: { rsi: 10 }, of: [`.repeat(60)}${innermost}${'] } }'.repeat(60)}`;
    for (const kind of ['top: 1', 'bottom: 1']) {
      expect(treeIn(nested(kind, 'SPY'))).toMatchObject({ kind: 'filter' });
      expect(problemsIn(`strategy: A\nrebalance: none\ntree: ${nested(kind, 'spy')}`)).toHaveLength(1);
    }
  });

  it('refuses what is longer than any strategy, and says where a problem stands', () => {
    expect(problemsIn(' '.repeat(3_000_000))).toEqual([': 3000000 characters → at most 2097152']);
    expect(parseStrategyYaml('strategy: A\nrebalance: none\ntree:\n  equal: [SPY, spy]\n', 'mine.yaml')).toMatchObject({
      problems: [{ file: 'mine.yaml', path: 'tree.equal[1]', line: 4, column: 16 }],
    });
  });

  it('answers any text with a strategy or a problem', () => {
    const words = fc.constantFrom(
      'tree:',
      'strategy: A',
      'rebalance: none',
      'equal',
      '[',
      ']',
      '{',
      '}',
      ':',
      '\n',
      '  ',
      '- ',
      'SPY',
      ', ',
      'part: a',
      'parts:',
      'a:',
      '1',
      '"',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), (parts) => {
        const reading = parseStrategyYaml(parts.join(''), 'fuzzed.yaml');
        if (reading.kind === 'refused') expect(reading.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});
