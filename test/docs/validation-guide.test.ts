// The commands of the guide to validation, as it prints them, on made-up prices; and its figures.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectedMaximum } from '../../research/validation/statistics/deflated-sharpe.ts';
import { VERDICTS } from '../../research/validation/verdict/judge.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { evenkeel } from '../cli/spoken.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const GUIDE = readFileSync(join(root, 'docs/guides/validation.md'), 'utf8');
/** Those of walking forward are in walk-forward-guide.test.ts. */
const COMMANDS = [...GUIDE.matchAll(/^ {4}npx evenkeel (validate .*)$/gm)].map(([, command = '']) => command);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-validation-'));
  mkdirSync(join(folder, 'prices'));
  for (const [place, symbol] of ['VTI', 'BND', 'SPY'].entries()) {
    const rows = sessionsBetween('2019-01-02', '2021-06-30').map(({ date }, day) => {
      const close = 100 * 1.0003 ** day * (1 + Math.sin(day / (11 + place)) / 20);
      return `${date},${close.toFixed(4)}`;
    });
    writeFileSync(join(folder, 'prices', `${symbol}.csv`), ['date,close', ...rows, ''].join('\n'));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function argumentsOf(command: string): string[] {
  return command.split(' ').map((word) => {
    if (word.startsWith('portfolios/')) return join(root, word);
    return word === 'prices' || word.endsWith('.html') ? join(folder, word) : word;
  });
}

describe('the guide to validation', () => {
  it('shows commands', () => expect(COMMANDS.length).toBeGreaterThanOrEqual(4));

  it.each(COMMANDS)('prints a command that works: evenkeel %s', { timeout: 60_000 }, async (command) => {
    const { code, out, err } = await evenkeel(argumentsOf(command));
    expect([code, err.includes('error:')]).toEqual([0, false]);
    expect(command.includes('--json') ? out : err).toContain('no impact is counted where volumes are not known: BND, VTI');
    if (command.includes('--json')) expect(JSON.parse(out)).toMatchObject({ name: 'sixty-forty', seed: 7, samples: 500 });
    else {
      if (command.includes('--report')) {
        const report = readFileSync(join(folder, '60-40.html'), 'utf8');
        for (const said of ['Minimum track record length', 'Start date: return a year', 'a policy claims no edge'])
          expect(report).toContain(said);
      }
      if (command.includes('--vary')) for (const said of ['6 variants', 'deflated', 'a sharp peak']) expect(out).toContain(said);
      expect(out).toMatch(/Of 1[29] checks, \d+ holds? and/);
      // The lines that its table explains are those that are printed.
      for (const line of ['Sharpe a year, less cash', 'counting its memory', '95 % of resampled records', 'years needed to be 95 % sure']) {
        expect(GUIDE).toContain(line);
        expect(out).toContain(line);
      }
    }
  });

  it('says what the best of a hundred worthless variants shows over ten years', () => {
    expect(expectedMaximum(100) / Math.sqrt(10)).toBeCloseTo(0.8, 1);
    expect(GUIDE).toContain('an annual Sharpe ratio of about 0.8 over ten years');
  });

  it('explains every word of a verdict', () => {
    for (const word of VERDICTS) expect(GUIDE).toContain(`| \`${word}\` |`);
  });
});
