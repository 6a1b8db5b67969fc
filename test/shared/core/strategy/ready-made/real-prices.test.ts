// The strategies that remember, on four years of real bars. Skipped where the data is not there.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluate, watchedSymbols } from '../../../../../shared/core/strategy/evaluate.ts';
import type { ClosesColumn, History } from '../../../../../shared/core/strategy/history.ts';
import { DEFAULT_OPTIONS } from '../../../../../shared/core/strategy/options.ts';
import type { Given } from '../../../../../shared/core/strategy/ready-made/given.ts';
import { readyMadeNamed } from '../../../../../shared/core/strategy/ready-made/ready-mades.ts';
import type { StrategyState } from '../../../../../shared/core/strategy/state.ts';
import type { NewYorkDate } from '../../../../../shared/core/values/time.ts';
import { givenOf, readyMadeTree } from '../../../../builders/ready-made.ts';

const folder = resolve(import.meta.dirname, '../../../../../../shared/data/prices/stocks19');
const isAbsent = !existsSync(folder);
const FROM = '2012-01-03';
const UNTIL = '2015-12-31';

function realBars(symbol: string): ClosesColumn {
  const [header = [], ...rows] = readFileSync(join(folder, `${symbol}.csv`), 'utf8')
    .trim()
    .split('\n')
    .map((row) => row.split(','));
  const bars = rows.filter(([date = '']) => date >= FROM && date <= UNTIL);
  const fieldOf = (bar: readonly string[], name: string) => Number(bar[header.indexOf(name)]);
  const adjusted = (name: string) => bars.map((bar) => (fieldOf(bar, name) * fieldOf(bar, 'adj_close')) / fieldOf(bar, 'close'));
  const dates = bars.map(([date]) => date as NewYorkDate);
  return { symbol, dates, closes: adjusted('close'), highs: adjusted('high'), lows: adjusted('low') };
}

const PAIRS = [
  ['SOXX', 'QQQ'],
  ['MSFT', 'AAPL'],
  ['IEF', 'TLT'],
] as const;
const CASES: readonly (readonly [string, Given])[] = [
  ['trend-following', { of: ['AAPL', 'MSFT', 'NVDA', 'QQQ', 'SOXX', 'TLT'] }],
  ['mean-reversion', { of: ['AAPL', 'MSFT', 'NVDA', 'QQQ', 'SOXX', 'TLT'] }],
  ['pairs', { of: PAIRS }],
];

describe.skipIf(isAbsent)(`strategies that remember, on real prices${isAbsent ? ' (skipped: ../shared/data is absent)' : ''}`, () => {
  it.each(CASES)('%s decides once a month what it decides at once, is in and out, and never beyond its capital', (name, given) => {
    const kind = readyMadeNamed(name);
    if (kind === undefined) throw new Error(name);
    const tree = readyMadeTree(name, givenOf(kind, given));
    const past: History = { anchor: FROM, columns: watchedSymbols(tree).map(realBars) };
    const dates = past.columns[0]?.dates.slice(300) ?? [];
    const asked = dates.filter((_, place) => place % 21 === 0);
    let state: StrategyState | undefined;
    const invested = asked.map((asOf) => {
      const decided = evaluate(tree, past, state, asOf, DEFAULT_OPTIONS);
      if (decided.kind === 'undefined') throw new Error(`${asOf}: ${decided.detail}`);
      state = decided.state;
      expect(decided.leftOut).toEqual([]);
      expect(decided.targets.cash).toBeGreaterThanOrEqual(0n);
      return decided.targets.cash < 1_000_000n;
    });
    const last = asked.at(-1) ?? FROM;
    expect(evaluate(tree, past, undefined, last, DEFAULT_OPTIONS)).toMatchObject({ state });
    expect(new Set(invested)).toEqual(new Set([true, false]));
  });
});
