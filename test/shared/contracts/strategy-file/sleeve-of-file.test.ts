import { describe, expect, it } from 'vitest';
import { parseStrategyYaml } from '../../../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { sleeveOfFile } from '../../../../shared/contracts/strategy-file/sleeve-of-file.ts';

const sleeveOf = (more: string) => {
  const read = parseStrategyYaml(`strategy: Halves\nrebalance: { every: month }\n${more}tree: { equal: [SPY, TLT] }\n`, 'halves.yaml');
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
  return sleeveOfFile(read.strategy);
};

describe('a strategy file as a sleeve', () => {
  it('decides on the last close where it does not say', () => {
    expect(sleeveOf('')).toMatchObject({ name: 'Halves', rebalance: { kind: 'every', every: 'month' }, decideOn: 'last-close' });
    expect(sleeveOf('decide-on: live-quote\n').decideOn).toBe('live-quote');
  });

  it('has exits only where the file has some', () => {
    expect(Object.keys(sleeveOf(''))).not.toContain('exits');
    expect(sleeveOf('exits: { stop-loss: 10% }\n').exits).toBeDefined();
  });
});
