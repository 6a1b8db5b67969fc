// The two modes of a backtest, held to each other. The market of these tests trades at whole cents, without a spread and without a
// move inside a session: then whatever the modes differ by is ours.
import { describe, expect, it } from 'vitest';
import { backtest } from '../../../research/backtest/backtest.ts';
import { NO_COSTS, USUAL_OPTIONS } from '../../../research/backtest/backtest-options.ts';
import type { BacktestResult } from '../../../research/backtest/backtest-result.ts';
import { priceTable } from '../../../research/backtest/price-table.ts';
import { subjectOfPolicy } from '../../../research/backtest/subject.ts';
import { fullBacktest } from '../../../research/full/full-backtest.ts';
import type { FullOptions } from '../../../research/full/full-options.ts';
import { parsePortfolioFile } from '../../../shared/contracts/portfolio-file.ts';
import { centMarket } from './cent-market.ts';
import { SLOWLY_CALMER, TEN_PORTFOLIOS } from './ten-portfolios.ts';

const SERIES = centMarket('2024-06-03', '2025-03-31');
const PRICES = priceTable(SERIES, 'equities');
const FREE: FullOptions = { equity: 1_000_000, halfSpreadBps: 0, fees: 'none', partialFillPpm: 0, seed: 1 };

function sourceOf(text: string) {
  const read = parsePortfolioFile(text, 'test');
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
  return { policy: read.policy, text: read.text };
}

async function full(text: string, options: Partial<FullOptions> = {}, prices = PRICES): Promise<BacktestResult> {
  const result = await fullBacktest(sourceOf(text), prices, { ...FREE, ...options });
  if (result.kind === 'refused') throw new Error(`${result.code}: ${result.detail}`);
  return result;
}

function fast(text: string, prices = PRICES): BacktestResult {
  const options = { ...USUAL_OPTIONS, equity: FREE.equity, costs: NO_COSTS };
  const result = backtest(subjectOfPolicy(sourceOf(text).policy), prices, options);
  if (result.kind === 'refused') throw new Error(`${result.code}: ${result.detail}`);
  return result;
}

/** The largest distance of two equity curves, as a part of them. */
const apart = (one: BacktestResult, other: BacktestResult): number =>
  one.equity.reduce((worst, equity, bar) => Math.max(worst, Math.abs(equity / (other.equity[bar] as number) - 1)), 0);

/** By how much what a year made differs. */
function yearApart(one: BacktestResult, other: BacktestResult): number {
  const years = one.dates.length / 252;
  const grown = ({ equity, start }: BacktestResult): number => ((equity.at(-1) as number) / start.equity) ** (1 / years);
  return Math.abs(grown(one) - grown(other));
}

const FIVE_BPS = 5e-4;

