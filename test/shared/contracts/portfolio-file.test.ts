import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PORTFOLIO_FILE_BYTES_MAX, parsePortfolioFile } from '../../../shared/contracts/portfolio-file.ts';
import { portfolioJsonSchema } from '../../../shared/contracts/portfolio-json-schema.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { percent } from '../../../shared/core/values/weight.ts';
import { policyIn, problemsIn, spoiled } from './portfolio-text.ts';

const folder = new URL('../../../portfolios/', import.meta.url);
const minimal =
  'portfolio: tiny\nschedules: { daily: { at: open+30m, every: day } }\nsleeves: { core: { capital: 100%, strategy: { equal: [A, B, C, D] } } }\n';

describe('a sound portfolio file', () => {
  it('becomes a policy in exact units', () => {
    const text =
      'portfolio: half\nshares: fractional\nminimum-trade: 25.50 USD\nlimits: { position: 55% }\nexecution: { deadline: 10m, peg-wait: 45s }\n' +
      'schedules: { weekly: { at: close-25m, every: week, on: first, band: { relative: 12.5% }, approve: true } }\n' +
      'sleeves: { core: { capital: 100%, strategy: { specified: { SPY: 33.3333%, cash: 66.6667% } } } }\n';
    expect(policyIn(text)).toEqual({
      name: 'half',
      account: { name: 'main', mode: 'paper' },
      schedules: [
        {
          name: 'weekly',
          at: { anchor: 'close', offsetMinutes: -25 },
          every: 'week',
          on: 'first',
          band: { relative: 125_000n },
          approve: true,
        },
      ],
      sleeves: [
        {
          name: 'core',
          capital: 1_000_000n,
          strategy: {
            kind: 'specified',
            children: [
              { weight: 333_333n, child: { kind: 'asset', symbol: 'SPY' } },
              { weight: 666_667n, child: { kind: 'cash' } },
            ],
          },
          rebalance: { kind: 'every', every: 'day' },
          decideOn: 'last-close',
          options: DEFAULT_OPTIONS,
        },
      ],
      cashReserve: 10_000n,
      minimumTrade: 25_500_000n,
      shareUnit: 'fractional',
      limits: {
        orderNotionalMax: 100_000_000_000n,
        orderSharesMax: 100_000_000_000_000n,
        ordersMax: 50,
        sessionOrdersMax: 500,
        positionMax: 550_000n,
        netMax: 1_000_000n,
        shortMax: 0n,
        volumeMax: 10_000n,
        turnoverMax: 1_000_000n,
        dayTurnoverMax: 1_000_000n,
        priceMoveMax: 250_000n,
        marginBuffer: 0n,
        dayTrades: 'by-date',
        breaker: {
          dayLoss: { caution: 20_000n, restricted: 30_000n, stopped: 50_000n },
          drawdown: { caution: 100_000n, restricted: 150_000n, stopped: 200_000n },
        },
      },
      execution: {
        style: 'marketable',
        pegsMax: 3,
        pegWaitMs: 45_000,
        collarBps: 20,
        approvalBpsMax: 100,
        deadlineBeforeCloseMs: 600_000,
        quote: { quoteAgeMsMax: 30_000, spreadBpsMax: 50 },
        slicing: { slicesMax: 6, volumeMax: 10_000n, participationMax: 100_000n },
      },
    });
  });

  it('is worked without slices, and with the auction, where it says so', () => {
    expect(policyIn(`${minimal}execution: { slices: 1 }\n`).execution).not.toHaveProperty('slicing');
    expect(policyIn(minimal).execution).not.toHaveProperty('auction');
    expect(policyIn(`${minimal}account: { auctions: [close] }\nexecution: { auction: close, slices: 20 }\n`).execution).toMatchObject({
      auction: 'close',
      slicing: { slicesMax: 20 },
    });
  });

  it('leaves alone what it does not own, unless it says that it takes it over', () => {
    expect(policyIn(minimal)).not.toHaveProperty('unowned');
    expect(policyIn(`unowned: leave\n${minimal}`)).not.toHaveProperty('unowned');
    expect(policyIn(`unowned: adopt\n${minimal}`)).toMatchObject({ unowned: 'adopt' });
    expect(policyIn(`unowned: sell\naccount: { number: PA1 }\n${minimal}`)).toMatchObject({ unowned: 'sell' });
    expect(policyIn(minimal)).not.toHaveProperty('settlement');
    expect(policyIn(`settlement: broker\n${minimal}`)).toMatchObject({ settlement: 'broker' });
    expect(policyIn(`invest-deposits: under-weights\n${minimal}`)).not.toHaveProperty('investDeposits');
    expect(policyIn(`invest-deposits: on-rebalance\n${minimal}`)).toMatchObject({ investDeposits: 'on-rebalance' });
  });

  it('lets tiers add up to 30 % of the portfolio, or the limit of the symbol, as a part of the sleeve', () => {
    const tiers = 'exits: { stop-loss: 8% }, tiers: [{ gain: 5%, add: 50% }]';
    const added = (text: string) =>
      policyIn(text.replace('{ equal: [A, B, C, D] }', `{ specified: { A: 20%, cash: 80% } }, ${tiers}`)).sleeves[0]?.exits?.tiers;
    // A weight of 20 % and its band.
    expect(added(minimal)).toEqual({ steps: [{ gain: percent('5%'), add: percent('50%') }], caps: { A: percent('25%') } });
    expect(added(`${minimal}limits: { position: 90% }\n`)?.caps).toEqual({ A: percent('30%') });
  });

  it('is paper, small and off where it says nothing', () => {
    const policy = policyIn(minimal);
    expect(policy.account).toEqual({ name: 'main', mode: 'paper' });
    expect(policy.schedules[0]).toMatchObject({ on: 'last', approve: false, band: { absolute: percent('5%'), relative: percent('25%') } });
    expect([policy.cashReserve, policy.minimumTrade, policy.shareUnit]).toEqual([percent('1%'), usd('10'), 'whole']);
  });

  it('may name symbols that other YAML readers take for booleans or nothing', () => {
    const policy = policyIn(minimal.replace('A, B, C, D', 'ON, NO, TRUE, NULL, Y'.replace(', Y', '')));
    expect(policy.sleeves[0]?.strategy).toEqual({
      kind: 'equal',
      children: ['ON', 'NO', 'TRUE', 'NULL'].map((symbol) => ({ kind: 'asset', symbol })),
    });
  });

  it('may write an account number of digits without quotes', () => {
    expect(policyIn(`${minimal}account: { mode: live, number: 123456789 }\n`).account).toEqual({
      name: 'main',
      mode: 'live',
      number: '123456789',
      capital: percent('1%'),
    });
  });

  it('uses all of a paper account, the first step of a live one, and the step that it names', () => {
    const capitalOf = (account: string) => policyIn(`${minimal}account: ${account}\n`).account.capital;
    expect(capitalOf('{ mode: paper }')).toBeUndefined();
    expect(capitalOf('{ mode: paper, capital: 100% }')).toBeUndefined();
    expect(capitalOf('{ mode: paper, capital: 50% }')).toBe(percent('50%'));
    expect(capitalOf('{ mode: live, number: A1 }')).toBe(percent('1%'));
    expect(capitalOf('{ mode: live, number: A1, capital: 100% }')).toBeUndefined();
  });

  it.each(readdirSync(folder).filter((name) => name.endsWith('.yaml')))('may be copied from portfolios/%s, which is paper', (name) => {
    expect(policyIn(readFileSync(new URL(name, folder), 'utf8')).account.mode).toBe('paper');
  });

  it('is described to editors by the committed JSON Schema', () => {
    const committed = readFileSync(new URL('portfolio.schema.json', folder), 'utf8');
    expect(
      `${JSON.stringify(portfolioJsonSchema(), null, 2)}\n`,
      'write it anew: bin/evenkeel schema > portfolios/portfolio.schema.json',
    ).toBe(committed);
  });
});

