import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countOfTrials } from '../../research/validation/trials/trial-count.ts';
import { FileTrialLedger } from '../../shared/adapters/local/file-trial-ledger.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { evenkeel } from './spoken.ts';

const SESSIONS = sessionsBetween('2020-01-02', '2023-12-29').map(({ date }) => date);
const ROTATION =
  'strategy: Rotation\nrebalance: { every: month }\ntree: { filter: { top: 1, by: { cumulative-return: 20 }, of: [SPY, TLT, GLD] } }\n';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-walk-'));
  mkdirSync(join(folder, 'prices'));
  for (const [place, symbol] of ['SPY', 'TLT', 'GLD', 'IWM'].entries()) {
    const rows = SESSIONS.map((date, day) => `${date},${(100 + 10 * Math.sin(day / (20 + 7 * place)) + day / 30).toFixed(4)}`);
    writeFileSync(join(folder, 'prices', `${symbol}.csv`), ['date,close', ...rows, ''].join('\n'));
  }
  writeFileSync(join(folder, 'rotation.yaml'), ROTATION);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const VARIES = ['--vary', 'tree.filter.top=1,2', '--vary', 'tree.filter.by.cumulative-return=10,20,40'];
const FOLDS = ['--train', '252', '--test', '126'];
const walk = (...more: string[]) =>
  evenkeel(['walk-forward', join(folder, 'rotation.yaml'), '--prices', join(folder, 'prices'), '--workers', '1', ...more]);
const bytesOf = (out: string) => readdirSync(join(folder, out)).map((name) => [name, readFileSync(join(folder, out, name), 'utf8')]);
const fileOf = (out: string, name: string) => readFileSync(join(folder, out, name), 'utf8');

