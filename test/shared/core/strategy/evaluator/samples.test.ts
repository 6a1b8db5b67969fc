// Strategies that people run, on real prices where there are some, and on generated ones for the other symbols.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importSymphony } from '../../../../../shared/contracts/symphony/import-symphony.ts';
import { evaluatorOf } from '../../../../../shared/core/strategy/evaluator/evaluator.ts';
import { type Grid, gridOf } from '../../../../../shared/core/strategy/evaluator/grid.ts';
import { measure } from '../../../../../shared/core/strategy/evaluator/measure.ts';
import { compile } from '../../../../../shared/core/strategy/evaluator/program.ts';
import { weightsOn } from '../../../../../shared/core/strategy/evaluator/weights-on.ts';
import type { ClosesColumn } from '../../../../../shared/core/strategy/history.ts';
import { DEFAULT_OPTIONS } from '../../../../../shared/core/strategy/options.ts';
import type { Tree } from '../../../../../shared/core/strategy/tree.ts';
import type { NewYorkDate } from '../../../../../shared/core/values/time.ts';
import { OTHER_OPTIONS } from '../../../../arbitraries/strategy-options.ts';
import { answersOn, type Closes } from './market.ts';
import { referenceWeights } from './reference.ts';

const shared = resolve(import.meta.dirname, '../../../../../../shared/data');
const symphonies = join(shared, 'symphonies');
const folders = ['etf37', 'stocks19'].map((name) => join(shared, 'prices', name));
const absent = ![symphonies, ...folders].every(existsSync);

/** Sessions on which all symbols that have prices have a bar; one of the folders ends with them. */
const FROM = '2014-01-02';
const UNTIL = '2018-07-17';

function realCloses(symbol: string): ClosesColumn | undefined {
  const file = folders.map((folder) => join(folder, `${symbol}.csv`)).find(existsSync);
  if (file === undefined) return undefined;
  const [header = [], ...rows] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((row) => row.split(','));
  const bars = rows.filter(([date = '']) => date >= FROM && date <= UNTIL);
  const adjusted = header.indexOf('adj_close');
  return { symbol, dates: bars.map(([date]) => date as NewYorkDate), closes: bars.map((bar) => Number(bar[adjusted])) };
}

/** A price that wanders as its symbol says: the same name, the same prices. */
function generatedCloses(symbol: string, dates: readonly NewYorkDate[]): ClosesColumn {
  let state = [...symbol].reduce((seed, letter) => (Math.imul(seed, 31) + letter.charCodeAt(0)) >>> 0, 7);
  let close = 50;
  const closes = dates.map(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    close *= 1 + (state / 4_294_967_296 - 0.495) / 30;
    return close;
  });
  return { symbol, dates, closes };
}

function treeOf(file: string): Tree {
  const imported = importSymphony(readFileSync(join(symphonies, file), 'utf8'), file);
  if (imported.kind === 'refused') throw new Error(`${file} was refused: ${JSON.stringify(imported.problems)}`);
  return imported.strategy.tree;
}

/** @param days the last so many. */
function gridFor(tree: Tree, days: number): Grid {
  const dates = realCloses('SPY')?.dates.slice(-days) ?? [];
  const [first = ''] = dates;
  const columns = compile(tree).symbols.map((symbol) => {
    const { dates: own, closes } = realCloses(symbol) ?? generatedCloses(symbol, dates);
    const from = own.findIndex((date) => date >= first);
    return from === -1 ? { symbol, dates: [], closes: [] } : { symbol, dates: own.slice(from), closes: closes.slice(from) };
  });
  return gridOf({ anchor: FROM, columns }, dates);
}

function closesOn(grid: Grid, symbols: readonly string[]): Closes {
  return Object.fromEntries(
    symbols.map((symbol) => {
      const { closes, days } = grid.placed(symbol);
      const row: (number | null)[] = grid.dates.map(() => null);
      days.forEach((day, bar) => {
        if (day >= 0) row[day] = closes[bar] ?? null;
      });
      return [symbol, row];
    }),
  );
}

const files = absent ? ['none'] : readdirSync(symphonies).sort();

describe.skipIf(absent)(`the evaluator on real symphonies${absent ? ' (skipped: ../shared/data is absent)' : ''}`, () => {
  it.each(files)('answers %s on every day of four years, once its windows are full', (file) => {
    const tree = treeOf(file);
    const grid = gridFor(tree, 10_000);
    const answers = answersOn(tree, grid);
    expect(answers).toHaveLength(1143);
    const lastUndefined = answers.findLastIndex((answer) => 'undefined' in answer);
    // The longest window of the samples is 200 bars.
    expect(lastUndefined).toBeLessThan(260);
    for (const answer of answers.slice(lastUndefined + 1)) {
      const held = Object.values('weights' in answer ? answer.weights : {}).reduce((sum, weight) => sum + weight, 0);
      expect(Math.abs(held - 1)).toBeLessThan(1e-12);
    }
  });

  const questions = files.flatMap((file) => [
    { file, chosen: 'the usual options', options: DEFAULT_OPTIONS, days: [5, 150, 258, 259] },
    { file, chosen: 'all others', options: OTHER_OPTIONS, days: [150, 259] },
  ]);

  it.each(questions)('answers $file with $chosen as the plain reference does', ({ file, options, days }) => {
    const tree = treeOf(file);
    const program = compile(tree, options);
    const grid = gridFor(tree, 260);
    const evaluator = evaluatorOf(program, grid, measure);
    const world = { closes: closesOn(grid, program.symbols), sessions: grid.dates.map((_, day) => day), options };
    for (const day of days) {
      const answer = weightsOn(day, evaluator);
      const expected = referenceWeights(tree, day, world);
      const weights = answer.kind === 'weights' ? Object.fromEntries(answer.bySymbol) : undefined;
      expect(Object.keys(weights ?? {}).sort()).toEqual(Object.keys(expected ?? {}).sort());
      for (const [symbol, weight] of Object.entries(expected ?? {})) expect(weights?.[symbol]).toBeCloseTo(weight, 12);
      expect(weights === undefined).toBe(expected === undefined);
    }
  });
});
