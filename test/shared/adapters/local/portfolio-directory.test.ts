import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deployedPortfolio } from '../../../../shared/adapters/local/deployed-portfolio.ts';
import { PortfolioDirectory } from '../../../../shared/adapters/local/portfolio-directory.ts';
import { PortfolioRefused } from '../../../../shared/adapters/local/portfolio-refused.ts';
import { writtenPortfolio } from '../../../../shared/adapters/local/written-portfolio.ts';
import { portfolioJson } from '../../../../shared/contracts/portfolio-json.ts';

const written = readFileSync(resolve(import.meta.dirname, '../../../../portfolios/60-40.yaml'), 'utf8');
const name = /^portfolio: (\S+)/m.exec(written)?.[1] ?? 'missing';

const ways = [
  { way: 'as its owner writes it', reader: writtenPortfolio, ending: 'yaml', text: written },
  { way: 'as it was deployed', reader: deployedPortfolio, ending: 'json', text: portfolioJson(written, '60-40.yaml') },
] as const;

describe.each(ways)('a folder of portfolios $way', ({ reader, ending, text }) => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portfolios-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const put = (file: string, content: string) => writeFileSync(join(folder, `${file}.${ending}`), content);

  it('gives a portfolio by the name in it, with the text it was read from', async () => {
    put('any-name', text);
    const source = await new PortfolioDirectory(folder, reader).load(name);
    expect(source.text).toBe(text);
    expect(source.policy.name).toBe(name);
  });

  it('leaves other files alone', async () => {
    put('ours', text);
    writeFileSync(join(folder, 'notes.txt'), 'not a portfolio');
    expect((await new PortfolioDirectory(folder, reader).load(name)).policy.name).toBe(name);
  });

  it('is read once: what is changed afterwards does not count', async () => {
    put('ours', text);
    const portfolios = new PortfolioDirectory(folder, reader);
    await portfolios.load(name);
    put('ours', text.replace(name, 'renamed'));
    expect((await portfolios.load(name)).policy.name).toBe(name);
  });

  it('says which portfolios there are when asked for another', async () => {
    put('ours', text);
    await expect(new PortfolioDirectory(folder, reader).load('other')).rejects.toThrow(`no portfolio other, there are: ${name}`);
  });

  it('is refused whole when two files describe the same portfolio', async () => {
    put('one', text);
    put('two', text);
    await expect(new PortfolioDirectory(folder, reader).load(name)).rejects.toThrow(`two files in ${folder} describe portfolio ${name}`);
  });

  it('is refused whole when one file is bad, with the path of what is wrong', async () => {
    put('good', text);
    put('worse', text.replace('schedules', 'scedules'));
    const refused = await new PortfolioDirectory(folder, reader).load(name).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PortfolioRefused);
    expect((refused as PortfolioRefused).problems).toContainEqual(
      expect.objectContaining({ file: join(folder, `worse.${ending}`), path: 'scedules' }),
    );
  });

  it('is read again after a failure: nothing half read is kept', async () => {
    put('good', text);
    put('worse', '{');
    const portfolios = new PortfolioDirectory(folder, reader);
    await expect(portfolios.load(name)).rejects.toThrow(PortfolioRefused);
    rmSync(join(folder, `worse.${ending}`));
    expect((await portfolios.load(name)).policy.name).toBe(name);
  });

  it('says which folder cannot be read', async () => {
    const nowhere = join(folder, 'nowhere');
    await expect(new PortfolioDirectory(nowhere, reader).load(name)).rejects.toThrow(nowhere);
  });
});