describe('the full backtest', () => {
  it.each(TEN_PORTFOLIOS.map(({ name, text }) => [name, text] as const))(
    'of %s is the fast one where shares are parts and nothing costs',
    async (_, text) => {
      const [lived, reckoned] = [await full(text('fractional')), fast(text('fractional'))];
      expect([lived.start.date, lived.dates]).toEqual([reckoned.start.date, reckoned.dates]);
      expect(lived.refused).toEqual([]);
      expect(lived.rebalances.length).toBe(reckoned.rebalances.length);
      expect(lived.rebalances.length).toBeGreaterThan(3);
      expect(apart(lived, reckoned)).toBeLessThan(1e-9);
    },
  );

  it.each(TEN_PORTFOLIOS.map(({ name, text }) => [name, text] as const))(
    'of %s is within five basis points a year in whole shares and partial fills, of a million',
    async (_, text) => {
      const lived = await full(text('whole'), { partialFillPpm: 300_000 });
      expect(yearApart(lived, fast(text('whole')))).toBeLessThan(FIVE_BPS);
      expect([...lived.holdings.units].every(Number.isInteger)).toBe(true);
    },
  );

  it('counts a turnover from what the sleeve held as the fast one does, and changes no more than that', async () => {
    const [lived, reckoned] = [await full(SLOWLY_CALMER.text('fractional')), fast(SLOWLY_CALMER.text('fractional'))];
    expect(lived.refused).toEqual([]);
    expect(lived.rebalances.length).toBe(reckoned.rebalances.length);
    expect(lived.rebalances.length).toBeGreaterThan(3);
    expect(apart(lived, reckoned)).toBeLessThan(1e-9);
    const [, ...later] = reckoned.rebalances;
    // Counted to the close that decides; what the session that trades moves comes on top.
    for (const { turnover } of later) expect(turnover).toBeLessThan(0.025);
    expect(Math.max(...later.map(({ turnover }) => turnover))).toBeGreaterThan(0.015);
  });

  const [sixtyForty, , , atTheOpen] = TEN_PORTFOLIOS;

  it('tells what spread and fees took, bar by bar and trade by trade', async () => {
    const { paid, trades } = await full(sixtyForty.text('whole'), { halfSpreadBps: 5, fees: 'dated', from: '2025-01-02' });
    const sum = (column: Float64Array): number => column.reduce((all, each) => all + each, 0);
    expect(sum(trades.spread)).toBeCloseTo(sum(paid.spread), 6);
    expect(sum(trades.fees)).toBeCloseTo(sum(paid.fees), 6);
    // Half of ten basis points, rounded outward to a cent on prices around a hundred: at most one basis point more.
    expect(sum(trades.spread) / sum(trades.notional)).toBeGreaterThanOrEqual(5e-4);
    expect(sum(trades.spread) / sum(trades.notional)).toBeLessThan(6.5e-4);
    expect(sum(paid.fees)).toBeGreaterThan(0);
  });

  it('gives the same columns for the same seed', async () => {
    const asked = { partialFillPpm: 500_000, halfSpreadBps: 2 };
    const [one, same] = [await full(atTheOpen.text('whole'), asked), await full(atTheOpen.text('whole'), asked)];
    expect(same).toEqual(one);
  });

  it('does not know the future: prices that end earlier give the same bars', async () => {
    const until = '2024-12-31';
    const ended = priceTable(
      SERIES.map(({ symbol, bars }) => ({ symbol, bars: bars.filter(({ date }) => date <= until) })),
      'equities',
    );
    const [whole, cut] = [await full(sixtyForty.text('whole'), { to: until }), await full(sixtyForty.text('whole'), {}, ended)];
    expect(cut).toEqual(whole);
  });

  it('records a run that the limits refuse, with its code', async () => {
    const text = sixtyForty.text('whole').replace('order-notional: 2000000 USD', 'order-notional: 1000 USD');
    const { refused, trades } = await full(text, { from: '2024-07-01' });
    expect(trades.bar).toHaveLength(0);
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['order-notional-max']));
  });

  it('begins where the fast one does: with the first run that has prices of all that it wants', async () => {
    const late = priceTable(
      SERIES.map(({ symbol, bars }) => ({ symbol, bars: symbol === 'TLT' ? bars.filter(({ date }) => date >= '2024-09-10') : bars })),
      'equities',
    );
    const lived = await full(sixtyForty.text('whole'), {}, late);
    // The runs of June, July and August are before it.
    expect(lived.start.date).toBe('2024-09-30');
    expect(lived.start.date).toBe(fast(sixtyForty.text('whole'), late).start.date);
    expect([lived.refused, lived.runs]).toEqual([[], 7]);
    // Asked for from then on, what is refused is told.
    const asked = await full(sixtyForty.text('whole'), { from: '2024-06-03' }, late);
    expect([asked.start.date, asked.refused.map(({ code }) => code)]).toEqual(['2024-06-28', ['no-price', 'no-price', 'no-price']]);
  });

  it('refuses quotes beside closes without dividends, where these differ', async () => {
    const paying = priceTable(
      SERIES.map(({ symbol, bars }) => ({ symbol, bars: bars.map((bar) => ({ ...bar, adjClose: bar.close * 0.9 })) })),
      'equities',
    );
    const text = sixtyForty
      .text('whole')
      .replace('    strategy:', '    decide-on: live-quote\n    options: { prices: split-adjusted }\n    strategy:');
    expect(await fullBacktest(sourceOf(text), paying, FREE)).toMatchObject({ kind: 'refused', code: 'not-in-full-mode' });
  });

  it('says so where no decision is ever defined', async () => {
    const text = TEN_PORTFOLIOS[4].text('whole').replace('cumulative-return: 63', 'cumulative-return: 400');
    expect(await fullBacktest(sourceOf(text), PRICES, FREE)).toMatchObject({ kind: 'refused', code: 'never-defined' });
  });
});
