import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { evenkeel } from './spoken.ts';

// Tuesday to Friday.
const DATES = ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05'];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-memory-'));
  // The pair of the strategy's own tests: h is 1, and A is 1.22 deviations too dear.
  priceFile('AAA', 100, [0, 0.1, 0, 0.3]);
  priceFile('BBB', 50, [0, 0.2, 0, 0.2]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function priceFile(symbol: string, level: number, logarithms: readonly number[]): void {
  const rows = logarithms.map((each, place) => `${DATES[place]},${level * Math.exp(each)}`);
  writeFileSync(join(folder, `${symbol}.csv`), ['date,close', ...rows, ''].join('\n'));
}

it('evenkeel signal --explain tells what a strategy remembers, and each figure once', async () => {
  const file = join(folder, 'pairs.yaml');
  const pairs = '{ of: [[AAA, BBB]], places: 1, window: 4, entry: 1, stop: 2 }';
  writeFileSync(file, `strategy: Pair\nrebalance: none\ntree:\n  pairs: ${pairs}\n`);
  const { code, out } = await evenkeel(['signal', file, '--prices', folder, '--as-of', '2024-01-05', '--explain']);
  expect(code).toBe(0);
  expect(out).toMatch(/^BBB +50\.00%\ncash +50\.00%$/m);
  expect(out).toContain('AAA          current-price 134.99, pair-spread(4) to BBB 1.22, pair-spread hedge(4) to BBB 1.00,');
  expect(out).toContain(
    'remembers of AAA BBB: side -1, hedge 1, level 0.693147, deviation 0.0816497, sessions 0, first 134.986, second 61.0701',
  );
});

it('evenkeel signal --explain tells a metric once that is looked at twice', async () => {
  const file = join(folder, 'trend.yaml');
  const given = 'of: [AAA], trend: 2, slope-over: 2, short-high: 1, long-high: 2, atr: 1, fast: 2, exit-mean: 3';
  writeFileSync(file, `strategy: Trend\nrebalance: none\ntree:\n  trend-following: { ${given} }\n`);
  const { code, out } = await evenkeel(['signal', file, '--prices', folder, '--as-of', '2024-01-05', '--explain']);
  // The files have no highs.
  expect(code).toBe(1);
  expect(out.match(/moving-average-price\(2\)/g)).toHaveLength(1);
});
