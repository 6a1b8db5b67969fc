import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPriceDirectory } from '../../shared/adapters/local/price-files.ts';
import { quadraticSolver } from '../../shared/adapters/solvers/quadratic-solver.ts';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import { parseStrategyYaml } from '../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { blendSleeves } from '../../shared/core/strategy/blend.ts';
import { closesNeeded, evaluate, symbolsOf, watchedSymbols } from '../../shared/core/strategy/evaluate.ts';
import { measure } from '../../shared/core/strategy/evaluator/measure.ts';
import type { History } from '../../shared/core/strategy/history.ts';
import { DEFAULT_OPTIONS } from '../../shared/core/strategy/options.ts';
import type { Tree } from '../../shared/core/strategy/tree.ts';
import type { TargetWeights } from '../../shared/core/strategy/weights.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { percent, WHOLE } from '../../shared/core/values/weight.ts';
import { type BySymbol, someTargets } from '../builders/portfolio.ts';
import { evenkeel } from '../cli/spoken.ts';
import { EXAMPLES, type Example, expectSaid } from './guide.ts';
import { closesOf, endingTogether, wander } from './made-up-closes.ts';

type Closes = Readonly<Record<string, readonly number[]>>;

function example(name: string): Example {
  const found = EXAMPLES.find((each) => each.name === name);
  if (found === undefined) throw new Error(`the guide has no example ${name}`);
  return found;
}

function lastDay(history: History): NewYorkDate {
  return (
    history.columns
      .flatMap(({ dates }) => dates)
      .sort()
      .at(-1) ?? history.anchor
  );
}

/** On the last day that any symbol has a close. */
function answerOf({ tree, options = DEFAULT_OPTIONS }: Pick<Example, 'tree'> & Partial<Example>, closes: Closes) {
  const history = endingTogether(closes);
  return evaluate(tree, history, undefined, lastDay(history), options);
}

function expectWeights(which: Pick<Example, 'tree'> & Partial<Example>, closes: Closes, weights: BySymbol): void {
  expect(answerOf(which, closes)).toMatchObject({ kind: 'weights', targets: someTargets(weights) });
}

function without(symbol: string, closes: Closes): Closes {
  return Object.fromEntries(Object.entries(closes).filter(([each]) => each !== symbol));
}

describe('the strategy guide', () => {
  it('shows five growing examples, one with options, one with exits and one with tiers, each a whole file', () => {
    const growing = ['sixty-forty', 'calm-mix', 'trend', 'momentum', 'Regime rotation'];
    expect(EXAMPLES.map(({ name }) => name)).toEqual([
      ...growing,
      'Calm parts, each with a trend of its own',
      'Equals among equals',
      'Guarded halves',
      'adding',
      'Calm core',
      'Even risk, held to 10 percent a year',
      'What I believe',
      'Even risk over strategies',
    ]);
  });

  it.each(EXAMPLES)('has in $name a strategy that divides all of its capital on closes of any kind', ({ tree, options }) => {
    const symbols = [...new Set([...symbolsOf(tree), ...watchedSymbols(tree)])];
    for (const seed of [7, 77, 777]) {
      const history = endingTogether(Object.fromEntries(symbols.map((symbol, place) => [symbol, wander(300, seed + place)])));
      const answer = evaluate(tree, history, undefined, lastDay(history), options, quadraticSolver);
      if (answer.kind === 'undefined') throw new Error(`${answer.symbol} ${answer.metric} ${answer.detail}`);
      const { weights, cash } = answer.targets;
      expect(weights.reduce((sum, { weight }) => sum + weight, cash)).toBe(WHOLE);
      expect(symbols).toEqual(expect.arrayContaining(weights.map(({ symbol }) => symbol)));
    }
  });
});

