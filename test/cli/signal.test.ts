import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evenkeel } from './spoken.ts';

const data = fileURLToPath(new URL('../../../shared/data', import.meta.url));

// The first sessions of 2024: Tuesday to Friday, and Monday.
const DATES = ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05', '2024-01-08'];

const CHOICE = `strategy: Above its mean
rebalance: { every: day }
tree:
  if:
    when: { gt: [{ current-price: SPY }, { moving-average-price: [SPY, 2] }] }
    then: { specified: { SPY: 60%, cash: 40% } }
    else: GONE
`;

let folder = '';
let prices = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-signal-'));
  prices = join(folder, 'prices');
  mkdirSync(prices);
  priceFile('SPY', [100, 110, 99, 100, 110]);
  priceFile('TLT', [90, 90, 90]);
  // Two bars, so that NEW has a return on the last day alone.
  writeFileSync(join(prices, 'NEW.csv'), 'date,close\n2024-01-05,50\n2024-01-08,51\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function priceFile(symbol: string, closes: readonly number[], adjusted: readonly number[] = []): void {
  const header = adjusted.length === 0 ? 'date,close' : 'date,close,adj_close';
  const rows = closes.map((close, place) => [DATES[place], close, ...(adjusted.length === 0 ? [] : [adjusted[place]])].join(','));
  writeFileSync(join(prices, `${symbol}.csv`), [header, ...rows, ''].join('\n'));
}

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const treeFile = (tree: string) => fileOf('tree.yaml', `strategy: Tree\nrebalance: none\ntree: ${tree}\n`);
const signal = (file: string, asOf: string, ...more: string[]) => evenkeel(['signal', file, '--prices', prices, '--as-of', asOf, ...more]);

interface Document {
  readonly weights: Readonly<Record<string, number>> | null;
  readonly cash: number | null;
  readonly undefined: readonly Readonly<Record<string, unknown>>[];
}
const documentOf = (out: string) => JSON.parse(out) as Document;