describe('fields that contradict one another', () => {
  it.each([
    [
      'capital that does not sum to the whole',
      minimal.replace('100%', '99.9%'),
      'sleeves: capital that sums to 99.9% — expected sleeves whose capital sums to exactly 100%',
    ],
    [
      'the keys of a broker where the audit key lies',
      `${minimal}account: { name: audit-key }\n`,
      'account.name: "audit-key" — expected another name: the secret audit-key seals the records',
    ],
    [
      'live without an account number',
      `${minimal}account: { mode: live }\n`,
      'account.number: missing — expected the account number: live trades only in the account that the file names',
    ],
    [
      'a weight above the position limit, naming the limit to raise',
      `${minimal.replace('{ equal: [A, B, C, D] }', '{ specified: { SPY: 60%, BND: 40% } }')}limits: { position: 30% }\n`,
      'limits.position: 30%, yet SPY is given 60% of the portfolio — expected limits.position: 65%, or less SPY',
    ],
    [
      'a symbol that two sleeves bring above the position limit',
      minimal.replace(
        /sleeves.*/,
        'sleeves: { a: { capital: 50%, strategy: { equal: [A, B] } }, b: { capital: 50%, strategy: { equal: [A, C, D, E] } } }\nlimits: { position: 30% }',
      ),
      'limits.position: 30%, yet A is given 37.5% of the portfolio — expected limits.position: 43%, or less A',
    ],
    [
      'a weight that a condition may pick above what is let without a word',
      minimal.replace('{ equal: [A, B, C, D] }', '{ if: { when: { gt: [{ rsi: [A, 10] }, 70] }, then: { equal: [A, B] }, else: C } }'),
      'limits.position: 30%, yet C is given 100% of the portfolio — expected limits.position: 100%, or less C',
    ],
    [
      'a day that turns over less than a run may',
      `${minimal}limits: { turnover: 50%, day-turnover: 49% }\n`,
      'limits.day-turnover: 49%, beside a limits.turnover of 50% for each run — expected at least 50%, or a smaller limits.turnover',
    ],
    [
      'a group of a symbol that is never held',
      `${minimal}limits: { groups: { tech: { of: [A, X], most: 50% } } }\n`,
      'limits.groups.tech.of: X — expected symbols that some sleeve may hold',
    ],
    [
      'a group that names a symbol twice',
      `${minimal}limits: { groups: { tech: { of: [A, A], most: 50% } } }\n`,
      'limits.groups.tech.of: A twice — expected each symbol once',
    ],
    [
      'a group that is given more than it may be',
      `${minimal}limits: { groups: { tech: { of: [A, B], most: 49% } } }\n`,
      'limits.groups.tech.most: 49%, yet its symbols are given 50% of the portfolio — expected at least 50%, or less of them',
    ],
    [
      'levels of a breaker that do not rise',
      `${minimal}limits: { breaker: { drawdown: { caution: 16% } } }\n`,
      'limits.breaker.drawdown: 16%, then 15%, then 20% — expected caution, restricted and stopped in rising order',
    ],
    [
      'nothing but cash',
      minimal.replace('{ equal: [A, B, C, D] }', '{ equal: [cash, cash] }'),
      'sleeves: nothing but cash — expected at least one symbol with a weight',
    ],
    [
      'a slot after the deadline',
      minimal.replace('open+30m', 'close-5m'),
      'schedules.daily.at: 5 min before the close of a short session — expected a slot before execution.deadline (300s before the close)',
    ],
    [
      'a slot after the open that an early close puts behind the deadline',
      minimal.replace('open+30m', 'open+205m'),
      'schedules.daily.at: 5 min before the close of a short session — expected a slot before execution.deadline (300s before the close)',
    ],
    [
      'an auction that the account does not have',
      `${minimal}execution: { auction: close }\n`,
      'execution.auction: close, yet account.auctions has no close — expected none, or auctions: [close] under account, where the broker fills them',
    ],
    [
      'an auction of fractional shares',
      `shares: fractional\n${minimal}account: { auctions: [close] }\nexecution: { auction: close }\n`,
      'execution.auction: close, yet shares is fractional — expected none, or shares: whole',
    ],
    [
      'an auction whose last call is over',
      `${minimal.replace('open+30m', 'close-10m')}account: { auctions: [close] }\nexecution: { auction: close }\n`,
      'execution.auction: close, yet schedule daily runs 10 min before the close of a short session — expected none, or slots more than 10 min before the close',
    ],
    [
      'an auction whose last call is over where the session ends early',
      `${minimal.replace('open+30m', 'open+200m')}account: { auctions: [close] }\nexecution: { auction: close }\n`,
      'execution.auction: close, yet schedule daily runs 10 min before the close of a short session — expected none, or slots more than 10 min before the close',
    ],
    [
      'a re-entry by periods where there are none',
      minimal.replace('{ equal: [A, B, C, D] }', '{ equal: [A, B, C, D] }, exits: { sessions: 9, re-enter: next-period }'),
      'sleeves.core.exits.re-enter: next-period, yet the sleeve is not rebalanced by the week, month, quarter or year — expected when-target-returns, or a rebalance such as { every: month }',
    ],
    [
      'tiers without a stop',
      minimal.replace('{ equal: [A, B, C, D] }', '{ equal: [A, B, C, D] }, tiers: [{ gain: 5%, add: 50% }]'),
      'sleeves.core.tiers: tiers without a stop-loss — expected exits with a stop-loss: it is raised with every tier',
    ],
    [
      'tiers whose gains do not rise',
      minimal.replace(
        '{ equal: [A, B, C, D] }',
        '{ equal: [A, B, C, D] }, exits: { stop-loss: 8% }, tiers: [{ gain: 5%, add: 50% }, { gain: 5%, add: 25% }]',
      ),
      'sleeves.core.tiers: gains of 5%, then 5% — expected gains in rising order',
    ],
    [
      'tiers that do not shrink',
      minimal.replace(
        '{ equal: [A, B, C, D] }',
        '{ equal: [A, B, C, D] }, exits: { stop-loss: 8% }, tiers: [{ gain: 5%, add: 50% }, { gain: 9%, add: 50% }]',
      ),
      'sleeves.core.tiers: 50%, then 50% added — expected each tier smaller than the one before',
    ],
    [
      'tiers in a symbol of two sleeves',
      minimal
        .replace('capital: 100%', 'capital: 50%')
        .replace(
          '{ equal: [A, B, C, D] }',
          '{ equal: [A, B, C, D] }, exits: { stop-loss: 8% }, tiers: [{ gain: 5%, add: 50% }] }, other: { capital: 50%, strategy: D',
        ),
      'sleeves.core.tiers: tiers in D, which sleeve other may hold too — expected symbols that no other sleeve may hold: a position has one stop',
    ],
    [
      'selling what it does not own in an account that it does not name',
      `${minimal}unowned: sell\n`,
      'account.number: missing — expected the account number: unowned: sell sells only in the account that the file names',
    ],
    [
      'a limit of short positions beyond what the cash reserve leaves',
      `${minimal}cash-reserve: 10%\nlimits: { short: 90.5% }\n`,
      'limits.short: 90.5%, beside a cash-reserve of 10% — expected at most 90%: nothing is borrowed',
    ],
    [
      'live quotes for a strategy that looks at highs and lows',
      minimal.replace(
        '{ equal: [A, B, C, D] }',
        '{ filter: { top: 4, by: { average-true-range: { window: 5 } }, of: [A, B, C, D] } }, decide-on: live-quote',
      ),
      'sleeves.core.decide-on: live-quote, yet the high, low of A decide — expected last-close',
    ],
    [
      'which session of a day',
      minimal.replace('every: day', 'every: day, on: first'),
      'schedules.daily.on: "first" — expected no such key where every is day: each session is both the first and the last',
    ],
  ])('are refused: %s', (_, text, problem) => {
    expect(problemsIn(text)).toEqual([problem]);
  });

  it('refuses to rank a strategy by a level of price, which its simulated series does not have', () => {
    const ranked = minimal.replace(
      '{ equal: [A, B, C, D] }',
      '{ filter: { top: 1, by: { moving-average-price: 10 }, of: [A, { equal: [B, C] }] } }',
    );
    expect(problemsIn(ranked)).toEqual(
      expect.arrayContaining([
        'sleeves.core.strategy: a filter by moving-average-price over equal — expected a metric of returns, or symbols only',
      ]),
    );
  });

  it('refuses a part, which only a strategy file has', () => {
    expect(problemsIn(minimal.replace('{ equal: [A, B, C, D] }', '{ part: growth }'))).toEqual([
      'sleeves.core.strategy: part: growth — expected one of the parts: there are none',
    ]);
  });

  it('include all that a volatility target may give, as if nothing moved', () => {
    const held = `${minimal}limits: { position: 30% }\n`;
    const target = '{ volatility-target: { annual: 10%, window: 20, of: { equal: [A, B] } } }';
    expect(problemsIn(held.replace('{ equal: [A, B, C, D] }', target))).toEqual(
      problemsIn(held.replace('{ equal: [A, B, C, D] }', '{ equal: [A, B] }')),
    );
    expect(problemsIn(held.replace('{ equal: [A, B, C, D] }', target))).not.toEqual([]);
  });

  it('do not include an inverse-volatility weight, which prices decide', () => {
    expect(problemsIn(minimal.replace('{ equal: [A, B, C, D] }', '{ inverse-volatility: { window: 20, of: [A, B] } }'))).toEqual([]);
  });
});

