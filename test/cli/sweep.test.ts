import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countOfTrials } from '../../research/validation/trials/trial-count.ts';
import { FileTrialLedger } from '../../shared/adapters/local/file-trial-ledger.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { evenkeel } from './spoken.ts';

const SESSIONS = sessionsBetween('2022-01-03', '2023-12-29').map(({ date }) => date);
const ROTATION =
  'strategy: Rotation\nrebalance: { every: month }\ntree: { filter: { top: 1, by: { cumulative-return: 20 }, of: [SPY, TLT, GLD] } }\n';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-sweep-'));
  mkdirSync(join(folder, 'prices'));
  for (const [place, symbol] of ['SPY', 'TLT', 'GLD'].entries()) {
    const rows = SESSIONS.map((date, day) => `${date},${(100 + 10 * Math.sin(day / (20 + 7 * place)) + day / 30).toFixed(4)}`);
    writeFileSync(join(folder, 'prices', `${symbol}.csv`), ['date,close', ...rows, ''].join('\n'));
  }
  writeFileSync(join(folder, 'rotation.yaml'), ROTATION);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const VARIES = ['--vary', 'tree.filter.top=1,2', '--vary', 'tree.filter.by.cumulative-return=10,20,40'];
const sweep = (out: string, ...more: string[]) =>
  evenkeel(['sweep', join(folder, 'rotation.yaml'), '--prices', join(folder, 'prices'), '--out', join(folder, out), ...more]);
const fileOf = (out: string, name: string) => readFileSync(join(folder, out, name), 'utf8');

