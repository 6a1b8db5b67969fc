// The commands of the guide's part on walking forward, as it prints them, on made-up prices; and its words.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { evenkeel } from '../cli/spoken.ts';

const PAGE = readFileSync(fileURLToPath(new URL('../../docs/guides/validation.md', import.meta.url)), 'utf8');
const GUIDE = PAGE.split('\n## Walking forward\n')[1]?.split('\n## ')[0] ?? '';
const COMMANDS = [...GUIDE.matchAll(/^ {4}npx evenkeel (.*)$/gm)].map(([, command = '']) => command);
const [, STRATEGY = ''] = /^```yaml\n(.*?)^```$/ms.exec(GUIDE) ?? [];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-walk-guide-'));
  for (const name of ['prices', 'ideas']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'ideas', 'rotation.yaml'), STRATEGY);
  for (const [place, symbol] of ['VTI', 'BND', 'SPY'].entries()) {
    const rows = sessionsBetween('2016-01-04', '2021-12-31').map(({ date }, day) => {
      const close = 100 * 1.0003 ** day * (1 + Math.sin(day / (11 + 9 * place)) / 20);
      return `${date},${close.toFixed(4)}`;
    });
    writeFileSync(join(folder, 'prices', `${symbol}.csv`), ['date,close', ...rows, ''].join('\n'));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function argumentsOf(command: string): string[] {
  return command.split(' ').map((word) => (['prices', 'walked'].includes(word) || word.startsWith('ideas/') ? join(folder, word) : word));
}

describe('the guide to walking forward', { timeout: 60_000 }, () => {
  it('shows commands', () => expect(COMMANDS).toHaveLength(2));

  it.each(COMMANDS)('prints a command that works: evenkeel %s', async (command) => {
    const { code, out, err } = await evenkeel(argumentsOf(command));
    expect([code, err.includes('error:')]).toEqual([0, false]);
    expect(command.includes('--json') ? out : err).toContain('fees that no table covers on their dates count as nothing');
    if (command.includes('--json')) {
      expect(JSON.parse(out)).toMatchObject({
        search: { kind: 'bayesian', tries: 5, seed: 7 },
        rule: { kind: 'anchored', purgeBars: 120 },
      });
      const files = readdirSync(join(folder, 'walked'));
      expect(files).toHaveLength(4);
      for (const name of files) expect(GUIDE).toContain(`\`${name}\``);
    } else {
      expect(out).toContain('SPY');
      // The lines that its table explains are those that are printed.
      const lines = [...GUIDE.matchAll(/^\| ([a-z][^`|]*) \| /gm)].map(([, line = '']) => line).filter((line) => line !== 'line');
      expect(lines).toHaveLength(7);
      for (const word of lines.flatMap((line) => line.replace('n trials', 'trials').split(', ')))
        expect(out.replace(/luck of \d+ trials/, 'luck of trials')).toContain(word);
    }
  });
});
