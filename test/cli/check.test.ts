import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evenkeel } from './spoken.ts';

const minimal =
  'portfolio: tiny\nschedules: { daily: { at: close-25m, every: day } }\nsleeves: { core: { capital: 100%, strategy: { equal: [SPY, GLD, TLT, SHY] } } }\n';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-check-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('evenkeel check', () => {
  it('prints name, mode, symbols and the next five runs in New York and local time', async () => {
    const file = fileOf('tiny.yaml', minimal);
    const { code, out, err } = await evenkeel(['check', file, '--now', '2026-11-24T12:00:00Z']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`tiny  paper  ${file}\n  symbols  GLD SHY SPY TLT\n  daily  next runs\n`);
    // Thanksgiving is Thursday 26 November 2026; the exchange closes at 13:00 on the Friday.
    expect([...out.matchAll(/^ {4}(\S+ \S+) New York/gm)].map(([, at]) => at)).toEqual([
      '2026-11-24 15:35',
      '2026-11-25 15:35',
      '2026-11-27 12:35',
      '2026-11-30 15:35',
      '2026-12-01 15:35',
    ]);
    expect(out).toMatch(/2026-11-27 12:35 New York .*\(early close\)/);
  });

  it('says of a flawed strategy file what is wrong with the strategy, not what it lacks as a portfolio', async () => {
    const file = fileOf('flawed.yaml', 'strategy: mine\nrebalance: none\ntree:\n  equel: [SPY]\n');
    const { code, err } = await evenkeel(['check', file]);
    expect(code).toBe(2);
    expect(err).toContain(`${file}:4:3 tree.equel: unknown key — expected equal`);
    expect(err).not.toMatch(/schedules|sleeves/);
    const neither = fileOf('neither.yaml', 'portfolio: tiny\n');
    expect((await evenkeel(['check', neither])).err).toContain('schedules: missing');
  });

  it('refuses two files of one folder that describe one portfolio, and names both', async () => {
    const [one, other] = [fileOf('one.yaml', minimal), fileOf('other.yaml', minimal)];
    const { code, err } = await evenkeel(['check', one, other]);
    expect(code).toBe(2);
    expect(err).toContain(`${other} portfolio: "tiny" — expected a name of its own, as ${one} has this one`);
    expect((await evenkeel(['check', one, one])).code).toBe(0);
  });

  it('names a folder that is called as a document is, where it stands beside a live file', async () => {
    const beside = mkdtempSync(join(folder, 'beside-'));
    mkdirSync(join(beside, 'later.verdict.json'));
    const file = join(beside, 'real.yaml');
    writeFileSync(file, `${minimal}account: { mode: live, number: LV1 }\n`);
    const { code, out } = await evenkeel(['check', file, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out).portfolios[0].live[0]).toMatchObject({
      code: 'no-document',
      detail: expect.stringContaining('"later.verdict.json" is refused, since it is no signed document'),
    });
  });

  it('says that a file sells what it does not name, before it does', async () => {
    const file = fileOf('sells.yaml', `${minimal}unowned: sell\naccount: { number: PA77 }\n`);
    const { code, out } = await evenkeel(['check', file]);
    expect(code).toBe(0);
    expect(out).toContain('  unowned  the first run sells every share and fund that account PA77 holds and no sleeve names\n');
  });

  it.each([
    ['a strategy file', 'dual.yaml', 'strategy: mine\nrebalance: none\ntree: SPY\n'],
    ['a symphony', 'mine.clj', '(defsymphony "mine" {:rebalance-frequency :daily} (asset "SPY"))'],
  ])('says of %s that a portfolio names it, instead of all that it lacks as one', async (_, name, text) => {
    const file = fileOf(name, text);
    const { code, err } = await evenkeel(['check', file]);
    expect(code).toBe(2);
    expect(err).toContain(`${file}: a strategy — expected a portfolio file, with a sleeve that names it as strategy: { file: … }`);
    expect(err).toContain('1 problem in 1 of 1 file');
  });

  it('prints the same as one JSON document', async () => {
    const { code, out } = await evenkeel(['check', '--json', fileOf('tiny.yaml', minimal), '--now', '2026-11-27T17:35:00Z']);
    expect(code).toBe(0);
    const document: unknown = JSON.parse(out);
    expect(document).toMatchObject({
      portfolios: [{ name: 'tiny', mode: 'paper', symbols: ['GLD', 'SHY', 'SPY', 'TLT'], schedules: [{ name: 'daily' }] }],
    });
    // Strictly after the slot of that Friday, so the first is Monday, 15:35 in winter: 20:35 UTC.
    expect(document).toHaveProperty('portfolios.0.schedules.0.runs.0', {
      session: '2026-11-30',
      at: '2026-11-30T20:35:00.000Z',
      newYork: '2026-11-30 15:35',
      local: expect.stringMatching(/^2026-1\d-\d\d \d\d:\d\d$/),
      isEarlyClose: false,
    });
  });

  it('checks every file and prints every problem with its place', async () => {
    const good = fileOf('good.yaml', minimal);
    const typo = fileOf('typo.yaml', minimal.replace('close-25m', 'clos-25m').replace('100%', '1'));
    const { code, out, err } = await evenkeel(['check', join(folder, 'missing.yaml'), typo, good, '--now', '2026-11-24T12:00:00Z']);
    expect([code, out]).toEqual([2, '']);
    expect(err.split('\n')[0]).toBe(`tiny  paper  ${good}`);
    expect(err.split('\n').slice(-5)).toEqual([
      `${join(folder, 'missing.yaml')}: no such file — expected a portfolio file`,
      `${typo}:2:27 schedules.daily.at: "clos-25m" — expected close-<n>m or open+<n>m, such as close-25m`,
      `${typo}:3:29 sleeves.core.capital: 1 — expected a percentage from 0.0001% to 100%, such as 5%`,
      'error: 3 problems in 2 of 3 files',
      '',
    ]);
  });

  it('puts the problems into the one JSON document', async () => {
    const typo = fileOf('typo.yaml', minimal.replace('tiny', 'Tiny'));
    const { code, out, err } = await evenkeel(['check', '--json', typo, fileOf('good.yaml', minimal)]);
    expect([code, err]).toEqual([2, '']);
    expect(JSON.parse(out)).toEqual({
      error: {
        code: 'bad-portfolio',
        message: '1 problem in 1 of 2 files',
        problems: [{ file: typo, path: 'portfolio', line: 1, column: 12, value: '"Tiny"', expected: expect.stringMatching(/^a name/) }],
      },
    });
  });

  it('colours a terminal and nothing else', async () => {
    const file = fileOf('tiny.yaml', minimal);
    const escapeCode = String.fromCharCode(27);
    expect((await evenkeel(['check', file], { color: true })).out).toContain(`${escapeCode}[`);
    expect((await evenkeel(['check', file])).out).not.toContain(escapeCode);
    expect((await evenkeel(['check', '--json', file], { color: true })).out).not.toContain(escapeCode);
  });

  it.each([
    ['a directory', () => folder, 'a directory'],
    ['a device', () => '/dev/null', 'not a regular file'],
    ['a path through a file', () => join(fileOf('file', ''), 'x.yaml'), 'no such file'],
    ['bytes that are zero', () => fileOf('zero.yaml', new Uint8Array([112, 0, 1])), 'binary content'],
    ['bytes that are not UTF-8', () => fileOf('latin.yaml', new Uint8Array([0x70, 0xe4, 0x0a])), 'binary content'],
    ['a file of a hundred megabytes', () => hugeFile(), '104857600 bytes'],
    ['a link to itself', () => selfLink(), 'a loop of symbolic links'],
  ])('refuses %s', async (_, make, value) => {
    const file = make();
    const { code, err } = await evenkeel(['check', file]);
    expect(code).toBe(2);
    expect(err).toContain(`${file}: ${value} — expected a `);
  });

  it.each([
    ['yesterday', 'expected an instant with its zone'],
    ['2026-11-24', 'expected an instant with its zone'],
    ['2026-13-24T12:00:00Z', 'expected an instant with its zone'],
    ['2031-06-01T12:00:00Z', 'outside the calendar'],
  ])('refuses --now %s', async (now, message) => {
    const { code, err } = await evenkeel(['check', fileOf('tiny.yaml', minimal), '--now', now]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('says so where the calendar ends before the next run', async () => {
    const { code, out } = await evenkeel(['check', fileOf('tiny.yaml', minimal), '--now', '2030-12-31T23:00:00Z']);
    expect(code).toBe(0);
    expect(out).toContain('daily  no run before the calendar ends');
  });
});

/** Sparse: it takes no room. */
function hugeFile(): string {
  const path = fileOf('huge.yaml', '');
  truncateSync(path, 104_857_600);
  return path;
}

function selfLink(): string {
  const path = join(folder, 'loop.yaml');
  symlinkSync(path, path);
  return path;
}