describe('fixed weights', () => {
  const fixed = example('sixty-forty');

  it('are the target weights after the reserve of one percent', () => {
    expectSaid('the targets are VTI 59.4 %, BND 39.6 %, cash 1 %');
    const answer = answerOf(fixed, {});
    if (answer.kind === 'undefined') throw new Error(answer.detail);
    const blended = blendSleeves([{ capital: percent('100%'), targets: answer.targets }], fixed.policy?.cashReserve ?? 0n);
    expect(blended).toEqual(someTargets({ VTI: '59.4%', BND: '39.6%' }));
    expect(blended.cash).toBe(percent('1%'));
  });

  it('need no closes', () => {
    expectSaid('This strategy needs 0 closes.');
    expect(closesNeeded(fixed.tree, DEFAULT_OPTIONS)).toBe(0);
  });
});

describe('a stand-in', () => {
  const gated = example('Calm parts, each with a trend of its own');
  const swinging = (move: number) => closesOf(200, move, -move);
  const [rising, falling] = [
    [...swinging(1), 300],
    [...swinging(2), 1],
  ];

  it('is weighed by its symbol, and leaves to cash what it does not hold', () => {
    expectSaid('What is below its mean of 200 days leaves its share to cash, and the other gets no more for it.');
    const [{ deviation: spy = 0 } = {}, { deviation: tlt = 0 } = {}] = [rising, falling].map((closes) => ({
      deviation: measure({ name: 'stdev-return', window: 60 }, Float64Array.from(closes)).at(-1),
    }));
    const answer = answerOf(gated, { SPY: rising, TLT: falling });
    if (answer.kind === 'undefined') throw new Error(answer.detail);
    expect(answer.targets.weights.map(({ symbol }) => symbol)).toEqual(['SPY']);
    expect(Number(answer.targets.weights[0]?.weight) / 1e6).toBeCloseTo(1 / spy / (1 / spy + 1 / tlt), 5);
    expect(answer.targets.cash).toBeGreaterThan(0n);
  });
});

describe('inverse volatility inside specified weights', () => {
  const calm = example('calm-mix');
  const closes = { VTI: closesOf(61, 1, -1), EFA: closesOf(61, 1, -1), GLD: closesOf(61, 2, -2) };

  it('gives half as much to what moves twice as much', () => {
    expectSaid('If VTI and EFA moved by the same amount and GLD by twice that, they get 24 %, 24 % and 12 %.');
    expectWeights(calm, closes, { VTI: '24%', EFA: '24%', GLD: '12%', IEF: '40%' });
  });

  it('leaves out a fund with too few closes, without one on the day, or that did not move', () => {
    expectSaid('without EFA it is VTI 40 %, GLD 20 %');
    const others = { VTI: '40%', GLD: '20%', IEF: '40%' };
    expectWeights(calm, without('EFA', closes), others);
    expectWeights(calm, { ...closes, EFA: closesOf(60, 1, -1) }, others);
    expectWeights(calm, { ...closes, EFA: [...closes.EFA.slice(0, -1), Number.NaN] }, others);
    expectWeights(calm, { ...closes, EFA: closesOf(61, 0) }, others);
  });

  it('is undefined when all three are left out', () => {
    expectSaid('60 returns need 61 closes.');
    expectSaid('If all three are left out, the strategy is undefined');
    expect(closesNeeded(calm.tree, DEFAULT_OPTIONS)).toBe(61);
    const short = { VTI: closesOf(60, 1, -1), EFA: closesOf(60, 1, -1), GLD: closesOf(60, 2, -2) };
    expect(answerOf(calm, short)).toMatchObject({ kind: 'undefined', metric: 'stdev-return' });
  });

  it('stays under its position limit even with one fund left', () => {
    expectSaid('Here one fund could be left alone with 60 %');
    expectWeights(calm, { VTI: closes.VTI }, { VTI: '60%', IEF: '40%' });
    expect(calm.policy?.limits.positionMax).toBeGreaterThan(percent('60%'));
  });
});