describe('evenkeel signal', () => {
  it('takes the close of a session for its live quotes, and says in which session each decision is traded', async () => {
    const live = treeFile('SPY');
    writeFileSync(live, 'strategy: Tree\nrebalance: none\ndecide-on: live-quote\ntree: SPY\n');
    const { out } = await signal(live, '2024-01-08');
    expect(out).toContain('\ndecided on live quotes and traded on 2024-01-08\n');
    expect(JSON.parse((await signal(live, '2024-01-08', '--json')).out)).toMatchObject({ decideOn: 'live-quote', tradedOn: '2024-01-08' });
    // The eighth was a Monday: what is decided on Friday's closes is traded then.
    expect(JSON.parse((await signal(treeFile('SPY'), '2024-01-05', '--json')).out)).toMatchObject({
      decideOn: 'last-close',
      tradedOn: '2024-01-08',
    });
  });

  it('prints the weights and the cash that they leave', async () => {
    const { code, out, err } = await signal(fileOf('choice.yaml', CHOICE), '2024-01-08');
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(
      'Above its mean at the close of 2024-01-08\ndecided on closes and traded on 2024-01-09\n\nsymbol  weight\nSPY     60.00%\ncash    40.00%\n',
    );
  });

  it('prints one JSON document with weights, cash and trace', async () => {
    const { code, out, err } = await signal(fileOf('choice.yaml', CHOICE), '2024-01-08', '--json');
    expect([code, err]).toEqual([0, '']);
    // The mean of 100 and 110 is 105.
    expect(JSON.parse(out)).toMatchObject({
      asOf: '2024-01-08',
      strategy: 'Above its mean',
      anchor: '2024-01-02',
      weights: { SPY: 0.6 },
      cash: expect.closeTo(0.4, 12),
      undefined: [],
      trace: {
        steps: [{ id: 0, reason: { kind: 'if', taken: 'then', condition: { distance: 5, relative: 5 / 105, unit: 'price' } } }, {}, {}, {}],
      },
    });
  });

  it('explains each step with its figures', async () => {
    const { out } = await signal(fileOf('choice.yaml', CHOICE), '2024-01-08', '--explain');
    expect(out).toContain(
      [
        '100.00%  if: takes then',
        '         SPY current-price 110.00 > SPY moving-average-price(2) 105.00: yes, 5.00 above (4.76%)',
        '100.00%  given parts',
        '   60.00%  SPY',
        '   40.00%  cash',
        '',
      ].join('\n'),
    );
  });

  it('explains what a filter ranked, with as many digits as tell the candidates apart', async () => {
    // Returns of 10 % and of 10.001 %, and none of GONE.
    priceFile('TWIN', [100, 100, 100, 10_000, 11_000.1]);
    const tree = '{ filter: { top: 2, by: { cumulative-return: 1 }, of: [SPY, NEW, GONE, { group: { name: "T", of: TWIN } }] } }';
    const { code, out, err } = await signal(treeFile(tree), '2024-01-08', '--explain');
    expect(code).toBe(0);
    expect(out).toContain(
      [
        '100.00%  top 2 of 4 by cumulative-return(1)',
        '         1.  group “T”  10.001%    chosen',
        '         2.  SPY        10.000%    chosen',
        '         3.  NEW        2.000%',
        '         -   GONE       undefined  left out',
        '   50.00%  group “T”',
        '   50.00%  TWIN',
        '   50.00%  SPY',
        '',
      ].join('\n'),
    );
    expect(err).toBe('left out: GONE cumulative-return(1) is undefined on 2024-01-08: there is no price file for GONE\n');
  });

  it('explains the parts of a condition that decided it', async () => {
    const tree =
      '{ if: { when: { any: [{ lt: [{ current-price: SPY }, 50] }, { gte: [{ current-price: SPY }, 110] }] }, then: SPY, else: cash } }';
    const { out } = await signal(treeFile(tree), '2024-01-08', '--explain');
    expect(out).toContain(
      '         any of 2: yes, the other 1 cannot change it\n           SPY current-price 110.00 >= 110: yes, exactly there\n',
    );
  });

  it('tells a step that is reached twice once', async () => {
    const inner = '{ equal: [SPY, cash] }';
    const tree = `{ equal: [${inner}, { group: { name: again, of: ${inner} } }] }`;
    const { out } = await signal(treeFile(tree), '2024-01-08', '--explain');
    expect(out.match(/equal parts \[\d\]$/gm)).toHaveLength(1);
    expect(out).toMatch(/^ {3}50.00% {2}equal parts \[\d\], told above$/m);
  });

  it('explains what a volatility target measured', async () => {
    // Returns of +10 % and −10 % deviate by √0.02, in a year by √5.04 = 224.50 %: twice the target.
    const file = treeFile('{ volatility-target: { annual: 112.25%, window: 2, of: SPY } }');
    const { out } = await signal(file, '2024-01-04', '--explain');
    expect(out).toContain(
      [
        '100.00%  volatility target 112.25% over 2 days: 50.00% of it, the rest cash',
        '         realised a year: 224.50%',
        ' 50.00%  SPY',
        '',
      ].join('\n'),
    );
    const before = await signal(file, '2024-01-03', '--explain');
    expect([before.code, before.err]).toEqual([1, expect.stringContaining('SPY stdev-return(2) is undefined on 2024-01-03')]);
    expect(before.out).toContain('100.00%  volatility target 112.25% over 2 days: undefined\n         realised a year: undefined\n');
  });

  it('finds the values that a strategy file names beside it, and leaves out what has none', async () => {
    mkdirSync(join(folder, 'ranked'), { recursive: true });
    writeFileSync(join(folder, 'ranked', 'own.csv'), 'date,symbol,value\n2024-01-05,SPY,1.5\n2024-01-05,NEW,0.25\n');
    const ranked = '{ factor-rank: { of: [SPY, NEW, TLT], top: 1, momentum-weight: 0, low-volatility-weight: 0, values-weight: 1';
    const file = fileOf('ranked/mine.yaml', `strategy: Ranked\nrebalance: none\ntree: ${ranked}, values: { file: own.csv } } }\n`);
    const { code, out, err } = await signal(file, '2024-01-08', '--explain');
    expect(code).toBe(0);
    expect(out).toContain(
      [
        '100.00%  factor-rank',
        '         SPY  100.00%  given-value 1.50',
        '         NEW           given-value 0.25',
        '         TLT           given-value undefined',
        '100.00%  SPY',
        '',
      ].join('\n'),
    );
    expect(err).toBe('left out: TLT given-value is undefined on 2024-01-08: no value of it is in force\n');
    writeFileSync(join(folder, 'ranked', 'own.csv'), 'date,symbol,value\n2024-01-05,SPY,high\n');
    const bad = await signal(file, '2024-01-08');
    expect([bad.code, bad.out]).toEqual([2, '']);
    expect(bad.err).toContain('own.csv:2 "2024-01-05,SPY,high"');
    expect(bad.err).toContain('a plain number such as 1.3');
  });

  it('explains an indicator by its name, and one on weeks', async () => {
    const days = [
      '2024-01-02,100,110,90',
      '2024-01-03,110,120,100',
      '2024-01-04,99,109,89',
      '2024-01-05,100,110,90',
      '2024-01-08,110,120,100',
    ];
    writeFileSync(join(prices, 'BARS.csv'), ['date,close,high,low', ...days, ''].join('\n'));
    const tree = `{ if: { when: { all: [{ lt: [{ atr: { of: BARS, window: 2 } }, 30] }, { eq: [{ weekly: { current-price: BARS } }, 100] },
      { gt: [{ weekly: { macd: { of: BARS, output: signal, short: 1, long: 1, smooth: 1 } } }, -1] },
      { eq: [{ beta: { of: BARS, to: BARS, window: 2 } }, 1] }] }, then: SPY, else: cash } }`;
    const { out } = await signal(treeFile(tree), '2024-01-08', '--explain');
    // True ranges of 20, 21 and 20, and 20 on the last day: smoothed (20 + 21) / 2, then (20.5 + 20) / 2, then (20.25 + 20) / 2.
    expect(out).toContain('BARS average-true-range(2) 20.13 < 30: yes, 9.88 below (32.92%)');
    expect(out).toContain('BARS weekly current-price 100.00 = 100: yes, exactly there');
    expect(out).toContain('BARS weekly macd signal(1, 1, 1, first) 0.00 > -1: yes');
    expect(out).toContain('BARS beta(2) to BARS 1.00 = 1: yes, exactly there');
  });

  it('looks at adjusted closes where the file has them', async () => {
    priceFile('ADJ', [100, 100, 100, 100, 100], [50, 50, 50, 50, 80]);
    const tree = '{ if: { when: { gt: [{ current-price: ADJ }, { moving-average-price: [ADJ, 5] }] }, then: SPY, else: cash } }';
    expect(documentOf((await signal(treeFile(tree), '2024-01-08', '--json')).out).weights).toEqual({ SPY: 1 });
  });

  it('knows nothing after the session that it decides on', async () => {
    // On the 4th 99 is below the mean of 110 and 99.
    const tree = '{ if: { when: { gt: [{ current-price: SPY }, { moving-average-price: [SPY, 2] }] }, then: SPY, else: TLT } }';
    expect(documentOf((await signal(treeFile(tree), '2024-01-04', '--json')).out)).toMatchObject({ weights: { TLT: 1 }, cash: 0 });
  });

  it('holds cash without any prices', async () => {
    expect(documentOf((await signal(treeFile('cash'), '2024-01-08', '--json')).out)).toMatchObject({ weights: {}, cash: 1 });
  });

  it('takes a symphony by its name, or by what it begins with', async () => {
    const forms = '; a comment\n(defsymphony "S" {:rebalance-frequency :daily} (weight-equal [(asset "SPY" "")]))';
    const steps = '{"step":"root","name":"S","rebalance":"daily","children":[{"step":"asset","ticker":"SPY"}]}';
    for (const file of [
      fileOf('s.clj', forms),
      fileOf('s.edn', forms),
      fileOf('s.txt', forms),
      fileOf('s.json', steps),
      fileOf('bare', steps),
    ])
      expect(documentOf((await signal(file, '2024-01-08', '--json')).out)).toMatchObject({ weights: { SPY: 1 } });
    expect(documentOf((await signal(fileOf('s.strategy', CHOICE), '2024-01-08', '--json')).out)).toMatchObject({ weights: { SPY: 0.6 } });
  });

  it('decides by the options of the file, and says which closes it looked at', async () => {
    // What fell from 100 to 98 paid 2: with dividends counted back it did not move.
    priceFile('PAYS', [100, 100, 100, 100, 98], [98, 98, 98, 98, 98]);
    const fell = 'tree: { if: { when: { lt: [{ cumulative-return: [PAYS, 1] }, -1] }, then: SPY, else: cash } }';
    const usual = await signal(fileOf('usual.yaml', `strategy: P\nrebalance: none\n${fell}\n`), '2024-01-08', '--explain');
    expect(usual.out).toContain('(prices are adjusted closes where the files have them)\n100.00%  if: takes else');
    const options = 'options: { prices: split-adjusted }';
    const split = await signal(fileOf('split.yaml', `strategy: P\nrebalance: none\n${options}\n${fell}\n`), '2024-01-08', '--explain');
    expect(split.out).toContain('(prices are closes as the files have them, dividends not counted back)\n100.00%  if: takes then');
  });

  it('explains what is spliced: its share is that of all it stands for', async () => {
    // Returns of ±1 % and ±2 %: the calmer has two thirds. Both stand for the filter.
    priceFile('CALM', [100, 100, 100, 101, 99.99]);
    priceFile('WILD', [90, 90, 90, 91.8, 89.964]);
    const tree = 'tree: { inverse-volatility: { window: 2, of: [{ filter: { top: 2, by: current-price, of: [CALM, WILD] } }] } }';
    const file = fileOf('spliced.yaml', `strategy: P\nrebalance: none\noptions: { filter: spliced }\n${tree}\n`);
    const { out } = await signal(file, '2024-01-08', '--explain');
    expect(out).toContain('CALM    66.67%\nWILD    33.33%');
    expect(out).toContain('inverse volatility over 2 days\n         filter  spliced  100.00%\n100.00%  top 2 of 2 by current-price');
  });

  it('explains a stand-in: weighed by its symbol, and what it holds in its place', async () => {
    priceFile('CALM', [100, 100, 100, 101, 99.99]);
    priceFile('WILD', [90, 90, 90, 91.8, 89.964]);
    const tree = '{ inverse-volatility: { window: 2, of: [CALM, { stand-in: { for: WILD, of: cash } }] } }';
    const { out } = await signal(treeFile(tree), '2024-01-08', '--explain');
    expect(out).toContain('CALM    66.67%\ncash    33.33%');
    expect(out).toMatch(/CALM +stdev-return 1\.41% +66\.67%\n +stand-in for WILD +stdev-return 2\.83% +33\.33%/);
    expect(out).toContain('33.33%  stands in for WILD\n   33.33%  cash');
  });

  it('shows no character of a name that steers a terminal', async () => {
    const tree = '{ group: { name: "\\e[2Jgone\\u202e", of: SPY } }';
    const { out } = await signal(treeFile(tree), '2024-01-08', '--explain');
    expect(out).toContain('group “\uFFFD[2Jgone\uFFFD”');
  });
});

