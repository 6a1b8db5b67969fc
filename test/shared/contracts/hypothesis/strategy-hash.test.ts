// A verdict is of one strategy: the hash tells apart what decides otherwise, and nothing else.
import { describe, expect, it } from 'vitest';
import { strategyHash } from '../../../../shared/contracts/hypothesis/strategy-hash.ts';
import { parsePortfolioFile } from '../../../../shared/contracts/portfolio-file.ts';
import { parseStrategyYaml } from '../../../../shared/contracts/strategy-file/parse-strategy-yaml.ts';

const FILE = `
strategy: rotation
rebalance: { every: month }
tree:
  filter: { top: 1, by: { cumulative-return: 20 }, of: [SPY, BND] }
`;

function hashOf(text: string): string {
  const read = parseStrategyYaml(text, 'rotation.yaml');
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
  const { tree: strategy, rebalance, decideOn = 'last-close', options, exits } = read.strategy;
  return strategyHash({ strategy, rebalance, decideOn, options, ...(exits === undefined ? {} : { exits }) });
}

describe('the hash of a strategy', () => {
  it('is the same under another name and in another spelling', () => {
    const other = FILE.replace('strategy: rotation', 'strategy: another name\ndescription: as before').replace(
      '{ every: month }',
      '\n  every: month',
    );
    expect(hashOf(other)).toBe(hashOf(FILE));
    expect(hashOf(`${FILE}decide-on: last-close\n`)).toBe(hashOf(FILE));
  });

  it('is another one for anything that decides', () => {
    const changes = [
      FILE.replace('20', '21'),
      FILE.replace('BND', 'AGG'),
      FILE.replace('month', 'week'),
      `${FILE}decide-on: live-quote\n`,
      `${FILE}exits: { stop-loss: 8% }\n`,
      `${FILE}options: { prices: split-adjusted }\n`,
    ];
    expect(new Set([FILE, ...changes].map(hashOf)).size).toBe(changes.length + 1);
  });

  it('is that of the sleeve which names the file', () => {
    const portfolio = `
portfolio: rotating
schedules: { daily: { at: close-25m, every: day } }
limits: { position: 100% }
sleeves: { core: { capital: 100%, strategy: { file: rotation.yaml } } }
`;
    const read = parsePortfolioFile(portfolio, 'portfolio.yaml', () => FILE);
    if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
    const [sleeve] = read.policy.sleeves;
    expect(sleeve && strategyHash(sleeve)).toBe(hashOf(FILE));
  });

  it('is another one for a sleeve that adds to what gains, by each tier and up to where: a strategy file cannot say so', () => {
    const hashWith = (tiers: string, limit: string): string => {
      const portfolio = `
portfolio: adding
schedules: { daily: { at: close-25m, every: day } }
limits: { position: ${limit} }
sleeves: { core: { capital: 100%, strategy: { inverse-volatility: { window: 20, of: [SPY, BND] } }, exits: { stop-loss: 8% }${tiers} } }
`;
      const read = parsePortfolioFile(portfolio, 'portfolio.yaml');
      if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
      const [sleeve] = read.policy.sleeves;
      if (sleeve === undefined) throw new Error('no sleeve');
      return strategyHash(sleeve);
    };
    const [half, most] = [', tiers: [{ gain: 5%, add: 50% }]', ', tiers: [{ gain: 5%, add: 60% }]'];
    expect(new Set([hashWith('', '30%'), hashWith(half, '30%'), hashWith(most, '30%'), hashWith(half, '25%')]).size).toBe(4);
    expect(hashWith('', '25%')).toBe(hashWith('', '30%'));
  });
});