describe('a trend with cash as the refuge', () => {
  const trend = example('trend');
  const flat = closesOf(199, 0);

  it('holds SPY above its mean, and cash on it and below', () => {
    expectSaid('`gt` is strictly above: on the mean itself it is in cash.');
    expectWeights(trend, { SPY: [...flat, 101] }, { SPY: '100%' });
    expectWeights(trend, { SPY: [...flat, 100] }, {});
    expectWeights(trend, { SPY: [...flat, 99] }, {});
  });

  it('has no answer with fewer than 200 closes, or without a close on the day', () => {
    expectSaid('with fewer than 200 closes, or without a close on the day, the comparison has no answer');
    const undefinedMean = { kind: 'undefined', symbol: 'SPY', metric: 'moving-average-price' };
    expect(answerOf(trend, { SPY: [...flat.slice(1), 101] })).toMatchObject(undefinedMean);
    // Another symbol has a close on the day, so that there is a day.
    expect(answerOf(trend, { SPY: [...flat, 101, Number.NaN], BIL: closesOf(201, 0) })).toMatchObject({ kind: 'undefined', symbol: 'SPY' });
  });

  it('owns the symbols of both branches, and not those that a condition looks at', () => {
    expectSaid('A symbol that only a condition looks at is never bought or sold.');
    const looksAtSpy = parseStrategyYaml(
      'strategy: x\nrebalance: none\ntree: { if: { when: { gt: [{ rsi: [SPY, 10] }, 70] }, then: VTI, else: BIL } }',
      'x',
    );
    if (looksAtSpy.kind === 'refused') throw new Error(JSON.stringify(looksAtSpy.problems));
    const { tree } = looksAtSpy.strategy;
    expect(symbolsOf(tree)).toEqual(['BIL', 'VTI']);
    expect(watchedSymbols(tree)).toContain('SPY');
  });
});

describe('a filter over symbols and groups', () => {
  const momentum = example('momentum');
  const bonds = { IEF: closesOf(142, 0.02, 0), TLT: closesOf(142, 0, 0.02) };
  const shares = { SPY: closesOf(142, 0.05), EFA: closesOf(142, 0.02) };
  const closes = { ...shares, ...bonds, GLD: closesOf(142, 0.2), VNQ: closesOf(142, 0) };

  it('takes a group as one candidate and divides its half inside it', () => {
    expectSaid('Say GLD gains 0.2 % a day, VNQ nothing, SPY 0.05 % a day, and the rest less.');
    expectSaid('the weights are GLD 25 %, VNQ 25 %, SPY 50 %');
    expectWeights(momentum, closes, { GLD: '25%', VNQ: '25%', SPY: '50%' });
  });

  it('ranks cash above whatever has lost', () => {
    expectSaid('When everything has fallen, half is in cash and half in what fell least.');
    const falling = { SPY: closesOf(142, -0.1), EFA: closesOf(142, -0.2), GLD: closesOf(142, -0.3), VNQ: closesOf(142, -0.3) };
    // Both bonds are as calm, so they share alike.
    const sinking = { IEF: closesOf(142, -0.02, 0), TLT: closesOf(142, 0, -0.02) };
    expectWeights(momentum, { ...falling, ...sinking }, { IEF: '25%', TLT: '25%' });
  });

  it('decides a tie of symbols by the alphabet, takes a group before a symbol, and sees no difference beyond ten digits', () => {
    expectSaid(
      'Of two symbols with the same value the one earlier in the alphabet is taken, of two groups the one earlier in the file, and a group before a symbol.',
    );
    expectWeights(momentum, { ...closes, EFA: shares.SPY }, { GLD: '25%', VNQ: '25%', EFA: '50%' });
    // The group compounds returns, SPY is a quotient of closes: they differ in the last digits alone.
    const alike = closesOf(142, 0.31, -0.13, 0.07);
    expectWeights(
      momentum,
      { ...bonds, EFA: closesOf(142, 0.5), SPY: alike, GLD: alike, VNQ: alike },
      { EFA: '50%', GLD: '25%', VNQ: '25%' },
    );
  });

  it('leaves out what is undefined, takes all when fewer are left, and is undefined when none is', () => {
    expectSaid('If fewer are left than asked for, all of them are taken. If none is left, the filter is undefined.');
    // Only SPY and cash have a value.
    expectWeights(momentum, { SPY: shares.SPY }, { SPY: '50%' });
    expectWeights(momentum, { GLD: closes.GLD, EFA: shares.EFA }, { EFA: '50%' });
    const short = Object.fromEntries(Object.entries(closes).map(([symbol, each]) => [symbol, each.slice(0, 50)]));
    expect(answerOf(momentum, short)).toMatchObject({ kind: 'undefined', metric: 'cumulative-return' });
  });

  it('looks back on 142 closes, of which the bonds need every one', () => {
    expectSaid('The whole looks back on 142 closes: 121 for the return of a group, and 21 for the weights of Bonds');
    expect(closesNeeded(momentum.tree, DEFAULT_OPTIONS)).toBe(142);
    const rising = { IEF: closesOf(142, 0.6, 0.4), TLT: closesOf(142, 0.4, 0.6) };
    expectWeights(momentum, { ...closes, ...rising }, { GLD: '25%', VNQ: '25%', IEF: '25%', TLT: '25%' });
    const shorter = { IEF: rising.IEF.slice(2), TLT: rising.TLT.slice(2) };
    expectWeights(momentum, { ...closes, ...shorter }, { GLD: '25%', VNQ: '25%', SPY: '50%' });
  });
});

