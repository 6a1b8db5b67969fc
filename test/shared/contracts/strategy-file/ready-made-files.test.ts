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
