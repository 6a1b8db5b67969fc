// The commands of the guide to research, as it prints them, on made-up prices. Those of its walk to a verdict are in order in
// verdict-guide.test.ts, where the one that wants a deployment is read and not said.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { evenkeel } from '../cli/spoken.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const GUIDE = readFileSync(join(root, 'docs/guides/research.md'), 'utf8');
const COMMANDS = [...GUIDE.matchAll(/^ {4}npx evenkeel (.*)$/gm)]
  .map(([, command = '']) => command)
  .filter((command) => !/^(?:hypothesis|policy) | ideas\//.test(command));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-research-'));
  mkdirSync(join(folder, 'prices'));
  for (const [place, symbol] of ['VTI', 'BND', 'SPY'].entries()) {
    const rows = sessionsBetween('2019-01-02', '2022-12-30').map(({ date }, day) => {
      const close = 100 * 1.0003 ** day * (1 + Math.sin(day / (11 + place)) / 20);
      return `${date},${close.toFixed(4)}`;
    });
    writeFileSync(join(folder, 'prices', `${symbol}.csv`), ['date,close', ...rows, ''].join('\n'));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Its files are those of the repository, its folders those of the test. */
function argumentsOf(command: string): string[] {
  return command.split(' ').map((word) => {
    if (word.startsWith('portfolios/')) return join(root, word);
    return ['prices', 'results', 'swept'].includes(word) || word.endsWith('.html') ? join(folder, word) : word;
  });
}

describe('the guide to research', () => {
  it('shows commands', () => {
    expect(COMMANDS.length).toBeGreaterThanOrEqual(5);
  });

  it.each(COMMANDS)('prints a command that works: evenkeel %s', async (command) => {
    const { code, out, err } = await evenkeel(argumentsOf(command));
    expect([code, err.includes('error:')]).toEqual([0, false]);
    if (command.includes('--json')) expect(JSON.parse(out)).toMatchObject({ name: 'sixty-forty', benchmark: 'SPY' });
    else expect(out).toMatch(/sixty-forty from 20|^4 variants/);
  });

  it('names every file that is written', async () => {
    expect((await evenkeel(argumentsOf('backtest portfolios/60-40.yaml --prices prices --out results'))).code).toBe(0);
    for (const name of readdirSync(join(folder, 'results'))) expect(GUIDE).toContain(name.replace('.parquet', '.csv'));
  });
});