describe('a group', () => {
  // SPY is above 100 on the first day only: GLD earns 10 % for the second, TLT 5 % for the third. 1.1 · 1.05 = 1.155.
  const closes = { SPY: [101, 99, 99], GLD: [100, 110, 121], TLT: [100, 100, 105] };
  const read = parseStrategyYaml(
    `strategy: x
rebalance: none
tree:
  filter:
    top: 1
    by: { cumulative-return: 2 }
    of: [EFA, { group: { name: Switch, of: { if: { when: { gt: [{ current-price: SPY }, 100] }, then: GLD, else: TLT } } } }]`,
    'x',
  );
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
  const switching = read.strategy;

  it('earns on each day what the weights of the day before earned', () => {
    expectSaid('its weights at the end of one session earn the returns of the next');
    expectSaid('those it would have had on each day, by its own conditions and filters, not those of today.');
    expectWeights(switching, { ...closes, EFA: [100, 100, 115.4] }, { TLT: '100%' });
    expectWeights(switching, { ...closes, EFA: [100, 100, 115.6] }, { EFA: '100%' });
  });

  it('starts anew after a day without a close, and is left out until its window is full', () => {
    expectSaid('It starts anew after that, and until the window is full again the group is left out.');
    const falling = [100, 90, 80, 70, 60];
    const rising = { SPY: [99, 99, 99, 99, 99], GLD: [100, 100, 100, 100, 100], TLT: [100, 101, 102, 103, 104] };
    expectWeights(switching, { ...rising, EFA: falling }, { TLT: '100%' });
    expectWeights(switching, { ...rising, EFA: falling, TLT: [100, Number.NaN, 102, 103, 104] }, { TLT: '100%' });
    expectWeights(switching, { ...rising, EFA: falling, TLT: [100, 101, Number.NaN, 103, 104] }, { EFA: '100%' });
  });
});

