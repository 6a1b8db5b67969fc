import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PortfolioDirectory, PortfolioRefused } from '../../../../shared/adapters/local/portfolio-directory.ts';

const portfolioOf = (name: string): string => `portfolio: ${name}
schedules: { daily: { at: close-25m, every: day } }
sleeves: { core: { capital: 100%, strategy: { equal: [SPY, TLT, GLD, IEF] } } }
`;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-portfolios-'));
  writeFileSync(join(folder, 'a.yaml'), portfolioOf('first'));
  writeFileSync(join(folder, 'b.yml'), portfolioOf('second'));
  writeFileSync(join(folder, 'README.md'), 'not a portfolio');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a folder of portfolio files', () => {
  it('finds a portfolio by the name that its file gives it, with the text as it stands', async () => {
    const source = await new PortfolioDirectory(folder).load('second');
    expect([source.policy.name, source.text]).toEqual(['second', portfolioOf('second')]);
  });

  it('says which portfolios there are when it has no such one', async () => {
    await expect(new PortfolioDirectory(folder).load('third')).rejects.toThrow('no portfolio third, there are: first, second');
  });

  it('is refused whole for one bad file, with every problem of it', async () => {
    writeFileSync(join(folder, 'c.yaml'), portfolioOf('third').replace('close-25m', 'clos-25m').replace('100%', 'all'));
    const failure = await new PortfolioDirectory(folder).load('first').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PortfolioRefused);
    expect((failure as PortfolioRefused).message.split('\n')).toEqual([
      expect.stringContaining(`${join(folder, 'c.yaml')} schedules.daily.at: "clos-25m", expected close-<n>m`),
      expect.stringContaining('sleeves.core.capital: "all", expected a percentage'),
    ]);
  });

  it('is refused when two files are of one name', async () => {
    writeFileSync(join(folder, 'c.yaml'), portfolioOf('first'));
    await expect(new PortfolioDirectory(folder).load('first')).rejects.toThrow(`two files in ${folder} describe portfolio first`);
  });

  it('is read once: what a deployed function runs on does not change under it', async () => {
    const directory = new PortfolioDirectory(folder);
    await directory.load('first');
    writeFileSync(join(folder, 'a.yaml'), portfolioOf('renamed'));
    expect((await directory.load('first')).policy.name).toBe('first');
  });

  it('is asked for again after a failure: nothing half read is kept', async () => {
    writeFileSync(join(folder, 'c.yaml'), 'portfolio: [');
    const directory = new PortfolioDirectory(folder);
    await expect(directory.load('first')).rejects.toThrow(PortfolioRefused);
    rmSync(join(folder, 'c.yaml'));
    expect((await directory.load('first')).policy.name).toBe('first');
  });

  it('says which folder cannot be read', async () => {
    await expect(new PortfolioDirectory(join(folder, 'nowhere')).load('first')).rejects.toThrow(join(folder, 'nowhere'));
  });
});