describe('evenkeel walk-forward', { timeout: 120_000 }, () => {
  it('writes the same bytes on one worker and on three, and again over its own', async () => {
    const written = (out: string, workers: string) =>
      walk(...VARIES, ...FOLDS, '--benchmark', 'IWM', '--workers', workers, '--out', join(folder, out));
    expect((await written('one', '1')).code).toBe(0);
    expect((await written('three', '3')).code).toBe(0);
    expect(bytesOf('three')).toEqual(bytesOf('one'));
    expect(readdirSync(join(folder, 'one')).sort()).toEqual(['folds.csv', 'returns.csv', 'tried.csv', 'walk-forward.json']);
    const before = bytesOf('one');
    expect((await written('one', '2')).code).toBe(0);
    expect(bytesOf('one')).toEqual(before);
  });

  it('leaves another walk that is there as it is, and says so before it walks', async () => {
    const out = join(folder, 'taken');
    expect((await walk('--vary', 'tree.filter.top=1,2', ...FOLDS, '--out', out)).code).toBe(0);
    const before = bytesOf('taken');
    const err = expect.stringContaining(`--out ${out}: the walk there is of another file, other values`);
    expect(await walk('--vary', 'tree.filter.top=1,3', ...FOLDS, '--out', out)).toMatchObject({ code: 2, out: '', err });
    expect(await walk('--vary', 'tree.filter.top=1,2', ...FOLDS, '--metric', 'cagr', '--out', out)).toMatchObject({ code: 2, err });
    expect(bytesOf('taken')).toEqual(before);
  });

  it('warns of closes that are missing, in text and document', async () => {
    const holes = join(folder, 'holes');
    mkdirSync(holes);
    for (const symbol of ['SPY', 'TLT', 'GLD']) {
      const rows = readFileSync(join(folder, 'prices', `${symbol}.csv`), 'utf8').split('\n');
      writeFileSync(join(holes, `${symbol}.csv`), rows.filter((row) => symbol !== 'GLD' || row.slice(0, 10) !== '2021-06-01').join('\n'));
    }
    const asked = [
      'walk-forward',
      join(folder, 'rotation.yaml'),
      '--prices',
      holes,
      '--workers',
      '1',
      ...FOLDS,
      '--vary',
      'tree.filter.top=1,2',
    ];
    const detail = 'closes are missing between the first and the last of a symbol: of GLD on 2021-06-01';
    const { code, err } = await evenkeel(asked);
    expect([code, err]).toEqual([0, expect.stringContaining(detail)]);
    const others = [{ code: 'unpriced-fees' }, { code: 'no-volumes' }];
    expect(JSON.parse((await evenkeel([...asked, '--json'])).out).warnings).toMatchObject([{ code: 'missing-closes', detail }, ...others]);
    expect(JSON.parse((await walk(...VARIES, ...FOLDS, '--json')).out).warnings).toMatchObject(others);
  });

  it('tells folds, record and doubts to a person, and all of it to a program', async () => {
    const asked = [...VARIES, ...FOLDS, '--benchmark', 'IWM', '--out', join(folder, 'told')];
    const { out } = await walk(...asked);
    // 1006 sessions, of which 41 come before the first decision and one is its day: 964 bars, 252 trained on, 40 purged: five tests and the rest.
    expect(out).toMatch(
      /^6 folds, tested from 2021-04-\d\d to 2023-12-29\. Each chosen by Sharpe on the 252 bars that end 40 before its test/,
    );
    for (const said of ['in sample', 'out of sample', 'IWM', 'above the luck of 6 trials', 'held throughout', 'usual value'])
      expect(out).toContain(said);
    expect(out).toContain('Only the 6 variants of this walk are counted.');

    const document = JSON.parse((await walk(...asked, '--json')).out) as {
      walk: string;
      folds: { test: { first: string; last: string }; chosen: Record<string, string> }[];
      trials: { count: number };
    };
    expect(document).toMatchObject({
      ...{ metric: 'sharpe', hypothesis: null, benchmarkSymbol: 'IWM', evaluations: 36, refused: [] },
      rule: { kind: 'rolling', trainingBars: 252, testBars: 126, purgeBars: 40, embargoBars: 0, lookback: 40 },
      search: { kind: 'grid', tries: 6, seed: 1 },
      trials: { from: 'this walk', count: 6 },
    });
    expect(JSON.parse(fileOf('told', 'walk-forward.json'))).toEqual(document);
    expect(fileOf('told', 'folds.csv').split('\n')).toHaveLength(8);
    expect(fileOf('told', 'tried.csv').split('\n')).toHaveLength(38);
    const [header, ...bars] = fileOf('told', 'returns.csv').trim().split('\n');
    expect(header).toBe('date,fold,return,equity,IWM');
    expect([bars[0]?.slice(0, 12), bars.at(-1)?.slice(0, 12)]).toEqual([`${document.folds[0]?.test.first},1`, '2023-12-29,6']);
  });

  it.each([
    ['random', ['--tries', '3'], 3],
    ['halving', ['--tries', '4'], 4],
    ['bayesian', ['--tries', '5', '--seed', '9'], 5],
  ])('searches otherwise when asked to: %s', async (search, more, tries) => {
    const { code, out } = await walk(...VARIES, ...FOLDS, '--anchored', '--search', search, ...more, '--metric', 'calmar', '--json');
    expect(code).toBe(0);
    const found = JSON.parse(out) as { search: unknown; trials: { count: number }; folds: { training: { first: string } }[] };
    expect(found).toMatchObject({ search: { kind: search, tries }, metric: 'calmar', rule: { kind: 'anchored' } });
    expect(found.trials.count).toBeLessThanOrEqual(6);
    expect(new Set(found.folds.map(({ training }) => training.first)).size).toBe(1);
  });

  it('walks the schedules of a portfolio too, which looks back on nothing and is purged by nothing', async () => {
    const file = join(folder, 'half.yaml');
    writeFileSync(
      file,
      `portfolio: half
account: { name: half }
schedules: { monthly: { at: close-25m, every: month, on: last, band: { absolute: 5% } } }
sleeves: { core: { capital: 100%, strategy: { specified: { SPY: 50%, TLT: 50% } } } }
`,
    );
    const varied = ['--vary', 'schedules.monthly.band.absolute=1%,5%', '--vary', 'schedules.monthly.every=month,quarter'];
    const prices = ['--prices', join(folder, 'prices'), '--workers', '1'];
    const { code, out } = await evenkeel(['walk-forward', file, ...varied, ...FOLDS, ...prices, '--json']);
    expect(code).toBe(0);
    // 1006 sessions, the first of which is the start.
    expect(JSON.parse(out)).toMatchObject({
      ...{ rule: { lookback: 0, purgeBars: 0 }, trials: { count: 4 }, refused: [], last: '2023-12-29' },
      folds: Array.from({ length: 6 }, () => ({ chosen: { 'schedules.monthly.every': expect.stringMatching(/month|quarter/) } })),
    });
  });

  it('says where a smaller purge lets a test begin on what its choice was made on, and which variants were refused', async () => {
    const { code, out } = await walk('--vary', 'tree.filter.top=0,1,2', ...FOLDS, '--purge', '5');
    expect(code).toBe(0);
    expect(out.replaceAll('\n', ' ')).toContain('the strategy looks back 20 bars, the purge is 5');
    // Notes are as wide as other texts.
    expect(out).toMatch(/^Tests begin with [^\n]{50,64}\n[^\n]+$/m);
    expect(out).toContain('1 variant was refused: tree.filter.top=0 (tree.filter.top: 0, expected');
    expect(out).toContain('above the luck of 3 trials');
  });

  it('fails where every variant is refused, with the first reason, after it has written the walk', async () => {
    const refused = ['--vary', 'tree.filter.top=0,-1', ...FOLDS, '--out', join(folder, 'none')];
    const { code, out, err } = await walk(...refused);
    expect([code, out, err]).toEqual([
      1,
      '',
      expect.stringMatching(/all 2 variants are refused, the first because of tree\.filter\.top: 0, expected/),
    ]);
    expect(JSON.parse(fileOf('none', 'walk-forward.json')).refused).toHaveLength(2);
    const said = await walk(...refused, '--json');
    expect([said.code, said.err]).toEqual([1, '']);
    expect(JSON.parse(said.out)).toMatchObject({ error: { code: 'every-variant-refused' }, refused: [{}, {}] });
  });

  it('counts every variant as a trial before it is lived, once, and asks the ledger how many there were', async () => {
    const trials = join(folder, 'trials.jsonl');
    const asked = [...VARIES, ...FOLDS, '--trials', trials, '--hypothesis', 'rotation'];
    const unknown = await walk(...asked);
    expect([unknown.code, unknown.err.includes('not-registered')]).toEqual([2, true]);
    const ledger = new FileTrialLedger(trials);
    const holdout = { first: '2023-01-03', last: '2023-12-29' } as const;
    await ledger.append([{ kind: 'registered', hypothesis: 'rotation', document: '0'.repeat(64), trialsMax: 7, holdout }], 0);

    const sealed = await walk(...asked, '--out', join(folder, 'sealed'));
    expect([sealed.code, sealed.err.includes('inside-holdout')]).toEqual([2, true]);
    expect(readdirSync(join(folder, 'sealed'))).toEqual([]);
    expect(await ledger.entries('rotation')).toHaveLength(1);

    const before = [...asked, '--to', '2022-12-30'];
    expect((await walk(...before)).code).toBe(0);
    const entries = await ledger.entries('rotation');
    expect(countOfTrials(entries)).toMatchObject({ variants: 6, evaluations: 6, withoutEnd: 0 });
    // Another walk over one more value: seven variants are what the ledger knows, whoever tried them.
    const others = (values: string) => ['--vary', 'tree.filter.top=1', '--vary', `tree.filter.by.cumulative-return=${values}`];
    const more = await walk(...others('10,30'), ...before.slice(4), '--json');
    expect(JSON.parse(more.out)).toMatchObject({ hypothesis: 'rotation', trials: { from: 'ledger', count: 7 } });
    // Other folds of the same period are no further trial; the same folds of another one are.
    expect((await walk(...before, '--anchored')).code).toBe(0);
    expect(countOfTrials(await ledger.entries('rotation'))).toMatchObject({ variants: 7 });
    const earlier = await walk(...asked, '--to', '2022-11-30');
    expect([earlier.code, earlier.err.includes('over-budget'), earlier.err.includes('counts again')]).toEqual([2, true, true]);
    const over = await walk(...others('11,12'), ...before.slice(4));
    expect([over.code, over.err.includes('over-budget')]).toEqual([2, true]);
  });

  it.each([
    ['a path that is not in the file', ['--vary', 'tree.filter.tops=1', ...FOLDS], 'stands in the file'],
    ['folds that do not fit', [...VARIES, '--train', '930'], '964 bars'],
    ['no training', [...VARIES, '--train', '0'], '--train "0"'],
    ['a purge that is no number', [...VARIES, ...FOLDS, '--purge', 'all'], '--purge "all"'],
    ['an unknown search', [...VARIES, '--search', 'luck'], 'Allowed choices are grid, random, halving, bayesian'],
    ['tries of a grid', [...VARIES, '--tries', '5'], '--tries 5: expected only with a --search'],
    ['more tries than a Bayesian search can think about', [...VARIES, '--search', 'bayesian', '--tries', '300'], 'at most 200'],
    ['a benchmark without prices', [...VARIES, ...FOLDS, '--benchmark', 'NONE'], 'NONE'],
    ['no workers', [...VARIES, ...FOLDS, '--workers', '0'], 'from 1 to 256'],
  ])('refuses %s', async (_, more, said) => {
    const { code, err } = await walk(...more);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });

  it('says before it walks that a folder cannot be written to', async () => {
    const { code, err } = await walk(...VARIES, ...FOLDS, '--out', join(folder, 'rotation.yaml', 'out'));
    expect([code, err.includes('cannot be written to')]).toEqual([2, true]);
  });

  it.skipIf(!existsSync('/proc/self'))('says so too of a place that has no folders, such as /proc (skipped without it)', async () => {
    const { code, err } = await walk(...VARIES, ...FOLDS, '--out', '/proc/evenkeel/walked');
    expect([code, err]).toEqual([2, expect.stringContaining('--out /proc/evenkeel/walked: it cannot be written to (no such folder')]);
  });

  it('stops at Ctrl-C, with nothing written and every trial that was begun ended', async () => {
    const trials = join(folder, 'stopped.jsonl');
    const ledger = new FileTrialLedger(trials);
    const holdout = { first: '2024-01-02', last: '2024-12-31' } as const;
    await ledger.append([{ kind: 'registered', hypothesis: 'many', document: '0'.repeat(64), trialsMax: 99, holdout }], 0);
    const days = Array.from({ length: 60 }, (_, at) => String(5 + at)).join(',');
    const out = join(folder, 'stopped');
    const counted = ['--trials', trials, '--hypothesis', 'many', '--workers', '1', '--out', out];
    const running = walk('--vary', `tree.filter.by.cumulative-return=${days}`, ...FOLDS, ...counted);
    while ((await ledger.entries('many')).length < 4) await new Promise((resolve) => setTimeout(resolve, 1));
    process.emit('SIGINT');
    const { code, err } = await running;
    expect([code, err.includes('nothing was written')]).toEqual([1, true]);
    expect(readdirSync(out)).toEqual([]);
    const count = countOfTrials(await ledger.entries('many'));
    expect(count.evaluations).toBeLessThan(60);
    expect(count.withoutEnd).toBe(0);
  });
});