describe('a strategy file with parts', () => {
  const rotation = example('Regime rotation');
  const refuges = { BIL: closesOf(260, 0.01, -0.01), IEF: closesOf(260, 0.5, -0.5), GLD: closesOf(260, 1, -1) };
  const abroad = { EEM: closesOf(260, 0.5, -0.1), EFA: closesOf(260, 0.2, -0.1) };
  const zigzag = closesOf(260, 0.3, -0.1);
  const growth = { EEM: '70%', BIL: '30%' };
  const refuge = { BIL: '100%' };

  it('holds the strongest fund and the calmest refuge while SPY rises in zigzag', () => {
    expectSaid('With SPY rising in zigzag, EEM rising fastest and BIL moving least, it is EEM 70 %, BIL 30 %.');
    expectWeights(rotation, { ...refuges, ...abroad, SPY: zigzag }, growth);
  });

  it('is all in the refuge when SPY never falls, or lies below its mean', () => {
    expectSaid('When SPY rises without a single fall its RSI is 100, and all is in BIL.');
    expectWeights(rotation, { ...refuges, ...abroad, SPY: closesOf(260, 0.1) }, refuge);
    expectWeights(rotation, { ...refuges, ...abroad, SPY: closesOf(260, -0.3, 0.1) }, refuge);
  });

  it('needs only one of the two: a small fall, or five sessions that rose', () => {
    expectSaid('*and* either its largest fall within the last 60 closes is less than 10 % or it is higher than five sessions ago');
    // A gain that keeps it above the mean, then a fall of 15 %, then zigzag, up or down.
    const peak = [...closesOf(200, 0.3, -0.1), 200, 170];
    const fallen = (...percents: number[]) => [...peak, ...closesOf(20, ...percents).map((close) => close * 1.7)];
    expectWeights(rotation, { ...refuges, ...abroad, SPY: fallen(0.3, -0.1) }, growth);
    expectWeights(rotation, { ...refuges, ...abroad, SPY: fallen(-0.3, 0.1) }, refuge);
  });

  it('may be named by a sleeve, relative to the portfolio file', () => {
    expectSaid('`strategy: { file: strategies/rotation.yaml }`');
    const portfolio = `portfolio: x
schedules: { daily: { at: close-25m, every: day } }
sleeves: { all: { capital: 100%, strategy: { file: strategies/rotation.yaml } } }
limits: { position: 100% }`;
    const read = parsePortfolioFile(portfolio, 'x', (path) => (path === 'strategies/rotation.yaml' ? rotation.text : ''));
    if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
    expect(read.policy.sleeves[0]?.strategy).toEqual(rotation.tree);
  });

  it('lets an undefined part count only where the others do not decide', () => {
    expectSaid('With 100 closes of SPY the mean of 200 is undefined. If the RSI is above 80 the `all` is false anyway');
    expectWeights(rotation, { ...refuges, ...abroad, SPY: closesOf(100, 0.1) }, refuge);
    expect(answerOf(rotation, { ...refuges, ...abroad, SPY: zigzag.slice(0, 100) })).toMatchObject({
      kind: 'undefined',
      symbol: 'SPY',
      metric: 'moving-average-price',
    });
  });
});

const folder = resolve(import.meta.dirname, '../../../shared/data/prices/etf37');
const absent = !existsSync(folder);

// Worked out by a program of another language from the same files: means, deviations and Wilder's RSI written as loops.
const REAL: readonly { name: string; asOf: NewYorkDate; weights: Readonly<Record<string, number>>; said: string }[] = [
  {
    name: 'calm-mix',
    asOf: '2019-12-31',
    weights: { EFA: 20.2722, GLD: 18.6595, IEF: 40, VTI: 21.0683 },
    said: 'VTI 21.1 %, EFA 20.3 %, GLD 18.7 % at the end of 2019',
  },
  {
    name: 'calm-mix',
    asOf: '2020-03-31',
    weights: { EFA: 15.3406, GLD: 31.0564, IEF: 40, VTI: 13.6029 },
    said: 'VTI 13.6 %, EFA 15.3 %, GLD 31.1 % at the end of March 2020',
  },
  { name: 'trend', asOf: '2019-12-31', weights: { SPY: 100 }, said: 'it held SPY at the end of 2019' },
  { name: 'trend', asOf: '2009-03-09', weights: {}, said: 'was in cash on 9 March 2009' },
  { name: 'trend', asOf: '2020-03-31', weights: {}, said: 'and at the end of March 2020' },
  { name: 'momentum', asOf: '2019-12-31', weights: { EFA: 50, SPY: 50 }, said: 'half SPY and half EFA at the end of 2019' },
  { name: 'momentum', asOf: '2020-03-31', weights: { IEF: 37.7149, TLT: 12.2851 }, said: 'half cash, IEF 37.7 % and TLT 12.3 %' },
  { name: 'Regime rotation', asOf: '2019-12-31', weights: { BIL: 30, EEM: 70 }, said: 'EEM 70 %, BIL 30 % at the end of 2019' },
  { name: 'Regime rotation', asOf: '2020-03-31', weights: { BIL: 100 }, said: 'BIL 100 % at the end of March 2020' },
];

