import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backtestOptions } from '../../cli/backtest/asked-options.ts';
import { USUAL_OPTIONS } from '../../research/backtest/backtest-options.ts';
import { sourceHash } from '../../shared/adapters/local/source-hash.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { evenkeel } from './spoken.ts';

const data = fileURLToPath(new URL('../../../shared/data', import.meta.url));
const isHere = existsSync(data);
const golden = fileURLToPath(new URL('../../portfolios/golden-butterfly.yaml', import.meta.url));

const SESSIONS = sessionsBetween('2018-01-02', '2022-12-30').map(({ date }) => date);
const HALVES = 'strategy: Halves\nrebalance: { every: month }\ntree: { equal: [SPY, TLT] }\n';

let folder = '';
let prices = '';
let halves = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-backtest-'));
  prices = join(folder, 'prices');
  mkdirSync(prices);
  for (const [symbol, pace] of [
    ['SPY', 1.0004],
    ['TLT', 1.0001],
  ] as const) {
    const rows = SESSIONS.map((date, day) => `${date},${(100 * pace ** day * (1 + Math.sin(day / 9) / 50)).toFixed(4)}`);
    writeFileSync(join(prices, `${symbol}.csv`), ['date,close', ...rows, ''].join('\n'));
  }
  halves = join(folder, 'halves.yaml');
  writeFileSync(halves, HALVES);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const backtest = (file: string, ...more: string[]) => evenkeel(['backtest', file, '--prices', prices, ...more]);
const json = async (...more: string[]) => JSON.parse((await backtest(halves, '--json', ...more)).out) as Record<string, never>;

