// What a user can get wrong beside his portfolio file, and what he is told: file, place, value, what was expected.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runEvenkeel, startEvenkeel, stateFolder, until } from './child.ts';
import { evenkeel } from './spoken.ts';

const PRICES = 'date,close\n2020-01-02,100\n2020-01-03,101\n2020-01-06,102\n';
const PORTFOLIO = `portfolio: tiny
schedules: { daily: { at: close-25m, every: day } }
sleeves: { core: { capital: 100%, strategy: { specified: { SPY: 50%, TLT: 50% } } } }
limits: { position: 60%, turnover: 100% }
`;

let folder = '';
let prices = '';
let portfolio = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-bad-'));
  prices = join(folder, 'prices');
  portfolio = join(folder, 'tiny.yaml');
});
beforeEach(() => {
  rmSync(prices, { recursive: true, force: true });
  mkdirSync(prices);
  writeFileSync(join(prices, 'SPY.csv'), PRICES);
  writeFileSync(join(prices, 'TLT.csv'), PRICES);
  writeFileSync(portfolio, PORTFOLIO);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Refused before anything was made, with nothing on standard output and no trace of where in our code. */
async function refusal(args: readonly string[], exitCode = 2): Promise<string> {
  const { code, out, err } = await evenkeel(args);
  expect([code, out]).toEqual([exitCode, '']);
  expect(err).not.toMatch(/^ +at /m);
  expect(err).not.toContain('unexpected');
  return err;
}

const demo = (...args: string[]): string[] => ['demo', '--prices', prices, '--portfolio', portfolio, ...args];
const exchange = (...args: string[]): string[] => ['exchange', '--prices', prices, '--date', '2020-01-03', ...args];

describe('a name that signs', () => {
  it.each([['judge'], ['renew']])('is one that a person can read, before hypothesis %s opens anything', async (verb) => {
    for (const by of [' ', '\u3164', '\u115F', '\u2800', 'anna\u202E', 'anna\nben', 'x'.repeat(101)])
      expect(await refusal(['hypothesis', verb, 'no.yaml', '--prices', prices, '--by', by])).toContain('expected the name of a person');
  });
});

describe('options', () => {
  it.each([
    [['--cash', 'lots'], '--cash "lots": expected dollars such as 100000'],
    [['--cash', '-5'], '--cash "-5": expected dollars'],
    [['--cash', '0'], '--cash "0": expected dollars'],
    [['--cash', '1e5'], '--cash "1e5": expected dollars'],
    [['--seed', '1.5'], '--seed "1.5": expected a whole number'],
    [['--seed', '-1'], '--seed "-1": expected a whole number'],
    [['--seed', ''], '--seed "": expected a whole number'],
    [['--from', '2020-13-01'], '--from "2020-13-01": expected a date such as 2019-01-31'],
    [['--from', '2019-02-29'], '--from "2019-02-29": expected a date'],
    [['--to', '2051-01-03'], '--to "2051-01-03": expected a date the calendar knows (1990-01-01 to 2030-12-31)'],
    [['--from', '2020-01-06', '--to', '2020-01-02'], '--from 2020-01-06 is after --to 2020-01-02'],
    [['--from', '2020-01-04', '--to', '2020-01-05'], 'no session is due from 2020-01-04 to 2020-01-05'],
    [
      ['--to', '2020-01-31'],
      'prices end before 2020-01-31: SPY ends 2020-01-06, TLT ends 2020-01-06; the last date with all of them is 2020-01-06',
    ],
    [
      ['--from', '2019-12-31'],
      'prices begin after 2019-12-31: SPY begins 2020-01-02, TLT begins 2020-01-02; the first date with all of them is',
    ],
  ])('refuses demo %j', async (args, message) => {
    expect(await refusal(demo(...args))).toContain(`error: ${message}`);
  });

  it.each([
    [['--port', '65536'], '--port "65536": expected a port from 0 to 65535'],
    [['--port', 'http'], '--port "http": expected a port'],
    [['--port', '-1'], '--port "-1": expected a port'],
    [['--cash', '0'], '--cash "0": expected dollars'],
    [['--seed', '1234567890'], '--seed "1234567890": expected a whole number of at most nine digits'],
    [['--time', '25:00'], '--time "25:00": expected a New York time such as 15:35'],
    [['--time', '9:30'], '--time "9:30": expected a New York time'],
    [['--date', '2020-01-04'], '--date 2020-01-04: the exchange was closed that day'],
    [['--date', '2020-01-01'], '--date 2020-01-01: the exchange was closed that day'],
    [['--date', 'monday'], '--date "monday": expected a date such as 2019-01-31'],
    [['--date', '2021-01-04'], 'no prices reach 2021-01-04'],
  ])('refuses exchange %j', async (args, message) => {
    expect(await refusal(exchange(...args))).toContain(`error: ${message}`);
  });

  it('refuses a run id that is none', async () => {
    expect(await refusal(['approve', 'yesterday'])).toContain('"yesterday": expected a run id such as golden-butterfly/2026-11-30/monthly');
  });

  it('says of approve that nothing names a deployment, and where to find what does', async () => {
    const err = await refusal(['approve', 'demo/2026-11-30/monthly']);
    expect(err).toContain("no EVENKEEL_… variable names a deployment; the compute stack's output OperatorEnvironment says them all");
  });
});

describe('portfolio files', () => {
  it.each([
    ['a directory', () => prices, 'a directory — expected a portfolio file'],
    ['a file that is not there', () => join(folder, 'nowhere.yaml'), 'no such file — expected a portfolio file'],
  ])('refuses %s', async (_, file, message) => {
    expect(await refusal(['demo', '--portfolio', file()])).toBe(`${file()}: ${message}\nerror: ${file()} is refused\n`);
  });

  it.each([
    ['close-25m', 'clos-25m', ':2:27 schedules.daily.at: "clos-25m" — expected close-<n>m or open+<n>m, such as close-25m'],
    ['TLT: 50%', 'TLT: 51%', 'sleeves.core.strategy.specified: '],
    ['SPY', 'spy', 'sleeves.core.strategy.specified.spy'],
    ['turnover', 'turnovr', 'limits.turnovr: unknown key — expected turnover, the nearest known key'],
  ])('names the place where %s became %s', async (right, wrong, message) => {
    writeFileSync(portfolio, PORTFOLIO.replace(right, wrong));
    const err = await refusal(demo());
    expect(err).toContain(`${portfolio}:`);
    expect(err).toContain(message);
  });

  it('refuses a symbol that the embedded prices do not have', async () => {
    expect(await refusal(['demo', '--portfolio', portfolio])).toBe(
      'error: the embedded prices have no SPY, TLT: give a folder with --prices\n',
    );
  });
});

describe('price files', () => {
  const file = (): string => join(prices, 'SPY.csv');

  it.each([
    ['out of order', 'date,close\n2020-01-03,1\n2020-01-02,1\n', ':3: date 2020-01-02 comes after 2020-01-03, expected ascending dates'],
    ['duplicated', 'date,close\n2020-01-02,1\n2020-01-02,1\n', ':3: date 2020-01-02 appears twice'],
    ['negative', 'date,close\n2020-01-02,-7\n', ':2: close "-7": expected a finite number above 0'],
    ['not a number', 'date,close\n2020-01-02,NaN\n', ':2: close "NaN": expected a finite number above 0'],
    ['infinite', 'date,close\n2020-01-02,1e999\n', ':2: close "1e999": expected a finite number above 0'],
    ['without a price', 'date,close\n2020-01-02,\n', ':2: close "": expected a finite number above 0'],
    ['on a date that does not exist', 'date,close\n2020-02-30,1\n', ':2: date "2020-02-30": expected a date that exists'],
    ['absent', '', ': is empty, expected a header with at least date,close'],
    ['under unknown columns', 'date,close,vwap\n2020-01-02,1,1\n', ':1: column "vwap": unknown, expected some of'],
  ])('refuses rows that are %s, for the demo and for the exchange', async (_, content, message) => {
    writeFileSync(file(), content);
    expect(await refusal(demo())).toContain(`${file()}${message}`);
    expect(await refusal(exchange())).toContain(`${file()}${message}`);
  });

  it('refuses a symbol without a file, and says where it looked', async () => {
    rmSync(file());
    expect(await refusal(demo())).toContain(`SPY.csv: no price file for SPY; searched ${prices}`);
  });

  it.each([
    ['a folder that is not there', () => join(folder, 'nowhere'), 'cannot read this folder: no such folder'],
    ['a file in its place', () => portfolio, 'cannot read this folder: a file is there; expected a folder'],
  ])('refuses %s', async (_, path, message) => {
    expect(await refusal(['exchange', '--prices', path(), '--date', '2020-01-03'])).toContain(`${path()}: ${message}`);
  });

  it('puts what is wrong into the one document', async () => {
    writeFileSync(file(), 'date,close\n2020-01-02,-7\n');
    const { code, out, err } = await evenkeel(demo('--json'));
    expect([code, err]).toEqual([2, '']);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'bad-prices', message: expect.stringContaining('close "-7"') } });
  });

  it('refuses a price on a day without a session', async () => {
    writeFileSync(file(), `${PRICES}2020-01-11,103\n`);
    const message = 'error: prices on 1 day without a session: 2020-01-11 (SPY)\n';
    expect(await refusal(exchange('--port', '0'))).toBe(message);
    const { code, err } = await runEvenkeel(demo('--from', '2020-01-03', '--to', '2020-01-06'), folder);
    expect(code).toBe(2);
    expect(err.endsWith(message)).toBe(true);
  });
});