describe('a text that is not a portfolio', () => {
  it.each([
    ['empty', '', ': nothing — expected a mapping with the keys portfolio'],
    ['a list', '- a\n- b\n', ': a list — expected a mapping with the keys portfolio'],
    ['a word', 'hello', ': "hello" — expected a mapping with the keys portfolio'],
    ['two documents', `${minimal}---\n${minimal}`, ': a second document — expected one document a file'],
    ['tabs', 'portfolio:\n\tx: 1\n', ': Tabs are not allowed as indentation — expected valid YAML'],
    ['the same key twice', `${minimal}portfolio: other\n`, 'portfolio: the same key twice — expected each key once'],
    ['an anchor', minimal.replace('tiny', '&x tiny'), ': the anchor &x — expected no anchors'],
    ['an alias', `${minimal}description: *x\n`, ': the alias *x — expected the value itself, written out'],
    ['a tag', minimal.replace('tiny', '!secret tiny'), ': the tag !secret — expected no tags'],
    ['a directive', `%YAML 1.1\n---\n${minimal}`, ': %YAML 1.1 — expected no directive lines'],
    ['a key that is a list', `${minimal}? [a]\n: b\n`, ': a key that is a list or a mapping — expected a plain key'],
    ['a prototype', `${minimal}__proto__: { a: b }\n`, '__proto__: unknown key — expected another key'],
    ['nesting as an attack', '['.repeat(50_000), ': nested deeper than 256 levels — expected at most 256 levels'],
    ['compact nesting as an attack', '- '.repeat(50_000), ': nested deeper than 256 levels — expected at most 256 levels'],
    [
      'too long',
      ' '.repeat(PORTFOLIO_FILE_BYTES_MAX + 1),
      `: ${PORTFOLIO_FILE_BYTES_MAX + 1} characters — expected at most ${PORTFOLIO_FILE_BYTES_MAX}`,
    ],
  ])('is refused: %s', (_, text, problem) => {
    expect(problemsIn(text).join('\n')).toContain(problem);
  });
});