describe('undefined data', () => {
  it('ends with exit 1, the ticker, the metric and the date from which it is defined', async () => {
    const { code, out, err } = await signal(fileOf('choice.yaml', CHOICE), '2024-01-02');
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe('error: no weights: SPY moving-average-price(2) is undefined on 2024-01-02: it is defined from 2024-01-03\n');
  });

  it('is in the one JSON document, which holds no weights', async () => {
    const { code, out, err } = await signal(fileOf('choice.yaml', CHOICE), '2024-01-02', '--json');
    expect([code, err]).toEqual([1, '']);
    expect(JSON.parse(out)).toMatchObject({
      error: { code: 'undefined-data', message: expect.stringContaining('SPY moving-average-price(2)') },
      asOf: '2024-01-02',
      weights: null,
      cash: null,
      undefined: [{ symbol: 'SPY', metric: 'moving-average-price(2)', definedFrom: '2024-01-03', definedUntil: null, stops: true }],
    });
  });

  it('is explained as far as the decision came', async () => {
    const { code, out } = await signal(fileOf('choice.yaml', CHOICE), '2024-01-02', '--explain');
    expect(code).toBe(1);
    expect(out).toContain('no weights: something on the taken path is undefined');
    expect(out).toContain('if: undefined\n         SPY current-price 100.00 > SPY moving-average-price(2) undefined: undefined\n');
  });

  it('is a symbol on the taken path without a price file', async () => {
    const { code, err } = await signal(fileOf('choice.yaml', CHOICE), '2024-01-04');
    expect(code).toBe(1);
    expect(err).toContain('GONE close is undefined on 2024-01-04: there is no price file for GONE');
  });

  it.each([
    [
      'an indicator of highs on a file of closes',
      '{ if: { when: { gt: [{ atr: { of: SPY, window: 2 } }, 1] }, then: SPY, else: cash } }',
      'SPY average-true-range(2) is undefined on 2024-01-08: the price file of SPY has no high',
    ],
    [
      'a benchmark without a file',
      '{ if: { when: { gt: [{ monthly: { beta: { of: SPY, to: GONE } } }, 1] }, then: SPY, else: cash } }',
      'SPY monthly beta(60) to GONE is undefined on 2024-01-08: there is no price file for GONE',
    ],
    [
      'a held symbol whose prices end early',
      '{ equal: [SPY, TLT] }',
      'TLT close is undefined on 2024-01-08: it is defined from 2024-01-02, and last on 2024-01-04',
    ],
    [
      'more bars than there are',
      '{ inverse-volatility: { window: 2, of: [NEW] } }',
      'NEW stdev-return(2) is undefined on 2024-01-08: its 2 bars from 2024-01-05 to 2024-01-08 are too few',
    ],
    [
      'a subtree whose series is younger than the window',
      '{ filter: { top: 1, by: { cumulative-return: 2 }, of: [{ group: { name: Young, of: { equal: [SPY, NEW] } } }] } }',
      'group “Young” cumulative-return(2) is undefined on 2024-01-08: it has no value on any day; within its window, NEW close was undefined on 2024-01-04',
    ],
    [
      'what does not move',
      '{ equal: [SPY, { inverse-volatility: { window: 2, of: [{ equal: [cash] }] } }] }',
      'a subtree stdev-return(2) is 0 on 2024-01-08: nothing can be weighted by it',
    ],
  ])('is %s', async (_, tree, message) => {
    const { code, err } = await signal(treeFile(tree), '2024-01-08');
    expect(code).toBe(1);
    expect(err).toContain(message);
  });
});