describe('evenkeel backtest', () => {
  it('says what became of the money, year by year, and what it cost', async () => {
    const { code, out } = await backtest(halves, '--benchmark', 'SPY');
    expect(code).toBe(0);
    expect(out).toMatch(/^Halves from 2018-01-03 to 2022-12-30\n100000\.00 USD became \d+\.\d\d USD; 12\d\d runs, 60 of them traded\n/);
    for (const said of ['a year (CAGR)', 'Sharpe', 'largest fall', '2019', 'recovered', 'spread']) expect(out).toContain(said);
  });

  it('prints one JSON document with metrics, costs, years and falls', async () => {
    const document = await json('--benchmark', 'SPY');
    expect(document).toMatchObject({
      name: 'Halves',
      benchmark: 'SPY',
      start: { date: '2018-01-03', equity: 100_000 },
      end: { date: '2022-12-30' },
    });
    expect(Object.keys(document)).toEqual(
      expect.arrayContaining(['metrics', 'variants', 'costs', 'years', 'drawdowns', 'refused', 'warnings']),
    );
  });

  it('begins with the cash that was asked for, to the cent and no float beside it', async () => {
    for (const bps of ['0.1', '3.3', '7.77', '13.13'])
      expect((await json('--cash', '12345.67', '--commission-bps', bps, '--slippage', '3x'))['start']).toMatchObject({ equity: 12345.67 });
  });

  it('goes by what is usual where nothing is asked for, as its options say by default', async () => {
    expect((await json())['options']).toEqual(USUAL_OPTIONS);
    expect(backtestOptions({})).toEqual(USUAL_OPTIONS);
  });

  it('says what was held after its closes ended, and refuses a benchmark whose closes end', async () => {
    const cut = join(folder, 'cut');
    mkdirSync(cut, { recursive: true });
    for (const symbol of ['SPY', 'TLT']) {
      const rows = readFileSync(join(prices, `${symbol}.csv`), 'utf8').split('\n');
      const kept = symbol === 'TLT' ? rows.filter((row) => row.startsWith('date') || row < '2020') : rows;
      writeFileSync(join(cut, `${symbol}.csv`), [...kept.filter((row) => row !== ''), ''].join('\n'));
    }
    const { out } = await evenkeel(['backtest', halves, '--prices', cut, '--json']);
    const { warnings } = JSON.parse(out) as { warnings: { code: string; detail: string }[] };
    const days = SESSIONS.filter((date) => date > '2020').length;
    expect(warnings.find(({ code }) => code === 'ended')?.detail).toContain(`of TLT on 2019-12-31, and ${days} bars since`);
    expect(warnings.map(({ code }) => code)).toContain('no-price');
    const report = join(folder, 'cut.html');
    expect((await evenkeel(['backtest', halves, '--prices', cut, '--report', report])).err).toContain('TLT on 2019-12-31');
    expect(readFileSync(report, 'utf8')).toContain('Closes that end');
    const validated = await evenkeel(['validate', halves, '--prices', cut, '--samples', '20', '--permutations', '1', '--json']);
    expect((JSON.parse(validated.out) as { warnings: { code: string }[] }).warnings.map(({ code }) => code)).toContain('ended');

    const refused = await evenkeel(['backtest', halves, '--prices', cut, '--benchmark', 'TLT']);
    expect([refused.code, refused.err]).toEqual([
      2,
      'error: --benchmark TLT: its closes end on 2019-12-31, and the backtest on 2022-12-30; --to an earlier date\n',
    ]);
    expect((await evenkeel(['backtest', halves, '--prices', cut, '--benchmark', 'TLT', '--to', '2019-12-31'])).code).toBe(0);
  });

  it('takes costs, slippage, dates and money from its options', async () => {
    const spreadOf = async (...more: string[]) =>
      ((await json('--fees', 'none', ...more)) as unknown as { costs: { spread: number } }).costs.spread;
    const once = await spreadOf('--cost-bps', '10');
    // Twice the spread is twice the cost, less what there was no longer to trade with.
    expect((await spreadOf('--cost-bps', '10', '--slippage', '2x')) / once).toBeCloseTo(2, 1);
    expect(await json('--from', '2019-01-02', '--to', '2020-12-31', '--cash', '5000')).toMatchObject({
      start: { date: '2019-01-02', equity: 5_000 },
      end: { date: '2020-12-31' },
    });
  });

  it('reads what cash earns from a file, and says the row that it cannot use', async () => {
    const rates = join(folder, 'rates.csv');
    writeFileSync(rates, 'date,rf_daily\n2018-01-02,0.0001\n2018-01-03,0.0002\n');
    expect((await backtest(halves, '--cash-rate', rates, '--to', '2018-02-07')).code).toBe(0);
    // A rate is carried on for 35 days and no longer.
    const ended = 'nor in the 35 days before it: they go from 2018-01-02 to 2018-01-03; --from and --to say a part';
    expect(await backtest(halves, '--cash-rate', rates)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`no rate of cash is known for 2018-02-08, ${ended}`),
    });
    writeFileSync(rates, 'date,rf_daily\n2018-02-01,0.0001\n2018-02-28,0.0001\n');
    expect((await backtest(halves, '--cash-rate', rates, '--to', '2018-02-28')).err).toContain('no rate of cash is known for 2018-01-04');
    writeFileSync(rates, 'date,rf_daily\n2018-01-02,0.0001\n2018-01-03,5%\n');
    const { code, err } = await backtest(halves, '--cash-rate', rates);
    expect([code, err]).toEqual([
      2,
      `error: --cash-rate ${rates}:3: rf_daily "5%", expected the rate of one day as a part of one, such as 0.0001\n`,
    ]);
    writeFileSync(rates, 'date,rf_daily\n2018-01-03,0.0001\n2018-01-02,0.0001\n');
    expect((await backtest(halves, '--cash-rate', rates)).err).toContain(
      `${rates}:3: date 2018-01-02 after 2018-01-03, expected ascending dates`,
    );
    expect((await backtest(halves, '--cash-rate', join(folder, 'none.csv'))).err).toContain('cannot be read (ENOENT)');
    expect((await backtest(halves, '--cash-rate', 'much%')).code).toBe(2);
  });

  it('writes its files, the same ones when it is asked again', async () => {
    const [once, again] = [join(folder, 'once'), join(folder, 'again')];
    expect((await backtest(halves, '--out', once)).code).toBe(0);
    expect((await backtest(halves, '--out', again)).code).toBe(0);
    expect(readdirSync(once)).toContain('manifest.json');
    for (const name of readdirSync(once)) expect(readFileSync(join(again, name)).equals(readFileSync(join(once, name))), name).toBe(true);
    expect(await backtest(halves, '--out', halves)).toMatchObject({
      code: 2,
      err: expect.stringContaining('it cannot be written to (a file is there; expected a folder)'),
    });
  });

  it('leaves the results of another file or of other options as they are, and goes over those of an unfinished one', async () => {
    const out = join(folder, 'taken');
    expect((await backtest(halves, '--out', out)).code).toBe(0);
    const before = readFileSync(join(out, 'manifest.json'), 'utf8');
    const other = join(folder, 'other.yaml');
    writeFileSync(other, `${HALVES}# other\n`);
    const err = expect.stringContaining('the results there are of another file or of other options: name another --out');
    expect(await backtest(other, '--out', out)).toMatchObject({ code: 2, out: '', err });
    expect(await backtest(halves, '--out', out, '--cash', '5000')).toMatchObject({ code: 2, out: '', err });
    expect(readFileSync(join(out, 'manifest.json'), 'utf8')).toBe(before);
    expect((await backtest(halves, '--out', out)).code).toBe(0);
    rmSync(join(out, 'manifest.json'));
    expect((await backtest(other, '--out', out)).code).toBe(0);
  });

  it('names in the manifest the file, what it names, and the code', async () => {
    const named = join(folder, 'named');
    mkdirSync(join(named, 'sub'), { recursive: true });
    const outer = join(named, 'portfolio.yaml');
    writeFileSync(
      outer,
      [
        'portfolio: named',
        'account: { name: named }',
        'schedules:',
        '  daily: { at: close-25m, every: day, band: { absolute: 1% } }',
        'limits: { position: 100% }',
        'sleeves:',
        '  core: { capital: 100%, strategy: { file: sub/inner.yaml } }',
        '',
      ].join('\n'),
    );
    const manifestOf = async (inner: string, out: string): Promise<{ engine: object; strategy: { sha256: string; named: object[] } }> => {
      writeFileSync(join(named, 'sub', 'inner.yaml'), inner);
      expect((await backtest(outer, '--out', join(named, out))).code).toBe(0);
      return JSON.parse(readFileSync(join(named, out, 'manifest.json'), 'utf8'));
    };
    const [before, after] = [await manifestOf(HALVES, 'before'), await manifestOf(`${HALVES}# changed\n`, 'after')];
    expect(before.engine).toMatchObject({ source: sourceHash() });
    expect(before.strategy.named).toEqual([{ file: 'sub/inner.yaml', sha256: createHash('sha256').update(HALVES).digest('hex') }]);
    expect(after.strategy.sha256).toBe(before.strategy.sha256);
    expect(after.strategy.named).not.toEqual(before.strategy.named);
  });

  it('writes a tear sheet, with the same at other slippages, and says where beside what it says without it', async () => {
    const report = join(folder, 'report.html');
    const { code, out } = await backtest(halves, '--benchmark', 'SPY', '--report', report);
    expect([code, out]).toEqual([0, `${(await backtest(halves, '--benchmark', 'SPY')).out}\nwritten: ${report}\n`]);
    const text = readFileSync(report, 'utf8');
    for (const said of ['<h1>Halves</h1>', 'beside SPY', '1× (this report)', 'halves.yaml', 'Survivorship']) expect(text).toContain(said);
    expect((await backtest(halves, '--benchmark', 'SPY', '--report', report)).code).toBe(0);
    expect(readFileSync(report, 'utf8')).toBe(text);
    expect(await backtest(halves, '--report', prices)).toMatchObject({ code: 2, err: expect.stringContaining('it is not a regular file') });
    expect(await backtest(halves, '--report', join(folder, 'none', 'r.html'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('no such folder'),
    });
  });

  it('says that a report cannot be written before it lives through anything', async () => {
    const out = join(folder, 'before');
    const { code } = await backtest(halves, '--out', out, '--report', join(folder, 'none', 'r.html'));
    expect([code, existsSync(out)]).toEqual([2, false]);
    const report = join(folder, 'left.html');
    expect((await backtest(halves, '--fill', 'next-open', '--report', report)).code).toBe(2);
    expect(readdirSync(folder).filter((name) => name.includes('left.html'))).toEqual([]);
  });

  it.each([
    [['--from', '2020-01-02', '--to', '2019-01-02'], 2, 'expected an end after the beginning'],
    [['--slippage', '4x'], 2, 'Allowed choices are 1x, 2x, 3x'],
    [['--cost-bps', '-1'], 2, 'expected basis points'],
    [['--benchmark', 'spy'], 2, 'expected a symbol such as SPY'],
    [['--benchmark', 'QQQ'], 2, 'no price file for QQQ'],
    [['--fill', 'next-open'], 2, 'next-open needs opens, and the prices of SPY, TLT have none'],
    [['--from', '2022-12-30'], 2, 'there is no bar after 2022-12-30'],
    [['--from', '2023-06-01'], 2, 'no run falls into --from 2023-06-01: all of its symbols have closes from 2018-01-02 to 2022-12-30'],
    [['--dividends', 'gone'], 2, 'Allowed choices are reinvested, paid'],
  ])('refuses %j in words', async (more, exit, said) => {
    const { code, err } = await backtest(halves, ...more);
    expect(code).toBe(exit);
    expect(err).toContain(said);
  });

  it('warns of closes that are missing between the first and the last of a symbol, in text, document and sheet', async () => {
    const holes = join(folder, 'holes');
    mkdirSync(holes);
    const without = (symbol: string, dates: readonly string[]): void => {
      const rows = readFileSync(join(prices, `${symbol}.csv`), 'utf8').split('\n');
      writeFileSync(join(holes, `${symbol}.csv`), rows.filter((row) => !dates.includes(row.slice(0, 10))).join('\n'));
    };
    // What is missing before the first row and after the last was never there to be missed.
    without('SPY', ['2018-01-02', '2020-03-10', '2020-03-09', '2021-06-01', '2022-12-30']);
    without('TLT', ['2019-05-01']);
    const report = join(folder, 'holes.html');
    const asked = ['backtest', halves, '--prices', holes];
    const detail =
      'closes are missing between the first and the last of a symbol: of SPY on 3 days, the first 2020-03-09; of TLT on 2019-05-01';
    const { code, err } = await evenkeel([...asked, '--report', report]);
    expect([code, err]).toEqual([0, expect.stringContaining(detail)]);
    expect(readFileSync(report, 'utf8')).toContain('<strong>Missing closes</strong> Closes are missing between');
    expect(JSON.parse((await evenkeel([...asked, '--json'])).out).warnings).toContainEqual({ code: 'missing-closes', detail });
    expect((await json())['warnings']).not.toContainEqual(expect.objectContaining({ code: 'missing-closes' }));
  });

  it('warns, as validate does, of a candidate without prices yet, and of a breaker that would have stopped its runs', async () => {
    const late = join(folder, 'late');
    mkdirSync(late, { recursive: true });
    const rows = (symbol: string) => readFileSync(join(prices, `${symbol}.csv`), 'utf8').split('\n');
    writeFileSync(
      join(late, 'TLT.csv'),
      rows('TLT')
        .filter((row) => row.startsWith('date') || row >= '2020')
        .join('\n'),
    );
    // From the middle of 2021 on it is worth the half.
    const fallen = rows('SPY').map((row) => {
      const [date, close] = row.split(',');
      return close === undefined || date === 'date' || row < '2021-06-15' ? row : `${date},${Number(close) / 2}`;
    });
    writeFileSync(join(late, 'SPY.csv'), fallen.join('\n'));
    const rotation = join(folder, 'rotation.yaml');
    const file = [
      'portfolio: rotation',
      'account: { name: rotation }',
      'schedules: { main: { at: close-25m, every: month, on: last, band: { absolute: 1% } } }',
      'limits: { position: 100% }',
      'sleeves: { core: { capital: 100%, strategy: { filter: { top: 2, by: { cumulative-return: 20 }, of: [SPY, TLT] } } } }',
    ];
    writeFileSync(rotation, file.join('\n'));
    const asked = [rotation, '--prices', late, '--json'];
    const told = [
      { code: 'breaker', detail: expect.stringContaining('the breaker would have stopped the run of 2021-06-30: ') },
      {
        code: 'left-out',
        detail: expect.stringContaining('there is no close of TLT before 2020-01-02: until then all is chosen without it'),
      },
    ];
    const [lived, fully, validated] = await Promise.all([
      evenkeel(['backtest', ...asked]),
      evenkeel(['backtest', ...asked, '--full']),
      evenkeel(['validate', ...asked, '--samples', '20', '--permutations', '1']),
    ]);
    const warnings = ({ out }: { out: string }) => (JSON.parse(out) as { warnings: { code: string; detail: string }[] }).warnings;
    for (const each of [lived, validated]) expect(warnings(each)).toEqual(expect.arrayContaining(told));
    // What is stopped there says so itself.
    expect(warnings(fully).map(({ code }) => code)).not.toContain('breaker');
    expect(
      warnings(fully)
        .map(({ detail }) => detail)
        .join('\n'),
    ).toContain('first on 2021-06-30: breaker-stopped: ');
  });

  it('fails where a strategy is never defined, and says why', async () => {
    const long = join(folder, 'long.yaml');
    writeFileSync(long, 'strategy: Long\nrebalance: { every: day }\ntree: { inverse-volatility: { window: 2000, of: [SPY, TLT] } }\n');
    const { code, err } = await backtest(long);
    expect(code).toBe(1);
    expect(err).toContain('the last try was on 2022-12-30: Long: stdev-return of SPY is undefined or of no use');
  });

  it('names every symbol without prices', async () => {
    writeFileSync(join(folder, 'gone.yaml'), HALVES.replace('TLT', 'GONE'));
    const { code, err } = await backtest(join(folder, 'gone.yaml'));
    expect([code, err.includes('no price file for GONE')]).toEqual([2, true]);
  });

  it('lets every run take place with --full, in whole shares', async () => {
    const portfolio = join(folder, 'portfolio.yaml');
    writeFileSync(
      portfolio,
      'portfolio: halves\naccount: { name: halves }\nschedules: { monthly: { at: close-25m, every: month, on: last, band: { absolute: 0% } } }\nlimits: { position: 60% }\nsleeves: { core: { capital: 100%, strategy: { equal: [SPY, TLT] } } }\n',
    );
    const out = join(folder, 'full');
    const { code, out: text, err } = await backtest(portfolio, '--full', '--from', '2022-06-01', '--out', out, '--json');
    expect(code, err).toBe(0);
    expect(JSON.parse(text)).toMatchObject({
      mode: 'full',
      start: { date: '2022-06-30', equity: 100_000 },
      options: { costs: { impact: 0, borrowBps: 0 } },
    });
    expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))).toMatchObject({
      engine: { mode: 'full' },
      seed: 1,
      options: { partialFillPpm: 100_000 },
    });
    const positions = readFileSync(join(out, 'positions.csv'), 'utf8').trim().split('\n').slice(1);
    expect(positions.length).toBeGreaterThan(6);
    for (const row of positions) expect(Number.isInteger(Number(row.split(',')[2])), row).toBe(true);
  });

  it.each([
    [['--report', 'out.html'], 'of the other mode'],
    [['--fill', 'next-open'], 'when the file says'],
    [['--dividends', 'paid'], 'the exchange pays none'],
    [['--weights', 'exact'], 'millionths'],
    [['--cash-rate', '2%'], 'pays no interest'],
    [['--commission-bps', '1'], 'no commission'],
    [['--impact', '5'], 'no trade moves its price'],
    [['--borrow-bps', '900'], 'lends for nothing'],
    [[], 'is a strategy'],
  ])('refuses --full with %j: the result would not be the one that was asked for', async (more, said) => {
    const { code, err } = await backtest(halves, '--full', ...more);
    expect([code, err.includes(said)]).toEqual([2, true]);
  });

  it.skipIf(!isHere)(
    `lives the golden butterfly through its prices${isHere ? '' : ' (left out: ../shared/data is not there)'}`,
    async () => {
      const { code, out } = await evenkeel(['backtest', golden, '--prices', join(data, 'prices/etf37'), '--json']);
      expect(code).toBe(0);
      const { metrics, start } = JSON.parse(out) as { metrics: Record<string, number>; start: { date: string } };
      // GLD begins in November 2004, so that the first run that can be traded is the last session of that month.
      expect(start.date).toBe('2004-11-30');
      expect(metrics['cagr']).toBeGreaterThan(0.05);
      expect(metrics['maxDrawdown']).toBeLessThan(0.25);
    },
  );
});
