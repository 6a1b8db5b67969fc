import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePortfolioFile } from '../../../shared/contracts/portfolio-file.ts';
import type { PortfolioPolicy } from '../../../shared/contracts/portfolio-policy.ts';
import { DAY_TRADE_LIMITS, type Limits } from '../../../shared/core/risk/limits.ts';
import { DECIDE_ON, type Tree } from '../../../shared/core/strategy/tree.ts';
import { anyRebalanceRule } from '../../arbitraries/strategy-file.ts';
import { anyOptions } from '../../arbitraries/strategy-options.ts';
import { policyIn } from './portfolio-text.ts';
import { writePortfolio } from './write-portfolio.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z0-9]$/);
const symbol = fc.constantFrom('SPY', 'ON', 'NO', 'TRUE', 'NULL', 'BRK.B', 'Y', 'INF', 'E');
const ppm = (min: number, max: number) => fc.bigInt(BigInt(min), BigInt(max));
const cents = (min: number, max: number) => fc.bigInt(BigInt(min), BigInt(max)).map((count) => count * 10_000n);
const seconds = (min: number, max: number) => fc.integer({ min, max }).map((count) => count * 1_000);

/** Parts of one million, at least one each. */
const parts = (count: number) =>
  fc.uniqueArray(fc.integer({ min: 1, max: 999_999 }), { minLength: count - 1, maxLength: count - 1 }).map((cuts) => {
    const edges = [0, ...cuts.sort((left, right) => left - right), 1_000_000];
    return edges.slice(1).map((edge, index) => BigInt(edge - (edges[index] ?? 0)));
  });

const strategy: fc.Arbitrary<Tree> = fc.letrec<{ node: Tree; asset: Tree }>((tie) => ({
  asset: symbol.map((ticker): Tree => ({ kind: 'asset', symbol: ticker })),
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('asset'),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((children): Tree => ({ kind: 'equal', children })),
    fc
      .record({ window: fc.integer({ min: 2, max: 1_000 }), children: fc.array(tie('asset'), { minLength: 1, maxLength: 3 }) })
      .map((fields): Tree => ({ kind: 'inverse-volatility', ...fields })),
    fc.tuple(parts(3), tie('node'), tie('node')).map(
      ([[first = 0n, second = 0n, third = 0n], left, right]): Tree => ({
        kind: 'specified',
        children: [
          { weight: first, child: left },
          { weight: second, child: { kind: 'cash' } },
          { weight: third, child: right },
        ],
      }),
    ),
  ),
})).node;

const schedule = fc.record({
  name,
  at: fc
    .integer({ min: 61, max: 149 })
    .chain((minutes) =>
      fc.constantFrom({ anchor: 'close' as const, offsetMinutes: -minutes }, { anchor: 'open' as const, offsetMinutes: minutes }),
    ),
  every: fc.constantFrom('week' as const, 'month' as const, 'quarter' as const, 'year' as const),
  on: fc.constantFrom('first' as const, 'last' as const),
  band: fc.oneof(
    fc.record({ absolute: ppm(0, 1_000_000), relative: ppm(0, 1_000_000) }),
    fc.record({ absolute: ppm(0, 1_000_000) }),
    fc.record({ relative: ppm(0, 1_000_000) }),
  ),
  approve: fc.boolean(),
});

const sleeves = fc
  .tuple(
    parts(2),
    fc.uniqueArray(name, { minLength: 2, maxLength: 2 }),
    strategy,
    strategy,
    anyRebalanceRule,
    fc.constantFrom(...DECIDE_ON),
    anyOptions,
    anyOptions,
  )
  .map(([capitals, names, left, right, rebalance, decideOn, options, others]) =>
    [left, right].map((tree, index) => ({
      name: names[index] ?? 'x',
      capital: capitals[index] ?? 0n,
      strategy: tree,
      rebalance,
      decideOn,
      // One portfolio decides on prices of one kind.
      options: index === 0 ? options : { ...others, prices: options.prices },
    })),
  );

/** Parts of a millionth, in rising order. */
const levels = fc
  .tuple(ppm(1_000, 1_000_000), ppm(1_000, 1_000_000), ppm(1_000, 1_000_000))
  .map((all) => all.sort((left, right) => Number(left - right)))
  .map(([caution = 0n, restricted = 0n, stopped = 0n]) => ({ caution, restricted, stopped }));
