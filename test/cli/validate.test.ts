// evenkeel validate, in process, on made-up prices.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededChance } from '../../research/validation/statistics/chance.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { normalReturns, rememberingReturns } from '../research/validation/statistics/made-up-returns.ts';
import { evenkeel } from './spoken.ts';

const SESSIONS = sessionsBetween('2018-01-02', '2021-12-30').map(({ date }) => date);
let folder = '';
const file = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-validate-'));
  mkdirSync(file('prices'));
  const write = (symbol: string, returns: Float64Array): void => {
    let close = 100;
    const rows = SESSIONS.map((date, day) => {
      close *= 1 + (returns[day] as number);
      return `${date},${close.toFixed(6)}`;
    });
    writeFileSync(join(file('prices'), `${symbol}.csv`), ['date,close', ...rows, ''].join('\n'));
  };
  // One goes on where it went the day before; the other does not know what it did.
  write('SPY', rememberingReturns(SESSIONS.length, 0.35, 5));
  write('TLT', normalReturns(SESSIONS.length, 0, 0.005, seededChance(6)));
  writeFileSync(file('halves.yaml'), 'strategy: Halves\nrebalance: { every: month }\ntree: { equal: [SPY, TLT] }\n');
  for (const symbol of ['SPY', 'TLT']) {
    const lines = [
      `strategy: Follow ${symbol}`,
      'rebalance: { every: day }',
      'decide-on: live-quote',
      'tree:',
      '  if:',
      `    when: { gt: [{ cumulative-return: [${symbol}, 1] }, 0] }`,
      `    then: ${symbol}`,
      '    else: cash',
      '',
    ];
    writeFileSync(file(`follow-${symbol}.yaml`), lines.join('\n'));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const validate = (name: string, ...more: string[]) =>
  evenkeel(['validate', file(name), '--prices', file('prices'), '--samples', '200', '--permutations', '19', ...more]);
const document = async (name: string, ...more: string[]) => JSON.parse((await validate(name, '--json', ...more)).out) as Document;
interface Document {
  readonly record: { readonly sharpe: number };
  readonly slippage: readonly { readonly sharpe: number }[];
  readonly correlations: readonly { readonly volatility: number }[];
  readonly permutation: { readonly p: number; readonly observed: number; readonly permutations: number };
}

describe('evenkeel validate', () => {
  it('says on a page how sure a backtest is and what it hangs on', async () => {
    const { code, out } = await validate('halves.yaml', '--benchmark', 'SPY');
    expect(code).toBe(0);
    for (const said of [
      'Halves from 2018-01-0',
      'years needed',
      'permuted markets',
      'p against SPY',
      'Sharpe at 3x slippage',
      'best 10 days',
      'bear',
    ])
      expect(out).toContain(said);
    expect((await validate('halves.yaml')).out).not.toContain('bear');
  });

  it('prints one JSON document, the same for the same seed', async () => {
    const found = await document('halves.yaml', '--seed', '3');
    expect(found).toMatchObject({ name: 'Halves', benchmark: null, seed: 3, samples: 200, permutation: { permutations: 19 } });
    expect(await document('halves.yaml', '--seed', '3')).toEqual(found);
    expect(found.slippage).toHaveLength(3);
    const volatilities = found.correlations.map(({ volatility }) => volatility);
    expect(volatilities).toHaveLength(5);
    expect(volatilities.toSorted((left, right) => left - right)).toEqual(volatilities);
    expect(found.slippage[0]?.sharpe).toBeCloseTo(found.record.sharpe, 9);
    expect(found.slippage[2]?.sharpe).toBeLessThan(found.slippage[0]?.sharpe ?? 0);
  });

  it('tells a strategy on a market that remembers from the same one where nothing follows', async () => {
    expect((await document('follow-SPY.yaml', '--cost-bps', '0')).permutation.p).toBe(1 / 20);
    expect((await document('follow-TLT.yaml', '--cost-bps', '0')).permutation.p).toBeGreaterThan(0.05);
  });

  it.each([
    ['--samples', '0'],
    ['--permutations', 'many'],
    ['--seed', '-1'],
    ['--benchmark', 'spy!'],
    ['--from', '2030-02-30'],
  ])('refuses %s %s with exit 2', async (name, value) => {
    const { code, err } = await validate('halves.yaml', name, value);
    expect(code).toBe(2);
    expect(err).toContain(name);
  });

  it('refuses dates without prices', async () => {
    expect((await validate('halves.yaml', '--from', '2022-06-01')).code).not.toBe(0);
  });
});