describe('prices of one class of assets alone', () => {
  const days = ['2024-01-05', '2024-01-06', '2024-01-07', '2024-01-08'];
  let classes = '';
  beforeAll(() => {
    classes = join(folder, 'classes');
    mkdirSync(classes);
    for (const symbol of ['BTCUSD', 'EURUSD', 'SPY'])
      writeFileSync(join(classes, `${symbol}.csv`), ['date,close', ...days.map((date, place) => `${date},${100 + place}`)].join('\n'));
  });
  const onSunday = (symbols: string) =>
    evenkeel(['signal', treeFile(`{ equal: [${symbols}] }`), '--prices', classes, '--as-of', '2024-01-07', '--json']);

  it('are decided on their own days: a coin on a Sunday, traded on the Monday', async () => {
    const { code, out } = await onSunday('BTCUSD');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ asOf: '2024-01-07', tradedOn: '2024-01-08', weights: { BTCUSD: 1 } });
  });

  it('have no close on a Sunday where they are currencies', async () => {
    const { code, out } = await onSunday('EURUSD');
    expect([code, out]).toEqual([2, expect.stringContaining('--as-of 2024-01-07: currencies have no close on that day')]);
  });

  it('are decided on the sessions of the exchange where they are mixed', async () => {
    const { code, out } = await onSunday('BTCUSD, SPY');
    expect([code, out]).toEqual([2, expect.stringContaining('the exchange was closed that day')]);
  });
});