describe('evenkeel sweep', () => {
  it('runs every combination, the same ones on one worker and on three, and when it goes on from half of them', async () => {
    expect((await sweep('one', ...VARIES, '--workers', '1')).code).toBe(0);
    expect((await sweep('three', ...VARIES, '--workers', '3')).code).toBe(0);
    expect(fileOf('three', 'sweep.json')).toBe(fileOf('one', 'sweep.json'));
    expect(fileOf('three', 'sweep.csv')).toBe(fileOf('one', 'sweep.csv'));

    const lines = fileOf('one', 'variants.jsonl').split('\n');
    mkdirSync(join(folder, 'half'));
    writeFileSync(join(folder, 'half', 'variants.jsonl'), `${lines.slice(0, 4).join('\n')}\n{"pla`);
    expect((await sweep('half', ...VARIES, '--resume')).code).toBe(0);
    expect(fileOf('half', 'sweep.json')).toBe(fileOf('one', 'sweep.json'));
    expect(fileOf('half', 'variants.jsonl').split('\n').slice(0, 4)).toEqual(lines.slice(0, 4));
  });

  it('does not go on with what other code began', async () => {
    mkdirSync(join(folder, 'mixed'));
    const [, ...rows] = fileOf('one', 'variants.jsonl').split('\n');
    const begun = [JSON.stringify({ sweep: 'e'.repeat(64), source: 'd'.repeat(64) }), ...rows].join('\n');
    writeFileSync(join(folder, 'mixed', 'variants.jsonl'), begun);
    const { code, err } = await sweep('mixed', ...VARIES, '--resume');
    expect([code, err]).toEqual([2, expect.stringMatching(/begun by other code, d{12}, and this is [0-9a-f]{12}/)]);
    expect(fileOf('mixed', 'variants.jsonl')).toBe(begun);
  });

  it('says the best of them, and that each is a trial', async () => {
    const { out } = await sweep('said', ...VARIES);
    expect(out).toMatch(/^6 variants; the best by Sharpe:/);
    expect(out).toContain('Each counts as a trial');
    const { trials, rows } = JSON.parse(fileOf('said', 'sweep.json')) as {
      trials: number;
      rows: { outcome: { kind: string; returns: string } }[];
    };
    expect(trials).toBe(6);
    expect(new Set(rows.map(({ outcome }) => outcome.returns)).size).toBeGreaterThan(3);
  });

  it('counts a variant that cannot be, with what was wrong', async () => {
    const { code, out } = await sweep('refused', '--vary', 'tree.filter.top=1,0,x');
    expect(code).toBe(0);
    expect(out).toContain('3 variants, 2 of them refused');
    expect(out.replaceAll('\n', ' ')).toContain('2 variants were refused, such as tree.filter.top=0 (tree.filter.top: 0, expected');
    // What is quoted already is not quoted again.
    expect(fileOf('refused', 'sweep.csv')).not.toContain('\\');
    expect(fileOf('refused', 'sweep.csv')).toMatch(/^1,0,[^\n]*tree\.filter\.top/m);
  });

  it('fails where every variant is refused, with the first reason, after it has written all of them', async () => {
    const refused = ['--vary', 'tree.filter.top=0,-1'];
    const { code, out, err } = await sweep('none', ...refused);
    expect([code, out]).toEqual([1, expect.stringContaining('2 variants, all of them refused')]);
    expect(err).toMatch(/all 2 variants are refused, the first because of tree\.filter\.top: 0, expected/);
    expect(JSON.parse(fileOf('none', 'sweep.json'))).toMatchObject({ trials: 2 });
    expect(fileOf('none', 'sweep.csv').split('\n')).toHaveLength(4);
    const said = await sweep('none', ...refused, '--resume', '--json');
    expect([said.code, said.err]).toEqual([1, '']);
    expect(JSON.parse(said.out)).toMatchObject({ error: { code: 'every-variant-refused' }, trials: 2, rows: [{ place: 0 }, { place: 1 }] });
  });

  it.each([
    ['a path that is not in the file', ['--vary', 'tree.filter.tops=1'], 'stands in the file'],
    ['a vary without values', ['--vary', 'tree.filter.top'], 'expected a path and values'],
    ['no workers', [...VARIES, '--workers', '0'], 'from 1 to 256'],
  ])('refuses %s', async (_, more, said) => {
    const { code, err } = await sweep('bad', ...more);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });

  it('does not write over a sweep that was begun, nor go on with another', async () => {
    await sweep('kept', '--vary', 'tree.filter.top=1,2');
    expect((await sweep('kept', '--vary', 'tree.filter.top=1,2')).err).toContain('--resume');
    expect((await sweep('kept', '--vary', 'tree.filter.top=1,3', '--resume')).err).toContain('another file');
  });

  it('counts every variant as a trial of a hypothesis, and none of one that was not written down', async () => {
    const trials = join(folder, 'trials.jsonl');
    const counted = ['--vary', 'tree.filter.top=1,2', '--trials', trials];
    const unknown = await sweep('unknown', ...counted, '--hypothesis', 'rotation');
    expect([unknown.code, unknown.err.includes('not-registered')]).toEqual([2, true]);
    const ledger = new FileTrialLedger(trials);
    const holdout = { first: '2024-01-02', last: '2024-12-31' } as const;
    await ledger.append([{ kind: 'registered', hypothesis: 'rotation', document: '0'.repeat(64), trialsMax: 9, holdout }], 0);
    expect((await sweep('counted', ...counted, '--hypothesis', 'rotation')).code).toBe(0);
    const facts = (await ledger.entries('rotation')).map(({ fact }) => fact);
    expect(facts.map(({ kind }) => kind).sort()).toEqual(['registered', 'trial', 'trial', 'trial-ended', 'trial-ended']);
    expect(countOfTrials(await ledger.entries('rotation'))).toMatchObject({ variants: 2, evaluations: 2, withoutEnd: 0 });
    // The log has all of them: going on runs, and counts, nothing.
    expect((await sweep('counted', ...counted, '--hypothesis', 'rotation', '--resume')).code).toBe(0);
    expect(await ledger.entries('rotation')).toHaveLength(5);
  });

  it('takes its progress away before it says why it failed on the way', async () => {
    const trials = join(folder, 'full.jsonl');
    const holdout = { first: '2024-01-02', last: '2024-12-31' } as const;
    const facts = [{ kind: 'registered', hypothesis: 'rotation', document: '0'.repeat(64), trialsMax: 5, holdout }] as const;
    await new FileTrialLedger(trials).append(facts, 0);
    const files = [join(folder, 'rotation.yaml'), '--prices', join(folder, 'prices'), '--out', join(folder, 'full')];
    const counted = [
      '--vary',
      'tree.filter.by.cumulative-return=5,6,7,8,9,10,11,12',
      '--workers',
      '1',
      '--trials',
      trials,
      '--hypothesis',
      'rotation',
    ];
    const { code, err } = await evenkeel(['sweep', ...files, ...counted], { color: true });
    expect([code, err.includes('1 of 8 variants, about')]).toEqual([2, true]);
    const [left = ''] = err.split('\u001b[2K').slice(-1);
    expect(left.indexOf('error:')).toBe('\u001b[31m'.length);
  });

  it('counts what was run before anybody counted, when it goes on for a hypothesis', async () => {
    const trials = join(folder, 'late.jsonl');
    const asked = ['--vary', 'tree.filter.top=1,2'];
    await sweep('late', ...asked);
    const before = fileOf('late', 'variants.jsonl');
    const ledger = new FileTrialLedger(trials);
    const holdout = { first: '2024-01-02', last: '2024-12-31' } as const;
    await ledger.append([{ kind: 'registered', hypothesis: 'rotation', document: '0'.repeat(64), trialsMax: 9, holdout }], 0);
    const went = await sweep('late', ...asked, '--trials', trials, '--hypothesis', 'rotation', '--resume');
    expect([went.code, went.err.includes('2 variants were run before anybody counted')]).toEqual([0, true]);
    expect(countOfTrials(await ledger.entries('rotation'))).toMatchObject({ variants: 2, evaluations: 2, withoutEnd: 0 });
    expect(fileOf('late', 'variants.jsonl')).toBe(before);
  });

  it('counts the same variant at twice the cost as a second trial, says so, and asked again counts none', async () => {
    const trials = join(folder, 'terms.jsonl');
    const ledger = new FileTrialLedger(trials);
    const holdout = { first: '2024-01-02', last: '2024-12-31' } as const;
    await ledger.append([{ kind: 'registered', hypothesis: 'rotation', document: '0'.repeat(64), trialsMax: 9, holdout }], 0);
    const tried = async (out: string, ...more: string[]) => {
      const { code, err } = await sweep(out, '--vary', 'tree.filter.top=1,2', '--trials', trials, '--hypothesis', 'rotation', ...more);
      return [code, err.includes('counts again'), countOfTrials(await ledger.entries('rotation')).variants];
    };
    expect(await tried('usual')).toEqual([0, false, 2]);
    expect(await tried('double', '--cost-bps', '4')).toEqual([0, true, 4]);
    expect(await tried('double-again', '--cost-bps', '4.0')).toEqual([0, true, 4]);
    expect(await tried('usual-again')).toEqual([0, false, 4]);
    expect(await tried('cash', '--cash-rate', '2%')).toEqual([0, true, 6]);
    // The last day of the prices is said, and nothing is left out by that.
    expect(await tried('to-the-end', '--to', '2023-12-31')).toEqual([0, false, 6]);
    expect(await tried('earlier', '--to', '2023-06-30')).toEqual([0, true, 8]);
  });

  it('counts a value spelled otherwise as the same variant', async () => {
    const trials = join(folder, 'spelled.jsonl');
    const ledger = new FileTrialLedger(trials);
    const holdout = { first: '2024-01-02', last: '2024-12-31' } as const;
    await ledger.append([{ kind: 'registered', hypothesis: 'rotation', document: '0'.repeat(64), trialsMax: 9, holdout }], 0);
    for (const [out, values] of [
      ['as-it-is', '1,2'],
      ['spelled', '1.0,0x2'],
    ] as const)
      await sweep(out, '--vary', `tree.filter.top=${values}`, '--trials', trials, '--hypothesis', 'rotation');
    expect(countOfTrials(await ledger.entries('rotation'))).toMatchObject({ variants: 2, evaluations: 4 });
  });

  it('stops at Ctrl-C with what it has finished, and goes on from there', async () => {
    const days = Array.from({ length: 60 }, (_, at) => String(5 + at)).join(',');
    const many = ['--vary', `tree.filter.by.cumulative-return=${days}`, '--workers', '1'];
    const running = sweep('stopped', ...many);
    const file = join(folder, 'stopped', 'variants.jsonl');
    // The first line says which sweep it is.
    while (!existsSync(file) || readFileSync(file, 'utf8').split('\n').length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
    process.emit('SIGINT');
    const { code, err } = await running;
    expect([code, err.includes('--resume goes on')]).toEqual([1, true]);
    const finished = fileOf('stopped', 'variants.jsonl').split('\n').length - 2;
    expect(finished).toBeLessThan(60);
    expect((await sweep('stopped', ...many, '--resume')).code).toBe(0);
    expect(JSON.parse(fileOf('stopped', 'sweep.json'))).toMatchObject({ trials: 60 });
    expect((JSON.parse(fileOf('stopped', 'sweep.json')) as { rows: { place: number }[] }).rows.map(({ place }) => place)).toEqual(
      Array.from({ length: 60 }, (_, place) => place),
    );
  });
});
