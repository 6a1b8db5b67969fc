// A policy is what is known to be one; everything else claims an edge.
import { describe, expect, it } from 'vitest';
import { claimsEdge } from '../../../../shared/contracts/hypothesis/claims-edge.ts';
import { parseStrategyYaml } from '../../../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { TEMPLATES } from '../../../../shared/contracts/strategy-file/template.ts';

function claims(text: string): boolean {
  const read = parseStrategyYaml(text, 's.yaml');
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
  const { tree: strategy, exits } = read.strategy;
  return claimsEdge({ strategy, ...(exits === undefined ? {} : { exits }) });
}
const withTree = (tree: string, more = ''): string => `strategy: any\nrebalance: { every: month }\n${more}tree: ${tree}\n`;

describe('a sleeve', () => {
  it.each([
    'SPY',
    '{ specified: { VTI: 60%, BND: 40% } }',
    '{ equal: [SPY, { group: { name: Real, of: { equal: [GLD, VNQ] } } }] }',
    '{ inverse-volatility: { window: 20, of: [SPY, BND] } }',
  ])('is a policy where its weights are fixed or follow from risk: %s', (tree) => expect(claims(withTree(tree))).toBe(false));

  it.each([
    '{ filter: { top: 1, by: { cumulative-return: 20 }, of: [SPY, BND] } }',
    '{ if: { when: { gt: [{ rsi: [SPY, 10] }, 70] }, then: BND, else: SPY } }',
    '{ equal: [SPY, { filter: { bottom: 1, by: { stdev-return: 20 }, of: [GLD, BND] } }] }',
  ])('claims an edge where anything in it chooses or times: %s', (tree) => expect(claims(withTree(tree))).toBe(true));

  it('claims an edge with protective exits, whatever its tree', () => {
    expect(claims(withTree('SPY', 'exits: { stop-loss: 8% }\n'))).toBe(true);
  });

  it('is a policy by four ready-made strategies, and claims an edge by all others', () => {
    const readyMade = TEMPLATES.filter(({ text }) => /^tree:\n {2}(?!#)[a-z]+-[a-z-]+:/m.test(text));
    const policies = readyMade.filter(({ text, kind }) => !claims(text) && !['inverse-volatility', 'volatility-target'].includes(kind));
    expect(policies.map(({ kind }) => kind).sort()).toEqual([
      'hierarchical-risk-parity',
      'maximum-diversification',
      'minimum-variance',
      'risk-parity',
    ]);
    expect(readyMade.length).toBeGreaterThan(policies.length + 4);
  });
});