describe('what cannot be used', () => {
  const refusal = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await evenkeel(['signal', ...args]);
    expect([code, out]).toEqual([2, '']);
    expect(err).not.toContain('unexpected');
    return err;
  };

  it.each([
    ['no date', [], 'signal needs --as-of <date> beside --prices'],
    ['a date that is none', ['--as-of', '2024-1-8'], '--as-of "2024-1-8": expected a date'],
    [
      'a Sunday',
      ['--as-of', '2024-01-07'],
      '--as-of 2024-01-07: the exchange was closed that day; the session before it is 2024-01-05, the session after it is 2024-01-08',
    ],
    [
      'a holiday',
      ['--as-of', '2024-01-01'],
      '--as-of 2024-01-01: the exchange was closed that day; the session before it is 2023-12-29, the session after it is 2024-01-02',
    ],
    ['a session after the prices', ['--as-of', '2024-01-09'], 'prices end before 2024-01-09: SPY ends 2024-01-08'],
    ['a session before the prices', ['--as-of', '2023-12-29'], 'prices begin after 2023-12-29: SPY begins 2024-01-02'],
    ['a year that the calendar does not know', ['--as-of', '2031-01-02'], '--as-of "2031-01-02": expected a date the calendar knows'],
  ])('is %s', async (_, args, message) => {
    expect(await refusal(fileOf('choice.yaml', CHOICE), '--prices', prices, ...args)).toContain(`error: ${message}`);
  });

  it('is a folder that is not there, or has no price of any symbol', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty, { recursive: true });
    const file = fileOf('choice.yaml', CHOICE);
    expect(await refusal(file, '--prices', join(folder, 'nowhere'), '--as-of', '2024-01-08')).toContain(
      'cannot read this folder: no such folder',
    );
    expect(await refusal(file, '--prices', empty, '--as-of', '2024-01-08')).toContain(`no price file for any of GONE, SPY in ${empty}`);
  });

  it('is a price file with a bad row', async () => {
    const bad = join(folder, 'bad');
    mkdirSync(bad, { recursive: true });
    writeFileSync(join(bad, 'SPY.csv'), 'date,close\n2024-01-02,0\n');
    expect(await refusal(fileOf('choice.yaml', CHOICE), '--prices', bad, '--as-of', '2024-01-02')).toContain('SPY.csv:2: close');
  });

  it.each([
    ['a file that is not there', () => join(folder, 'nowhere.yaml'), 'no such file — expected a strategy'],
    ['a folder', () => prices, 'a directory — expected a strategy'],
    ['bytes that are zero', () => fileOf('zero.json', '{"a":\0}'), 'binary content — expected a text in UTF-8'],
    ['a hundred megabytes', () => hugeFile(), '104857600 bytes — expected a file of at most'],
    [
      'a YAML file with an unknown key',
      () => fileOf('typo.yaml', CHOICE.replace('rebalance', 'rebalanced')),
      ':2:1 rebalanced: unknown key',
    ],
    ['a window of 0', () => treeFile('{ inverse-volatility: { window: 0, of: [SPY] } }'), 'inverse-volatility.window: 0'],
    [
      'a window that is no whole number',
      () => treeFile('{ inverse-volatility: { window: 1.5, of: [SPY] } }'),
      'inverse-volatility.window: "1.5"',
    ],
    ['an empty group', () => treeFile('{ equal: [] }'), 'tree.equal: an empty list'],
    ['an if without else', () => treeFile('{ if: { when: { gt: [{ current-price: SPY }, 1] }, then: SPY } }'), 'tree.if.else: missing'],
    ['an unknown metric', () => treeFile('{ filter: { top: 1, by: { luck: 3 }, of: [SPY] } }'), 'tree.filter.by'],
    [
      'a symphony with an unknown step',
      () => fileOf('s.json', '{"step":"root","name":"S","rebalance":"daily","children":[{"step":"wish"}]}'),
      '"wish"',
    ],
    ['brackets that are not closed', () => fileOf('s.clj', '(defsymphony "S" {} (asset "SPY" ""'), 'never closed'],
    ['a hundred thousand brackets', () => fileOf('s.clj', '('.repeat(100_000)), 'nested deeper than'],
  ])('is %s', async (_, make, message) => {
    expect(await refusal(make(), '--prices', prices, '--as-of', '2024-01-08')).toContain(message);
  });
});

