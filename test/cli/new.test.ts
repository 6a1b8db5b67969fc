import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quadraticSolver } from '../../shared/adapters/solvers/quadratic-solver.ts';
import { parseStrategyYaml } from '../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { TEMPLATES } from '../../shared/contracts/strategy-file/template.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { evaluate, symbolsOf, watchedSymbols } from '../../shared/core/strategy/evaluate.ts';
import { DEFAULT_OPTIONS } from '../../shared/core/strategy/options.ts';
import { usualOf } from '../../shared/core/strategy/ready-made/ready-made.ts';
import { READY_MADES } from '../../shared/core/strategy/ready-made/ready-mades.ts';
import type { Tree } from '../../shared/core/strategy/tree.ts';
import { givenOf, readyMadeTree } from '../builders/ready-made.ts';
import { wander } from '../docs/made-up-closes.ts';
import { evenkeel } from './spoken.ts';

const AS_OF = '2024-01-08';
/** Long enough for every usual lookback. */
const DATES = sessionsBetween('2021-01-04', AS_OF).map(({ date }) => date);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-new-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function treeIn(text: string): Tree {
  const read = parseStrategyYaml(text, 'template');
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
  return read.strategy.tree;
}

const namedIn = (tree: Tree) => [...new Set([...symbolsOf(tree), ...watchedSymbols(tree)])];
/** Bars that reach a hundredth beyond their close either way. */
const barsOf = (place: number) =>
  wander(DATES.length, 1_000 + place * 77).map((close) => ({ close, high: close * 1.01, low: close * 0.99, volume: 1_000 }));

function columnOf(symbol: string, place: number) {
  const bars = barsOf(place);
  return {
    symbol,
    dates: DATES,
    closes: bars.map(({ close }) => close),
    highs: bars.map(({ high }) => high),
    lows: bars.map(({ low }) => low),
    volumes: bars.map(({ volume }) => volume),
  };
}

describe.each(TEMPLATES)('the template of $kind', ({ kind, about, text }) => {
  it('decides as it stands, on any closes that are long enough', () => {
    const tree = treeIn(text);
    const columns = namedIn(tree).map(columnOf);
    const decided = evaluate(tree, { anchor: DATES[0] ?? AS_OF, columns }, undefined, AS_OF, DEFAULT_OPTIONS, quadraticSolver);
    expect(decided).toMatchObject({ kind: 'weights', leftOut: [] });
  });

  it('is accepted by check in a portfolio that names it, and by signal', async () => {
    const home = join(folder, kind);
    const prices = join(home, 'prices');
    mkdirSync(prices, { recursive: true });
    for (const [place, symbol] of namedIn(treeIn(text)).entries()) {
      const rows = barsOf(place).map(({ close, high, low, volume }, day) => [DATES[day], close, high, low, volume].join(','));
      writeFileSync(join(prices, `${symbol}.csv`), ['date,close,high,low,volume', ...rows, ''].join('\n'));
    }
    const file = join(home, 'mine.yaml');
    const written = await evenkeel(['new', kind, '--out', file]);
    expect([written.code, written.out, written.err]).toEqual([0, `${kind} written to ${file}\n`, '']);
    expect(readFileSync(file, 'utf8')).toBe(text);
    const portfolio = join(home, 'portfolio.yaml');
    writeFileSync(
      portfolio,
      `portfolio: mine
schedules: { monthly: { at: close-25m, every: month } }
sleeves: { all: { capital: 100%, strategy: { file: mine.yaml } } }
limits: { position: 100% }
`,
    );
    expect(await evenkeel(['check', portfolio])).toMatchObject({ code: 0, err: '' });
    const signal = await evenkeel(['signal', file, '--prices', prices, '--as-of', AS_OF, '--explain']);
    expect([signal.code, signal.err]).toEqual([0, '']);
    expect(signal.out).toContain(`My ${kind} at the close of ${AS_OF}`);
  });

  it('says what it is', () => {
    expect(text.replaceAll('\n# ', ' ')).toContain(about);
    for (const line of text.split('\n')) expect(line.trimEnd()).toBe(line);
  });
});

describe.each(READY_MADES)('the template of $name', ({ name, parameters }) => {
  const text = TEMPLATES.find(({ kind }) => kind === name)?.text ?? '';

  it('has every parameter at its usual value, or at its example', () => {
    const kind = READY_MADES.find((each) => each.name === name);
    expect(treeIn(text)).toEqual(kind && readyMadeTree(name, givenOf(kind)));
  });

  it('explains every parameter above it', () => {
    const unwrapped = text.replaceAll('\n    # ', ' ');
    for (const [key, parameter] of Object.entries(parameters)) {
      const before = unwrapped.slice(0, unwrapped.indexOf(`\n    ${key}: `));
      const above = before.slice(before.lastIndexOf('\n'));
      expect(above).toContain(parameter.about);
      expect(above.includes('; usually ')).toBe(usualOf(parameter) !== undefined);
    }
  });
});

describe('evenkeel new', () => {
  it('lists the kinds with a line for each', async () => {
    const { code, out, err } = await evenkeel(['new']);
    expect([code, err]).toEqual([0, '']);
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(TEMPLATES.map(({ kind }) => kind));
    expect(lines).toContain(
      'dual-momentum             Holds the one symbol of a list that earned most, as long as it earned more than bills over the same time',
    );
    expect(TEMPLATES.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['tree', ...READY_MADES.map(({ name }) => name)]));
  });

  it('prints the template where no file is named', async () => {
    const { code, out } = await evenkeel(['new', 'tree']);
    expect(code).toBe(0);
    expect(treeIn(out)).toMatchObject({ kind: 'if' });
  });

  it('prints one JSON document', async () => {
    const listed = JSON.parse((await evenkeel(['new', '--json'])).out);
    expect(listed.kinds).toContainEqual({ kind: 'specified', about: 'Fixed weights, of symbols and of strategies.' });
    const template = JSON.parse((await evenkeel(['new', 'tree', '--json'])).out);
    expect(template).toEqual({ kind: 'tree', out: null, text: TEMPLATES.find(({ kind }) => kind === 'tree')?.text });
    const file = join(folder, 'json.yaml');
    expect(JSON.parse((await evenkeel(['new', 'tree', '--out', file, '--json'])).out)).toMatchObject({ out: file });
  });

  it('writes over no file unless it is told to', async () => {
    const file = join(folder, 'precious.yaml');
    writeFileSync(file, 'precious');
    const refused = await evenkeel(['new', 'tree', '--out', file]);
    expect([refused.code, refused.out]).toEqual([2, '']);
    expect(refused.err).toContain(`--out ${file}: it exists (--force replaces it)`);
    expect(readFileSync(file, 'utf8')).toBe('precious');
    expect((await evenkeel(['new', 'tree', '--out', file, '--force'])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(TEMPLATES.find(({ kind }) => kind === 'tree')?.text);
  });

  it.each([
    [['new', 'dual-momentun'], 'unknown kind "dual-momentun": expected dual-momentum, the nearest known kind'],
    [['new', 'alchemy'], 'unknown kind "alchemy": expected one of tree, specified, volatility-target, '],
    [['new', '--out', 'never.yaml'], '--out needs a kind'],
    [['new', 'tree', '--force'], '--force needs --out <file>'],
    [['new', 'tree', '--out', join(tmpdir(), 'no-such-folder-of-evenkeel', 'x.yaml')], 'no such folder'],
  ])('refuses %j', async (args, message) => {
    const { code, out, err } = await evenkeel(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(existsSync('never.yaml')).toBe(false);
  });
});
