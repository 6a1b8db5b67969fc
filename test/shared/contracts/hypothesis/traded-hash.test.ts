// A paper portfolio and the live one of the same owner trade the same exactly where their hashes say so.
import { describe, expect, it } from 'vitest';
import { tradedHash } from '../../../../shared/contracts/hypothesis/traded-hash.ts';
import { parsePortfolioFile } from '../../../../shared/contracts/portfolio-file.ts';

const PAPER = `portfolio: balanced
account: { name: main }
schedules: { monthly: { at: close-25m, every: month, on: last, band: { absolute: 5% } } }
limits: { position: 100% }
execution: { slices: 1 }
minimum-trade: 5 USD
sleeves: { core: { capital: 100%, strategy: { specified: { VTI: 60%, BND: 40% } } } }
`;

function hashOf(text: string): string {
  const read = parsePortfolioFile(text, 'portfolio.yaml');
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
  return tradedHash(read.policy);
}
const changed = (from: string, to: string): string => {
  expect(PAPER).toContain(from);
  return PAPER.replace(from, to);
};

describe('the hash of what is traded', () => {
  it('is the same for the live file: another name and account, mail, limits, a part of the capital, other words', () => {
    const same = [
      changed('portfolio: balanced', 'portfolio: balanced-live\ndescription: for real'),
      changed('{ name: main }', '{ name: live, mode: live, number: "12345678" }'),
      changed('{ name: main }', '{ name: main, capital: 10% }'),
      changed('position: 100%', 'position: 70%, turnover: 30%'),
      `${PAPER}notify: { email: [anna@example.com] }\n`,
      changed('core:', 'everything:'),
      changed('monthly:', 'once:'),
    ];
    for (const text of same) expect(hashOf(text)).toBe(hashOf(PAPER));
  });

  it('is another one for strategy, schedule, band, execution, reserve, minimum and rules of the cash', () => {
    const others = [
      changed('VTI: 60%, BND: 40%', 'VTI: 61%, BND: 39%'),
      changed('every: month', 'every: week'),
      changed('close-25m', 'close-30m'),
      changed('on: last', 'on: first'),
      changed('absolute: 5%', 'absolute: 4%'),
      changed('slices: 1', 'slices: 2'),
      changed('5 USD', '6 USD'),
      `${PAPER}cash-reserve: 2%\n`,
      `${PAPER}shares: fractional\n`,
      `${PAPER}invest-deposits: on-rebalance\n`,
      changed('strategy: {', 'rebalance: { every: quarter }, strategy: {'),
    ];
    expect(new Set([PAPER, ...others].map(hashOf)).size).toBe(others.length + 1);
  });
});
