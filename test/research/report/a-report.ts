// A backtest with everything that a report can show, on prices made up, and the report of it.
import { backtest } from '../../../research/backtest/backtest.ts';
import { type BacktestOptions, USUAL_OPTIONS } from '../../../research/backtest/backtest-options.ts';
import type { BacktestResult } from '../../../research/backtest/backtest-result.ts';
import { benchmarkReturns } from '../../../research/backtest/benchmark.ts';
import { type PriceTable, tableOf } from '../../../research/backtest/price-table.ts';
import { subjectOfStrategy } from '../../../research/backtest/subject.ts';
import { type Metrics, metricsOf } from '../../../research/metrics/metrics.ts';
import type { TearSheetExtras } from '../../../research/report/report-inputs.ts';
import { tearSheet } from '../../../research/report/tear-sheet.ts';
import { sessionsBetween } from '../../../shared/core/market/nyse-calendar.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';
import type { DecideOn } from '../../../shared/core/strategy/tree.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';

interface Asked {
  readonly from?: NewYorkDate;
  readonly to?: NewYorkDate;
  readonly assets?: number;
  readonly name?: string;
  readonly decideOn?: DecideOn;
  readonly hasBenchmark?: boolean;
  readonly options?: Partial<BacktestOptions>;
  readonly extras?: Partial<TearSheetExtras>;
}

export interface AReport {
  readonly result: BacktestResult;
  readonly metrics: Metrics;
  readonly extras: TearSheetExtras;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Equal parts of so many assets, put right every month. */
export function aReport({
  from = '2016-01-04',
  to = '2019-12-31',
  assets = 3,
  name = 'Equal parts',
  decideOn = 'live-quote',
  hasBenchmark = true,
  options,
  extras,
}: Asked = {}): AReport {
  const symbols = LETTERS.slice(0, assets).split('');
  const prices = madeUp(symbols, from, to);
  const all: BacktestOptions = { ...USUAL_OPTIONS, ...options };
  const subject = subjectOfStrategy({
    name,
    strategy: { kind: 'equal', children: symbols.map((symbol) => ({ kind: 'asset', symbol })) },
    rebalance: { kind: 'every', every: 'month' },
    decideOn,
    options: DEFAULT_OPTIONS,
  });
  const result = backtest(subject, prices, all);
  if (result.kind === 'refused') throw new Error(result.detail);
  const returns = hasBenchmark ? benchmarkReturns('A', prices, result) : undefined;
  return {
    result,
    metrics: metricsOf(result, returns),
    extras: {
      file: 'equal.yaml',
      version: '0.0.0',
      prices,
      options: all,
      sleeves: subject.sleeves,
      warnings: [],
      ...(returns === undefined ? {} : { benchmark: { symbol: 'A', returns } }),
      ...extras,
    },
  };
}

/** What is left out of every other report. */
export const EVERYTHING: Partial<TearSheetExtras> = {
  warnings: [{ code: 'short-history', detail: '2.0 years say little of a strategy' }],
  sensitivities: [
    {
      of: 'Slippage',
      says: 'Once and twice.',
      settings: [
        { name: '1×', isChosen: true, cagr: 0.07, sharpe: 0.8, maxDrawdown: 0.2 },
        { name: '2×', isChosen: false, cagr: 0.06, sharpe: null, maxDrawdown: 0.21 },
      ],
    },
    {
      of: 'tree.filter.by.cumulative-return',
      says: 'At other values.',
      settings: [20, 60, 120].map((value) => ({
        ...{ name: String(value), isChosen: value === 60, cagr: value / 1_000, sharpe: 0.5, maxDrawdown: 0.2 },
      })),
    },
    {
      of: 'Start date',
      says: 'From later starts.',
      settings: Array.from({ length: 24 }, (_, month) => ({
        name: `20${10 + Math.floor(month / 12)}-${String(1 + (month % 12)).padStart(2, '0')}`,
        ...{ isChosen: month === 0, cagr: month === 23 ? null : 0.08 - month / 200, sharpe: 0.5, maxDrawdown: 0.2 },
      })),
    },
  ],
  validation: {
    trials: { count: 20, by: 'ledger' },
    checks: [
      {
        kind: 'search',
        name: 'Deflated Sharpe ratio',
        question: 'Is it more than the best of so many tries?',
        value: 0.9712,
        unit: 'probability',
        wanted: 'at least 0.95',
        holds: true,
      },
      {
        kind: 'search',
        name: 'Overfitting',
        question: 'Does the winner win again?',
        value: 0.43,
        unit: 'part',
        wanted: 'at most 20 %',
        holds: false,
      },
      {
        kind: 'chance',
        name: 'Minimum record',
        question: 'Is it long enough?',
        value: null,
        unit: 'years',
        wanted: 'less than there is',
        holds: null,
      },
      {
        kind: 'chance',
        name: 'Permuted markets',
        question: 'How often does it do as well where the order of days means nothing?',
        value: 0.31,
        unit: 'probability',
        wanted: 'nothing: a policy claims no edge',
        holds: null,
      },
    ],
    family: {
      says: 'All 2 variants that could be lived.',
      variants: [
        { name: '20', isChosen: false, cagr: 0.05, sharpe: 0.6, maxDrawdown: 0.25, p: 0.04, adjustedP: 0.08 },
        { name: '60', isChosen: true, cagr: 0.07, sharpe: 0.8, maxDrawdown: 0.2, p: 0.01, adjustedP: 0.02 },
      ],
      refused: [{ code: '0', detail: 'tree.filter.top: 0, expected a whole number' }],
    },
  },
  verdict: {
    kind: 'verdict',
    word: 'ITERATE',
    hypothesis: 'rotation-2026',
    claim: 'beats A after costs',
    reasons: [{ code: 'overfitting', detail: '43 % of the splits, at most 20 % was agreed on' }],
    hashes: { strategy: 'aa11'.repeat(16), data: 'bb22'.repeat(16), code: 'cc33'.repeat(16) },
    key: 'dd44dd44dd4'.repeat(4).slice(0, 43),
    doubts: [],
    costs: 'half a spread of 2 bps',
    warnings: [{ code: 'unpriced-fees', detail: 'SEC on 9 of 9 days' }],
    judged: 'by Ada on 2026-01-02',
  },
};

export function reportOf({ result, metrics, extras }: AReport): string {
  return tearSheet(result, metrics, extras);
}

/** The same numbers every time: a rise, a wave of its own for each, and noise. */
function madeUp(symbols: readonly string[], from: NewYorkDate, to: NewYorkDate): PriceTable {
  const dates = sessionsBetween(from, to).map(({ date }) => date);
  let state = 7;
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  return tableOf(
    symbols.map((symbol, place) => {
      let close = 100;
      const closes = Float64Array.from(
        dates,
        (_, day) => (close *= 1.0003 + Math.sin(day / (90 + 40 * place)) / 900 + (uniform() - 0.5) / 50),
      );
      return { symbol, dates, closes, adjusted: closes };
    }),
    'equities',
  );
}
