import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseStrategyYaml } from '../../../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { strategyYaml } from '../../../../shared/contracts/strategy-file/strategy-yaml.ts';
import { imported } from './sources.ts';

const folder = resolve(import.meta.dirname, '../../../../../shared/data/symphonies');
const absent = !existsSync(folder);

/** Nodes counted by their steps, depth by their nesting, tickers by eye or by another program. */
const FIGURES: Readonly<Record<string, { nodes: number; depth: number; tickers: number; metrics: readonly string[] }>> = {
  'compound-conditions-866-nodes.json': {
    nodes: 866,
    depth: 20,
    tickers: 61,
    metrics: ['cumulative-return', 'moving-average-return', 'rsi'],
  },
  'cumulativeReturn.json': { nodes: 7, depth: 5, tickers: 2, metrics: ['cumulative-return'] },
  'exponentialMovingAverageOfPrice.json': { nodes: 7, depth: 5, tickers: 2, metrics: ['exponential-moving-average-price'] },
  'fixedValueCompare.json': { nodes: 7, depth: 5, tickers: 2, metrics: ['rsi'] },
  'maxDrawdown.json': { nodes: 7, depth: 5, tickers: 2, metrics: ['max-drawdown'] },
  'movingAverageOfPrice.json': { nodes: 7, depth: 5, tickers: 2, metrics: ['moving-average-price'] },
  'movingAverageOfReturn.json': { nodes: 7, depth: 5, tickers: 2, metrics: ['moving-average-return'] },
  'relativeStrengthIndex.json': { nodes: 7, depth: 5, tickers: 2, metrics: ['rsi'] },
  'root.json': { nodes: 9, depth: 7, tickers: 4, metrics: ['rsi'] },
  'rotation-by-hand.clj': {
    nodes: 20,
    depth: 8,
    tickers: 9,
    metrics: ['cumulative-return', 'current-price', 'moving-average-price', 'rsi'],
  },
  'small.edn': { nodes: 9, depth: 6, tickers: 4, metrics: ['current-price'] },
  'standardDeviationOfPrice.json': { nodes: 7, depth: 5, tickers: 2, metrics: ['stdev-price'] },
  'standardDeviationOfReturn.json': { nodes: 7, depth: 5, tickers: 2, metrics: ['stdev-return'] },
  'tqqq-long-term.edn': {
    nodes: 71,
    depth: 19,
    tickers: 10,
    metrics: ['cumulative-return', 'current-price', 'moving-average-price', 'rsi'],
  },
  'weightEqual.json': { nodes: 7, depth: 5, tickers: 3, metrics: [] },
  'weightSpecified.json': { nodes: 5, depth: 3, tickers: 3, metrics: [] },
};

describe.skipIf(absent)(`importSymphony on real symphonies${absent ? ' (skipped: ../shared/data/symphonies is absent)' : ''}`, () => {
  it('knows the figures of every sample', () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(FIGURES).sort());
  });

  it.each(Object.entries(FIGURES))('imports %s whole', (file, { nodes, depth, tickers, metrics }) => {
    const { report } = imported(readFileSync(join(folder, file), 'utf8'));
    expect({ nodes: report.nodes, depth: report.depth, tickers: report.tickers.length, metrics: report.metrics }).toEqual({
      nodes,
      depth,
      tickers,
      metrics,
    });
  });

  it.each(Object.keys(FIGURES))('writes %s as YAML that reads back as the same strategy', (file) => {
    const { strategy } = imported(readFileSync(join(folder, file), 'utf8'));
    expect(parseStrategyYaml(strategyYaml(strategy), file)).toEqual({ kind: 'strategy', strategy });
  });

  it('scales the 68 % of small.edn to the whole, the odd part to the largest remainder', () => {
    const { strategy, report } = imported(readFileSync(join(folder, 'small.edn'), 'utf8'));
    const { tree } = strategy;
    const group = tree.kind === 'equal' ? tree.children[0] : undefined;
    const block = group?.kind === 'group' ? group.child : undefined;
    // 50, 12 and 6 of 68: 735294.12, 176470.59 and 88235.29 parts per million.
    expect(block?.kind === 'specified' ? block.children.map(({ weight }) => weight) : block).toEqual([735_294n, 176_471n, 88_235n]);
    expect(report.notes.map(({ code, path }) => ({ code, path }))).toEqual([
      { code: 'weights-normalised', path: 'children[0].children[0].children[0]' },
    ]);
  });

  it('takes the corridor of the S-expression in place of a frequency', () => {
    const { strategy } = imported(readFileSync(join(folder, 'rotation-by-hand.clj'), 'utf8'));
    expect(strategy).toMatchObject({ name: 'Sample regime rotation', rebalance: { kind: 'corridor', width: 50_000n } });
  });

  it('writes the 866 nodes of a real symphony as a file a person can read', () => {
    const text = strategyYaml(imported(readFileSync(join(folder, 'compound-conditions-866-nodes.json'), 'utf8')).strategy);
    const lines = text.split('\n');
    expect(lines.length).toBeLessThan(300);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(180);
  });
});