const scenario = ppm(1_000, 1_000_000);
const always = {
  orderNotionalMax: cents(100, 1_000_000_000),
  orderSharesMax: fc.integer({ min: 1, max: 100_000_000 }).map((count) => BigInt(count) * 1_000_000_000n),
  ordersMax: fc.integer({ min: 1, max: 1_000 }),
  sessionOrdersMax: fc.integer({ min: 1, max: 10_000 }),
  positionMax: fc.constant(1_000_000n),
  netMax: ppm(0, 1_000_000),
  // Never beyond the reserve, which is at most 90 %.
  shortMax: ppm(0, 100_000),
  turnoverMax: ppm(10_000, 1_000_000),
  // Never less than a run may turn over.
  dayTurnoverMax: fc.constant(1_000_000n),
  marginBuffer: ppm(0, 900_000),
  dayTrades: fc.constantFrom(...DAY_TRADE_LIMITS),
  breaker: fc.record({ dayLoss: levels, drawdown: levels }, { requiredKeys: [] }),
};
const atTimes = {
  volumeMax: ppm(100, 1_000_000),
  priceMoveMax: ppm(10_000, 1_000_000),
  cluster: fc.record({ correlation: ppm(10_000, 1_000_000), window: fc.integer({ min: 20, max: 500 }), max: ppm(10_000, 1_000_000) }),
  stress: fc.record({ day: scenario, week: scenario, shock: scenario, correlated: scenario }, { requiredKeys: [] }),
};
const limits: fc.Arbitrary<Limits> = fc
  .tuple(fc.record(always), fc.record(atTimes, { requiredKeys: [] }))
  .map(([given, optional]) => ({ ...given, ...optional }));

const policy: fc.Arbitrary<PortfolioPolicy> = fc.record({
  name,
  account: fc.record(
    {
      name,
      mode: fc.constantFrom('paper' as const, 'live' as const),
      number: fc.stringMatching(/^[A-Z0-9]{1,12}$/),
      capital: fc.constantFrom(10_000n, 100_000n, 500_000n),
    },
    { requiredKeys: ['name', 'mode', 'number'] },
  ),
  schedules: fc.uniqueArray(schedule, { minLength: 1, maxLength: 3, selector: (each) => each.name }),
  sleeves,
  cashReserve: ppm(0, 900_000),
  minimumTrade: cents(100, 1_000_000),
  shareUnit: fc.constantFrom('whole' as const, 'fractional' as const),
  limits,
  execution: fc.record(
    {
      style: fc.constantFrom('marketable' as const, 'patient' as const),
      pegsMax: fc.integer({ min: 1, max: 20 }),
      pegWaitMs: seconds(1, 600),
      collarBps: fc.integer({ min: 1, max: 500 }),
      approvalBpsMax: fc.integer({ min: 1, max: 1_000 }),
      deadlineBeforeCloseMs: seconds(60, 3_600),
      quote: fc.record({ quoteAgeMsMax: seconds(1, 900), spreadBpsMax: fc.integer({ min: 1, max: 1_000 }) }),
      slicing: fc.record({
        slicesMax: fc.integer({ min: 2, max: 20 }),
        volumeMax: ppm(100, 1_000_000),
        participationMax: ppm(1_000, 1_000_000),
      }),
    },
    { requiredKeys: ['style', 'pegsMax', 'pegWaitMs', 'collarBps', 'approvalBpsMax', 'deadlineBeforeCloseMs', 'quote'] },
  ),
});

describe('the portfolio file', () => {
  it('says the same when a policy is written and read again', () => {
    fc.assert(
      fc.property(policy, (each) => {
        expect(policyIn(writePortfolio(each))).toEqual(each);
      }),
      { numRuns: 100 },
    );
  });

  it('is a portfolio or a list of readable problems, whatever is done to its text', () => {
    const text = readFileSync(new URL('../../../portfolios/golden-butterfly.yaml', import.meta.url), 'utf8');
    const piece = fc.oneof(
      fc.constantFrom(
        ':',
        '-',
        '{',
        '}',
        '[',
        ']',
        '\n',
        '\t',
        ' ',
        '&a',
        '*a',
        '!!int ',
        '"',
        "'",
        '|',
        '?',
        '%',
        '~',
        'null',
        '__proto__',
        '9',
        '#',
        '---\n',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    const edit = fc.record({ at: fc.nat(text.length), removed: fc.nat(30), piece });
    const edits = fc.array(edit, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(edits, (all) => {
        const spoiledText = all.reduce((each, { at, removed, piece: put }) => each.slice(0, at) + put + each.slice(at + removed), text);
        const file = parsePortfolioFile(spoiledText, 'a.yaml');
        if (file.kind === 'portfolio') return;
        expect(file.problems.length).toBeGreaterThan(0);
        for (const problem of file.problems) {
          expect(problem.expected).not.toMatch(/^$|invalid|zod/i);
          expect(problem.value).not.toBe('');
          expect(problem.line).toBeGreaterThan(0);
          expect(problem.column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 400 },
    );
  });
});