describe('the place of a problem', () => {
  it('is the line and column of the value, or of an unknown key', () => {
    const text =
      'portfolio: tiny\nschedules:\n  daily:\n    at:   clos-5m\n    every: day\nsleves: {}\nsleeves:\n  core: { capital: 5, strategy: SPY }\n';
    const file = parsePortfolioFile(text, 'my.yaml');
    expect(file.kind === 'refused' ? file.problems.map(({ path, line, column }) => [path, line, column]) : []).toEqual([
      ['schedules.daily.at', 4, 11],
      ['sleves', 6, 1],
      ['sleeves.core.capital', 8, 20],
    ]);
  });

  it('of a missing key is the mapping that lacks it', () => {
    const file = parsePortfolioFile(minimal.replace('at: open+30m, ', ''), 'my.yaml');
    expect(file.kind === 'refused' ? file.problems : []).toMatchObject([
      { path: 'schedules.daily.at', line: 2, column: 21, value: 'missing' },
    ]);
  });

  it('comes for all problems at once, in the order of the file', () => {
    const text = spoiled(['account', 'mode'], 'papre').replace('pegs: 3', 'pegs: 1e3').replace('shares: whole', 'shares: hole');
    expect(problemsIn(text).map((problem) => problem.split(':')[0])).toEqual(['account.mode', 'shares', 'execution.pegs']);
  });
});
