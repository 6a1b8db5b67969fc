// evenkeel validate, in process, on made-up prices.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ValidationDocument } from '../../cli/validate/validation-document.ts';
import { seededChance } from '../../research/validation/statistics/chance.ts';
import { countOfTrials } from '../../research/validation/trials/trial-count.ts';
import { FileTrialLedger } from '../../shared/adapters/local/file-trial-ledger.ts';
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
interface Document extends Pick<ValidationDocument, 'family' | 'checks'> {
  readonly warnings: readonly object[];
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
      'best day ',
      'best 10 days',
      'bear',
    ])
      expect(out).toContain(said);
    expect((await validate('halves.yaml')).out).not.toContain('bear');
  });

  it('warns of closes that are missing, in text, document and sheet', async () => {
    mkdirSync(file('holes'));
    for (const symbol of ['SPY', 'TLT']) {
      const rows = readFileSync(join(file('prices'), `${symbol}.csv`), 'utf8').split('\n');
      const kept = rows.filter((row) => symbol === 'TLT' || !['2020-03-09', '2020-03-10'].includes(row.slice(0, 10)));
      writeFileSync(join(file('holes'), `${symbol}.csv`), kept.join('\n'));
    }
    const asked = (...more: string[]) =>
      evenkeel(['validate', file('halves.yaml'), '--prices', file('holes'), '--samples', '50', '--permutations', '3', ...more]);
    const detail = 'closes are missing between the first and the last of a symbol: of SPY on 2 days, the first 2020-03-09';
    const { code, err } = await asked('--report', file('holes.html'));
    expect([code, err]).toEqual([0, expect.stringContaining(detail)]);
    expect(readFileSync(file('holes.html'), 'utf8')).toContain('<strong>Missing closes</strong> Closes are missing between');
    expect(JSON.parse((await asked('--json')).out).warnings).toContainEqual({ code: 'missing-closes', detail });
    expect((await document('halves.yaml')).warnings).not.toContainEqual(expect.objectContaining({ code: 'missing-closes' }));
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
    const p = async (name: string) => (await document(name, '--cost-bps', '0', '--permutations', '99')).permutation.p;
    expect(await p('follow-SPY.yaml')).toBe(1 / 100);
    expect(await p('follow-TLT.yaml')).toBeGreaterThan(2 / 100);
  });

  it('holds a file beside its variants, the own value among them, and says what stands beside it', async () => {
    writeFileSync(
      file('top.yaml'),
      'strategy: Top\nrebalance: { every: month }\ntree: { filter: { top: 1, by: { cumulative-return: 20 }, of: [SPY, TLT] } }\n',
    );
    const vary = ['--vary', 'tree.filter.by.cumulative-return=60,5,120,10', '--vary', 'tree.filter.top=2,0'];
    const { family, checks } = await document('top.yaml', '--benchmark', 'SPY', ...vary);
    // Five windows and three tops; none at all cannot be the top.
    expect(family).toMatchObject({
      variants: 15,
      varied: [
        { path: 'tree.filter.by.cumulative-return', values: ['5', '10', '20', '60', '120'], own: '20' },
        { path: 'tree.filter.top', values: ['0', '1', '2'], own: '1' },
      ],
    });
    expect(family?.refused).toHaveLength(5);
    expect(family?.members).toHaveLength(10);
    expect(family?.neighbours[0]).toMatchObject({ below: { value: '10' }, above: { value: '60' } });
    expect(checks.filter(({ kind }) => kind === 'search').map(({ name }) => name)).toEqual([
      'Deflated Sharpe ratio',
      'Over-fitting (PBO)',
      'False discoveries',
      'Neighbouring values',
      'Sharp peak',
      'Superior ability (Hansen)',
      'Reality Check (White)',
    ]);
    const { code, out } = await validate('top.yaml', ...vary);
    expect(code).toBe(0);
    for (const said of [
      '15 variants on the',
      '5 were refused',
      'Sharpe at tree.filter.top 2',
      '20, 1 (the file)',
      'p against cash',
      'a sharp peak',
    ])
      expect(out).toContain(said);
  });

  it('says the same of a file with and without its variants', async () => {
    const { family, checks, ...alone } = await document('halves.yaml');
    const { family: found, checks: more, ...beside } = await document('halves.yaml', '--vary', 'rebalance.every=week,month');
    expect([family, found?.variants]).toEqual([null, 2]);
    expect(beside).toEqual(alone);
    expect(more.slice(0, checks.length)).toEqual(checks);
  });

  it('writes the tear sheet with its checks, what it hangs on and its variants', async () => {
    const report = file('halves.html');
    const { code, err } = await validate('halves.yaml', '--benchmark', 'SPY', '--vary', 'rebalance.every=week,month', '--report', report);
    const page = readFileSync(report, 'utf8');
    expect([code, err.includes('refused')]).toEqual([0, false]);
    // What it is warned of is what its sheet warns of.
    expect(err).toContain('no impact is counted where volumes are not known: SPY, TLT; ');
    for (const line of err.trimEnd().split('\n')) expect(page).toContain(line.slice(1));
    for (const said of [
      'evenkeel <span>validate</span>',
      'Twice the slippage',
      'rebalance.every: return a year',
      'Start date: return a year',
      'Slippage: return a year',
      'Every variant, the best first',
      'a policy claims no edge',
    ])
      expect(page).toContain(said);
    const { checks } = await document('halves.yaml', '--benchmark', 'SPY', '--vary', 'rebalance.every=week,month');
    const held = checks.filter(({ holds }) => holds === true).length;
    expect(page).toMatch(new RegExp(`<li class="mark held"><span aria-hidden="true">✓</span> ${held} hold</li>`));
    expect((await validate('halves.yaml', '--report', join(folder, 'gone', 'x.html'))).code).toBe(2);
  });

  it('repeats in sheet and answer that a portfolio is live by override, by whom and why', async () => {
    const lines = [
      'portfolio: risky',
      'account: { mode: live, number: 12345678, live-override: { by: anna, reason: trying it with little money } }',
      'schedules: { monthly: { at: close-25m, every: month } }',
      'limits: { position: 100% }',
      'sleeves: { a: { capital: 100%, strategy: { equal: [SPY, TLT] } } }',
      '',
    ];
    writeFileSync(file('risky.yaml'), lines.join('\n'));
    const [report, said] = [file('risky.html'), 'by anna: trying it with little money'];
    expect((await validate('risky.yaml', '--report', report)).err).toContain(said);
    expect(readFileSync(report, 'utf8')).toMatch(new RegExp(`Live by override</strong> [^<]*${said}`));
    expect(JSON.stringify((await document('risky.yaml')).warnings)).toContain(said);
    rmSync(report);
    expect((await evenkeel(['backtest', file('risky.yaml'), '--prices', file('prices'), '--report', report])).err).toContain(said);
    expect(readFileSync(report, 'utf8')).toContain(said);
  });

  it.each([
    [['--vary', 'tree.filter.top'], 'expected a path and values'],
    [['--vary', 'tree.nothing=1,2'], 'the path of a value that stands in the file'],
    [['--vary', `rebalance.every=${Array.from({ length: 501 }, (_, at) => at).join(',')}`], 'at most 500'],
    [['--verdict', 'a.verdict.json'], 'expected --report too'],
    [['--keys', 'keys.json'], 'expected --verdict too'],
  ])('refuses %j with exit 2', async (more, expected) => {
    const { code, err } = await validate('halves.yaml', ...more);
    expect([code, err.includes(expected)]).toEqual([2, true]);
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

  it('stops at Ctrl-C with one document that says so, before and among its variants', async () => {
    const trials = file('stopped.jsonl');
    const ledger = new FileTrialLedger(trials);
    const holdout = { first: '2024-01-02', last: '2024-12-31' } as const;
    await ledger.append([{ kind: 'registered', hypothesis: 'many', document: '0'.repeat(64), trialsMax: 99, holdout }], 0);
    const days = Array.from({ length: 60 }, (_, at) => String(5 + at)).join(',');
    const vary = ['--vary', `tree.filter.by.cumulative-return=${days}`];
    writeFileSync(
      file('many.yaml'),
      'strategy: Many\nrebalance: { every: month }\ntree: { filter: { top: 1, by: { cumulative-return: 20 }, of: [SPY, TLT] } }\n',
    );
    const running = validate('many.yaml', ...vary, '--trials', trials, '--hypothesis', 'many', '--json');
    while ((await ledger.entries('many')).length < 4) await new Promise((resolve) => setTimeout(resolve, 1));
    process.emit('SIGINT');
    const among = await running;
    expect([among.code, JSON.parse(among.out)]).toEqual([1, { error: expect.objectContaining({ code: 'interrupted' }) }]);
    const count = countOfTrials(await ledger.entries('many'));
    expect([count.evaluations < 60, count.withoutEnd]).toEqual([true, 0]);

    const listening = process.listenerCount('SIGINT');
    const alone = validate('halves.yaml', '--permutations', '5000', '--json');
    while (process.listenerCount('SIGINT') === listening) await new Promise((resolve) => setTimeout(resolve, 1));
    process.emit('SIGINT');
    const before = await alone;
    expect([before.code, JSON.parse(before.out)]).toEqual([1, { error: expect.objectContaining({ code: 'interrupted' }) }]);
    expect(process.listenerCount('SIGINT')).toBe(listening);
  });

  it('refuses dates without prices', async () => {
    expect((await validate('halves.yaml', '--from', '2022-06-01')).code).not.toBe(0);
  });
});