describe('ports', () => {
  let taken: Server;
  let port = 0;
  beforeAll(async () => {
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => taken.close());

  it('refuses a port that is in use, with exit 1', async () => {
    const expected = `error: port ${port} on 127.0.0.1 is in use: stop what listens there, or choose another\n`;
    expect(await refusal(exchange('--port', `${port}`), 1)).toBe(expected);
  });

  it('serves until it is interrupted, and says where', async () => {
    const child = startEvenkeel(exchange('--port', '0', '--still', '--json'), folder);
    await until(() => child.out().endsWith('}\n'), child);
    const { url, keyId, secretKey } = JSON.parse(child.out()) as { url: string; keyId: string; secretKey: string };
    const headers = { 'apca-api-key-id': keyId, 'apca-api-secret-key': secretKey };
    const clock = await fetch(`${url}/v2/clock`, { headers });
    expect(await clock.json()).toMatchObject({ timestamp: expect.stringContaining('2020-01-03T09:30:00'), is_open: true });
    child.process.kill('SIGINT');
    expect(await child.ended).toMatchObject({ code: 0, err: '' });
  });
});

describe('the state of a demo', () => {
  const args = ['demo', '--to', '2004-08-31'];
  let work = '';
  beforeAll(async () => {
    work = mkdtempSync(join(folder, 'state-'));
    expect(await runEvenkeel(args, work)).toMatchObject({ code: 0 });
  });

  /** What a user reads in a pipe: the last lines on standard error. */
  async function complaint(more: readonly string[] = []): Promise<string> {
    const { code, out, err } = await runEvenkeel([...args, ...more], work);
    expect([code, out]).toEqual([1, '']);
    expect(err).not.toMatch(/^ +at /m);
    expect(err).not.toContain('unexpected');
    return err.slice(err.indexOf('error: '));
  }

  const saved = (): string => join(stateFolder(work) ?? '', 'exchange.json');
  const wayOut = 'to start over, add --fresh to the same command\n';

  it('is refused where the account is cut short, and says the way out', async () => {
    const whole = readFileSync(saved());
    writeFileSync(saved(), whole.subarray(0, 100));
    const said = await complaint();
    expect(said).toMatch(/^error: \.evenkeel\/demo-[0-9a-f]{8}\/exchange\.json is not a saved exchange; /);
    expect(said).toContain(wayOut);
    // With --verbose whoever looks for the fault is told where.
    expect((await runEvenkeel([...args, '--verbose'], work)).err).toMatch(/^ +at /m);
    writeFileSync(saved(), JSON.stringify({ at: 1, state: '{}' }));
    expect(await complaint()).toContain('is not a saved exchange');
    writeFileSync(saved(), whole);
  });

  it('is refused where the runs are there and the account is not', async () => {
    const whole = readFileSync(saved());
    rmSync(saved());
    expect(await complaint()).toContain(`has runs on record, and not the account that they traded on; ${wayOut}`);
    writeFileSync(saved(), whole);
  });

  it('is refused where a database is damaged, and made anew with --fresh', async () => {
    writeFileSync(
      join(stateFolder(work) ?? '', 'aws', 'fauxqs', 'fauxqs.db'),
      'not a database, whatever its name may be: longer than a header is',
    );
    expect(await complaint()).toContain(`cannot be opened: file is not a database; ${wayOut}`);
    rmSync(join(stateFolder(work) ?? '', 'aws', 'dynamodb'), { recursive: true });
    const fresh = await runEvenkeel([...args, '--fresh'], work);
    expect(fresh.code).toBe(0);
    expect(fresh.out).toContain('5 sent now, 5 in all');
  });

  it('is refused where the account is there and the runs are not', async () => {
    rmSync(join(stateFolder(work) ?? '', 'aws'), { recursive: true });
    expect(await complaint()).toContain(`has an account with orders, and no run on record; ${wayOut}`);
  });

  const mayAll = process.getuid?.() === 0;
  it.skipIf(mayAll)(`is refused where it may not be written${mayAll ? ' (skipped: this user may write anywhere)' : ''}`, async () => {
    const state = stateFolder(work) ?? '';
    chmodSync(state, 0o500);
    expect(await complaint()).toContain('permission denied');
    chmodSync(state, 0o700);
  });

  it('is refused where its folder cannot be made', async () => {
    rmSync(join(work, '.evenkeel'), { recursive: true });
    writeFileSync(join(work, '.evenkeel'), '');
    expect(await complaint()).toMatch(
      /^error: \.evenkeel\/demo-[0-9a-f]{8} cannot be written: a file is in the way; state is kept there\n$/,
    );
    expect(await complaint(['--fresh'])).toContain('cannot be written: a file is in the way');
  });
});

describe('the demo without options', () => {
  it('finds its own portfolio file from any folder', async () => {
    // New Year's Day.
    const { code, err } = await runEvenkeel(['demo', '--from', '2005-01-01', '--to', '2005-01-01'], folder);
    expect([code, err]).toEqual([2, 'error: no session is due from 2005-01-01 to 2005-01-01\n']);
  });
});
