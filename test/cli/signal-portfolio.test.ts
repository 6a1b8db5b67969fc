import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evenkeel } from './spoken.ts';

// The first sessions of 2024: Tuesday to Friday, and Monday.
const DATES = ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05', '2024-01-08'];

// On Monday SPY is above its mean of two (105), on Thursday below (104.5).
const CLOSES = { SPY: [100, 110, 99, 100, 110], TLT: [90, 90, 90, 90, 90] };

const PORTFOLIO = `portfolio: two-sleeves
cash-reserve: 10%
schedules:
  monthly: { at: close-25m, every: month }
sleeves:
  core:
    capital: 60%
    strategy:
      specified: { SPY: 50%, TLT: 50% }
  trend:
    capital: 40%
    strategy:
      if:
        when: { gt: [{ current-price: SPY }, { moving-average-price: [SPY, 2] }] }
        then: SPY
        else: cash
limits:
  position: 100%
`;

let folder = '';
let prices = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-signal-portfolio-'));
  prices = join(folder, 'prices');
  mkdirSync(prices);
  for (const [symbol, closes] of Object.entries(CLOSES)) {
    const rows = closes.map((close, place) => `${DATES[place]},${close}`);
    writeFileSync(join(prices, `${symbol}.csv`), ['date,close', ...rows, ''].join('\n'));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const signal = (file: string, asOf: string, ...more: string[]) => evenkeel(['signal', file, '--prices', prices, '--as-of', asOf, ...more]);

describe('evenkeel signal of a portfolio', () => {
  it('prints the weights of each sleeve, and what they come to together', async () => {
    const { code, out, err } = await signal(fileOf('two.yaml', PORTFOLIO), '2024-01-08');
    expect([code, err]).toEqual([0, '']);
    // SPY is half of 60 % and all of 40 %: 70 %, and 63 % when a tenth stays cash. TLT is 30 %, and 27 %.
    expect(out).toBe(
      [
        'two-sleeves at the close of 2024-01-08',
        '',
        'Sleeve core, 60% of the capital, decided on closes and traded on 2024-01-09',
        'symbol  weight',
        'SPY     50.00%',
        'TLT     50.00%',
        'cash     0.00%',
        '',
        'Sleeve trend, 40% of the capital, decided on closes and traded on 2024-01-09',
        'symbol   weight',
        'SPY     100.00%',
        'cash      0.00%',
        '',
        'Target weights, at least 10% of them cash',
        'symbol  weight',
        'SPY     63.00%',
        'TLT     27.00%',
        'cash    10.00%',
        '',
      ].join('\n'),
    );
  });

  it('keeps no reserve beside cash that is there anyway', async () => {
    // The 40 % of the trend are cash: more than the reserve.
    const { out } = await signal(fileOf('two.yaml', PORTFOLIO), '2024-01-04', '--json');
    expect(JSON.parse(out)).toMatchObject({ targets: { weights: { SPY: 0.3, TLT: 0.3 }, cash: 0.4 } });
  });

  it('prints one JSON document with sleeves and targets', async () => {
    const { code, out, err } = await signal(fileOf('two.yaml', PORTFOLIO), '2024-01-08', '--json');
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual({
      asOf: '2024-01-08',
      portfolio: 'two-sleeves',
      anchor: '2024-01-02',
      prices: { kind: 'files', folders: [prices] },
      cashReserve: 0.1,
      sleeves: [
        {
          name: 'core',
          capital: 0.6,
          decideOn: 'last-close',
          tradedOn: '2024-01-09',
          weights: { SPY: 0.5, TLT: 0.5 },
          cash: 0,
          undefined: [],
          trace: { steps: [expect.objectContaining({ reason: { kind: 'specified' } }), expect.anything(), expect.anything()] },
        },
        {
          name: 'trend',
          capital: 0.4,
          decideOn: 'last-close',
          tradedOn: '2024-01-09',
          weights: { SPY: 1 },
          cash: 0,
          undefined: [],
          trace: {
            steps: [expect.objectContaining({ reason: expect.objectContaining({ kind: 'if', taken: 'then' }) }), expect.anything()],
          },
        },
      ],
      targets: { weights: { SPY: 0.63, TLT: 0.27 }, cash: 0.1 },
    });
  });

  it('explains each sleeve by its own steps', async () => {
    const { out } = await signal(fileOf('two.yaml', PORTFOLIO), '2024-01-08', '--explain');
    const [core = '', trend = '', targets = ''] = out.split(/^(?=Sleeve |Target )/m).slice(1);
    expect(core).toContain('100.00%  given parts\n   50.00%  SPY\n   50.00%  TLT\n');
    expect(trend).toContain('SPY current-price 110.00 > SPY moving-average-price(2) 105.00: yes, 5.00 above (4.76%)');
    expect(targets).not.toContain('Why');
  });

  it('reads strategy files that the portfolio names, relative to it', async () => {
    mkdirSync(join(folder, 'strategies'), { recursive: true });
    fileOf('strategies/safe.yaml', 'strategy: Safe\nrebalance: none\ntree: TLT\n');
    const text = PORTFOLIO.replace(/strategy:\n {6}if:[\s\S]*?else: cash\n/, 'strategy: { file: strategies/safe.yaml }\n');
    const { out } = await signal(fileOf('named.yaml', text), '2024-01-08', '--json');
    // TLT is half of 60 % and all of 40 %.
    expect(JSON.parse(out)).toMatchObject({ targets: { weights: { SPY: 0.27, TLT: 0.63 }, cash: 0.1 } });
  });

  it.each([
    ['with its key in quotes', PORTFOLIO.replace('portfolio:', '"portfolio":')],
    ['with its key at the end', `${PORTFOLIO.replace('portfolio: two-sleeves\n', '')}portfolio: two-sleeves\n`],
    ['that begins with a comment', `# mine\n---\n${PORTFOLIO}`],
  ])('knows a portfolio %s', async (_, text) => {
    const { code, out } = await signal(fileOf('quoted.yaml', text), '2024-01-08');
    expect([code, out.split('\n')[0]]).toEqual([0, 'two-sleeves at the close of 2024-01-08']);
  });

  it('takes a strategy for a strategy where it only speaks of a portfolio', async () => {
    const text = 'strategy: S\ndescription: |\n  for this\n  portfolio: mine\nrebalance: none\ntree: SPY\n';
    const { code, out } = await signal(fileOf('speaks.yaml', text), '2024-01-08', '--json');
    expect([code, JSON.parse(out).strategy]).toEqual([0, 'S']);
  });

  it('refuses a file with every problem in it', async () => {
    const text = PORTFOLIO.replace('capital: 60%', 'capital: 60').replace('clos', 'cols');
    const { code, out, err } = await signal(fileOf('bad.yaml', text), '2024-01-08');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('bad.yaml:4:18 schedules.monthly.at: "colse-25m" — expected close-<n>m');
    expect(err).toContain('bad.yaml:7:14 sleeves.core.capital: 60 — expected');
    expect(err).toContain('bad.yaml is refused');
  });
});

describe('a sleeve without an answer', () => {
  it('ends with exit 1, its name and what is undefined', async () => {
    const { code, out, err } = await signal(fileOf('two.yaml', PORTFOLIO), '2024-01-02');
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(
      'error: no targets: sleeve trend: SPY moving-average-price(2) is undefined on 2024-01-02: it is defined from 2024-01-03\n',
    );
  });

  it('leaves no targets in the document, and the other sleeves as they are', async () => {
    const { code, out, err } = await signal(fileOf('two.yaml', PORTFOLIO), '2024-01-02', '--json');
    expect([code, err]).toEqual([1, '']);
    expect(JSON.parse(out)).toMatchObject({
      error: { code: 'undefined-data', message: expect.stringContaining('sleeve trend: SPY moving-average-price(2)') },
      sleeves: [
        { name: 'core', weights: { SPY: 0.5, TLT: 0.5 } },
        { name: 'trend', weights: null, cash: null, undefined: [{ symbol: 'SPY', metric: 'moving-average-price(2)', stops: true }] },
      ],
      targets: null,
    });
  });

  it('is explained as far as the decision came', async () => {
    const { code, out } = await signal(fileOf('two.yaml', PORTFOLIO), '2024-01-02', '--explain');
    expect(code).toBe(1);
    expect(out).toContain(
      'Sleeve trend, 40% of the capital, decided on closes and traded on 2024-01-03\nno weights: something on the taken path is undefined\n',
    );
    expect(out).toContain('if: undefined');
    expect(out).not.toContain('Target weights');
  });

  it('is named beside every other one', async () => {
    const text = PORTFOLIO.replace('specified: { SPY: 50%, TLT: 50% }', 'equal: [GONE, TLT]');
    const { code, err } = await signal(fileOf('gone.yaml', text), '2024-01-02');
    expect(code).toBe(1);
    expect(err).toBe(
      'error: no targets: sleeve core: GONE close is undefined on 2024-01-02: there is no price file for GONE; ' +
        'sleeve trend: SPY moving-average-price(2) is undefined on 2024-01-02: it is defined from 2024-01-03\n',
    );
  });

  it('is one with an answer where only a candidate is left out, which is said', async () => {
    const text = PORTFOLIO.replace(
      'specified: { SPY: 50%, TLT: 50% }',
      'filter: { top: 1, by: { cumulative-return: 1 }, of: [TLT, GONE] }',
    );
    const { code, out, err } = await signal(fileOf('left-out.yaml', text), '2024-01-08');
    expect(code).toBe(0);
    // All of TLT's 60 % and of SPY's 40 %, nine tenths of each.
    expect(out).toContain('SPY     36.00%\nTLT     54.00%\ncash    10.00%\n');
    expect(err).toBe('left out in sleeve core: GONE cumulative-return(1) is undefined on 2024-01-08: there is no price file for GONE\n');
  });
});
