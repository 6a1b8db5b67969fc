import { describe, expect, it } from 'vitest';
import { parseStrategyYaml } from '../../../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { strategyYaml } from '../../../../shared/contracts/strategy-file/strategy-yaml.ts';
import { DEFAULT_OPTIONS } from '../../../../shared/core/strategy/options.ts';
import { pairs } from '../../../../shared/core/strategy/ready-made/pairs.ts';
import type { ReadyMade } from '../../../../shared/core/strategy/ready-made/ready-made.ts';
import { READY_MADES } from '../../../../shared/core/strategy/ready-made/ready-mades.ts';
import { givenOf, readyMadeTree } from '../../../builders/ready-made.ts';

const read = (tree: string) => parseStrategyYaml(`strategy: A\nrebalance: none\ntree: ${tree}\n`, 'mine.yaml');
const problems = (tree: string) => {
  const reading = read(tree);
  return reading.kind === 'strategy' ? [] : reading.problems.map(({ path, expected }) => `${path}: ${expected}`);
};

describe.each(READY_MADES)('a file with $name', (kind: ReadyMade) => {
  it('is read back as it was written', () => {
    const strategy = {
      name: 'A',
      rebalance: { kind: 'none' },
      options: DEFAULT_OPTIONS,
      tree: readyMadeTree(kind.name, givenOf(kind)),
    } as const;
    expect(parseStrategyYaml(strategyYaml(strategy), 'mine.yaml')).toMatchObject({ kind: 'strategy', strategy });
  });
});

describe('symbols of a file that are each right, and two of them the same', () => {
  it('are refused before anything is compared with them', () => {
    expect(problems('{ momentum-rotation: { of: [SPY, SPY], top: 2 } }').join()).toContain('symbols that are each named once');
  });
});

describe('the views of a file', () => {
  const views = (text: string) => problems(`{ black-litterman: { of: [SPY, TLT], ${text} } }`).join('; ');

  it('and what is held without them are read as percentages and plain numbers', () => {
    const text = '{ of: [SPY, TLT], prior: { TLT: 40%, SPY: 60% }, views: [{ of: [SPY], beyond: [TLT], earns: -2.5, confidence: 30% }] }';
    const prior = [
      { symbol: 'SPY', weight: 600_000 },
      { symbol: 'TLT', weight: 400_000 },
    ];
    expect(read(`{ black-litterman: ${text} }`)).toMatchObject({
      strategy: { tree: { given: { prior, views: [{ of: ['SPY'], beyond: ['TLT'], earns: -2.5, confidence: 300_000 }] } } },
    });
  });

  it.each([
    ['prior: { SPY: 60% }', 'weights by symbol that sum to exactly 100%'],
    ['prior: { SPY: 60%, GLD: 40% }', 'tree.black-litterman.prior: symbols of the list'],
    ['views: [{ of: [GLD], earns: 5, confidence: 50% }]', 'tree.black-litterman.views: symbols of the list'],
    ['views: [{ of: [SPY], earns: 5, confidence: 100% }]', 'views[0].confidence: a percentage from 1% to 99%'],
    ['views: [{ of: [SPY], earns: much, confidence: 50% }]', 'views[0].earns: a plain number from -100 to 100'],
    ['views: [{ of: [SPY], beyond: [SPY], earns: 1, confidence: 50% }]', 'symbols on one side only'],
    ['views: [{ of: [], earns: 1, confidence: 50% }]', 'a list of at least one symbol'],
    ['views: { SPY: 5 }', 'a list of views'],
  ])('are refused as %s', (text, expected) => {
    expect(views(text)).toContain(expected);
  });
});

describe('a parameter that came later', () => {
  it('is not there where the file does not write it, so that the strategy is the one it was', () => {
    const tree = read('{ minimum-variance: { of: [SPY, TLT] } }');
    if (tree.kind !== 'strategy' || tree.strategy.tree.kind !== 'ready-made') throw new Error('no strategy');
    expect(Object.keys(tree.strategy.tree.given)).toEqual(['of', 'window', 'shrinkage', 'least', 'most', 'limits']);
    expect(read('{ minimum-variance: { of: [SPY, TLT], turnover: 20% } }')).toMatchObject({
      strategy: { tree: { given: { turnover: 200_000 } } },
    });
  });
});