describe.skipIf(absent)(`the examples on real prices${absent ? ' (skipped: ../shared/data/prices/etf37 is absent)' : ''}`, () => {
  it.each(REAL)('hold on $asOf in $name what the guide says', ({ name, asOf, weights, said }) => {
    expectSaid(said);
    const { tree } = example(name);
    const history = realHistory(tree);
    expect(percentsOf(evaluate(tree, history, undefined, asOf, DEFAULT_OPTIONS))).toEqual(
      Object.fromEntries(Object.entries(weights).map(([symbol, weight]) => [symbol, expect.closeTo(weight, 3)])),
    );
  });

  it.each(REAL)('hold on $asOf in $name the same with no more closes than a run reads', ({ name, asOf }) => {
    const { tree } = example(name);
    const history = realHistory(tree);
    const read = closesNeeded(tree, DEFAULT_OPTIONS);
    const columns = history.columns.map(({ symbol, dates, closes }) => {
      const end = dates.indexOf(asOf) + 1;
      return { symbol, dates: dates.slice(end - read, end), closes: closes.slice(end - read, end) };
    });
    expect(evaluate(tree, { ...history, columns }, undefined, asOf, DEFAULT_OPTIONS)).toEqual(
      evaluate(tree, history, undefined, asOf, DEFAULT_OPTIONS),
    );
  });

  it('are explained by signal in the lines that the guide shows', async () => {
    const home = mkdtempSync(join(tmpdir(), 'evenkeel-guide-'));
    try {
      const file = join(home, 'rotation.yaml');
      writeFileSync(file, example('Regime rotation').text);
      const { code, out } = await evenkeel(['signal', file, '--prices', folder, '--as-of', '2020-03-31', '--explain']);
      expect(code).toBe(0);
      expectSaid(`\`\`\`\n${out.trim()}\n\`\`\``);
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  it('are shown by signal for a portfolio in the lines that the guide shows', async () => {
    const home = mkdtempSync(join(tmpdir(), 'evenkeel-guide-'));
    try {
      const file = join(home, 'calm-mix.yaml');
      writeFileSync(file, example('calm-mix').text);
      const { code, out } = await evenkeel(['signal', file, '--prices', folder, '--as-of', '2020-03-31']);
      expect(code).toBe(0);
      expectSaid(`\`\`\`\n${out.trim()}\n\`\`\``);
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});

function realHistory(tree: Tree): History {
  const series = readPriceDirectory([folder], [...new Set([...symbolsOf(tree), ...watchedSymbols(tree)])]);
  const columns = series.map(({ symbol, bars }) => ({
    symbol,
    dates: bars.map(({ date }) => date),
    closes: bars.map(({ close, adjClose }) => adjClose ?? close),
  }));
  return { anchor: '1999-12-31', columns };
}

function percentsOf(answer: ReturnType<typeof evaluate>): Record<string, number> {
  if (answer.kind === 'undefined') throw new Error(`${answer.symbol} ${answer.metric} ${answer.detail}`);
  const { weights }: TargetWeights = answer.targets;
  return Object.fromEntries(weights.map(({ symbol, weight }) => [symbol, Number(weight) / 10_000]));
}

describe('options', () => {
  const equals = example('Equals among equals');
  /** Nineteen closes of 100, and one that is so many percent lower. */
  const fallen = (percent: number) => [...Array.from({ length: 19 }, () => 100), 100 - percent];
  const closes = { GLD: fallen(0), SPY: fallen(8), EFA: fallen(10), TLT: fallen(3), IEF: fallen(2) };

  it('splice what the filter chose, the smallest falls, into three equal children', () => {
    expectSaid('so the top two are IEF and TLT, and with GLD they are three equal children: a third each.');
    expectWeights(equals, closes, { GLD: '33.3334%', IEF: '33.3333%', TLT: '33.3333%' });
  });

  it('are the usual ones where none are written: the largest falls, and one child of two', () => {
    expectSaid('the top two are the largest falls, EFA and SPY, and the filter is one child of two: GLD 50 %, EFA 25 %, SPY 25 %.');
    expectWeights({ ...equals, options: DEFAULT_OPTIONS }, closes, { GLD: '50%', EFA: '25%', SPY: '25%' });
  });
});