/** Sparse: it takes no room. */
function hugeFile(): string {
  const path = fileOf('huge.edn', '');
  truncateSync(path, 104_857_600);
  return path;
}

const symphony = join(data, 'symphonies', 'rotation-by-hand.clj');
const etfs = join(data, 'prices', 'etf37');
const isAbsent = !existsSync(symphony) || !existsSync(etfs);

describe.skipIf(isAbsent)(`the sample symphony on real prices (skipped where ${data} is absent)`, () => {
  it('takes the defensive branch at the end of March 2020, with figures computed elsewhere', async () => {
    const { code, out } = await evenkeel(['signal', symphony, '--prices', etfs, '--as-of', '2020-03-31', '--explain']);
    expect(code).toBe(0);
    expect(out).toContain(
      [
        '100.00%  if: takes else',
        '         SPY current-price 246.14 > SPY moving-average-price(200) 285.58: no, 39.44 below (13.81%)',
        '100.00%  if: takes else',
        '         SPY rsi(10) 48.13 < 30: no, 18.13 points above (60.44%)',
        '100.00%  inverse volatility over 60 days',
        '         TLT  stdev-return 2.34%    5.23%',
        '         GLD  stdev-return 1.57%    7.79%',
        '         SHY  stdev-return 0.14%   86.98%',
      ].join('\n'),
    );
  });

  it('has weights that sum to one with cash', async () => {
    const { out } = await evenkeel(['signal', symphony, '--prices', etfs, '--as-of', '2020-03-31', '--json']);
    const { weights, cash } = documentOf(out);
    expect(weights).toEqual({ GLD: expect.closeTo(0.0778505, 6), SHY: expect.closeTo(0.8698361, 6), TLT: expect.closeTo(0.0523134, 6) });
    expect(Object.values(weights ?? {}).reduce((sum, weight) => sum + weight, cash ?? Number.NaN)).toBeCloseTo(1, 6);
  });

  it('says from when the 200-day mean is defined: the 200th session of the prices', async () => {
    const { code, err } = await evenkeel(['signal', symphony, '--prices', etfs, '--as-of', '2000-05-01']);
    expect(code).toBe(1);
    expect(err).toContain('SPY moving-average-price(200) is undefined on 2000-05-01: it is defined from 2000-10-13');
  });
});