describe('strategies in the list of a construction', () => {
  const sound = '{ risk-parity: { of: [SPY, { name: trend, of: { equal: [TLT, GLD] } }], limits: [{ of: [trend], most: 30% }] } }';

  it('are read with their names, and written again as they were', () => {
    const reading = read(sound);
    if (reading.kind !== 'strategy') throw new Error(JSON.stringify(reading.problems));
    expect(reading.strategy.tree).toMatchObject({
      given: { of: ['SPY', 'trend'], limits: [{ of: ['trend'], most: 300_000 }] },
      strategies: [{ name: 'trend', child: { kind: 'equal' } }],
    });
    expect(parseStrategyYaml(strategyYaml(reading.strategy), 'mine.yaml')).toEqual(reading);
  });

  it('may be parts, and are put together with them', () => {
    const file =
      'strategy: A\nrebalance: none\ntree: { risk-parity: { of: [SPY, { name: slow, of: { part: bonds } }] } }\nparts: { bonds: TLT }\n';
    expect(parseStrategyYaml(file, 'mine.yaml')).toMatchObject({
      strategy: { tree: { strategies: [{ name: 'slow', child: { kind: 'asset', symbol: 'TLT' } }] } },
    });
  });

  it.each([
    ['{ of: [SPY, { name: SPY, of: TLT }] }', 'a name of up to 32 lower-case letters'],
    ['{ of: [SPY, { name: cash, of: TLT }] }', 'and is not cash'],
    ['{ of: [SPY, { name: a, of: TLT }, { name: a, of: GLD }] }', 'symbols that are each named once'],
    ['{ of: [SPY, { of: TLT }] }', 'tree.risk-parity.of[1]'],
    ['{ of: [SPY, trend] }', 'a symbol such as SPY, or a strategy with a name'],
    ['{ of: [SPY, TLT], limits: [{ of: [trend], most: 40% }] }', 'symbols of the list'],
  ])('are refused as %s', (given, expected) => {
    expect(problems(`{ risk-parity: ${given} }`).join('; ')).toContain(expected);
  });

  it('stand nowhere else than in constructions, and not under a turnover', () => {
    expect(problems('{ momentum-rotation: { of: [SPY, { name: trend, of: TLT }], top: 1 } }').join()).toContain('a symbol such as SPY');
    expect(problems('{ minimum-cvar: { of: [SPY, { name: trend, of: TLT }], turnover: 20% } }').join()).toContain(
      'only where it is the whole strategy',
    );
  });
});

describe('a turnover', () => {
  const construction = 'minimum-cvar: { of: [SPY, TLT], turnover: 20% }';
  it('stands in a group as in a strategy of its own', () => {
    expect(problems(`{ group: { name: Core, of: { ${construction} } } }`)).toEqual([]);
    expect(problems(`{ equal: [{ minimum-cvar: { of: [SPY, TLT], turnover: 100% } }, GLD] }`)).toEqual([]);
  });

  it('is refused inside another one, where nobody knows what is held', () => {
    expect(problems(`{ equal: [{ ${construction} }, GLD] }`)).toEqual([
      'tree: a turnover only where it is the whole strategy: it is counted from what a sleeve holds, and of a part nobody knows that',
    ]);
  });
});

describe('the pairs of a file', () => {
  it('are lists of two symbols, and the rest is what is usual', () => {
    const tree = readyMadeTree('pairs', givenOf(pairs, { of: [['KO', 'PEP']] }));
    expect(read('{ pairs: { of: [[KO, PEP]] } }')).toMatchObject({ strategy: { tree } });
  });

  it.each([
    ['[]', 'a list of pairs, such as [[KO, PEP], [XOM, CVX]]'],
    ['[KO, PEP]', 'two symbols'],
    ['[[KO, PEP, XOM]]', 'two symbols'],
    ['[[KO, 5]]', 'a symbol such as SPY'],
    ['[[KO, KO]]', 'pairs of two symbols, each pair once'],
    ['[[KO, PEP], [PEP, KO]]', 'pairs of two symbols, each pair once'],
  ])('are refused as %s', (of, expected) => {
    expect(problems(`{ pairs: { of: ${of} } }`).join('; ')).toContain(expected);
  });

  it('are refused with a line that no score reaches', () => {
    expect(problems('{ pairs: { of: [[KO, PEP]], window: 5 } }').join()).toContain('less than 1.79');
  });
});
