// The impact of a fill, where the sessions before it have holes.
import { describe, expect, it } from 'vitest';
import { backtest } from '../../../research/backtest/backtest.ts';
import { NO_COSTS, USUAL_COSTS, USUAL_OPTIONS } from '../../../research/backtest/backtest-options.ts';
import { marketOf, type ValuedColumn } from '../../../research/backtest/market.ts';
import { priceTable } from '../../../research/backtest/price-table.ts';
import { subjectOfStrategy } from '../../../research/backtest/subject.ts';
import { tradeCosts } from '../../../research/backtest/trade-costs.ts';
import { warningsOf } from '../../../research/backtest/warnings.ts';
import type { DailyBar } from '../../../shared/core/market/bar.ts';
import { sessionsBetween } from '../../../shared/core/market/nyse-calendar.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';

const SESSIONS = sessionsBetween('2018-01-02', '2018-06-29').map(({ date }) => date);
/** One share for $100 or $102 on alternate days, 50,000 of them a day. */
const BARS: readonly DailyBar[] = SESSIONS.map((date, day) => ({ date, close: day % 2 === 0 ? 100 : 102, volume: 50_000 }));
const RULES = { ...NO_COSTS, impact: 1 };

function impactWith(bars: readonly (DailyBar | undefined)[], day = 60): readonly [number, number] {
  const table = priceTable([{ symbol: 'A', bars: bars.flatMap((bar) => bar ?? []) }], 'equities');
  const costs = tradeCosts(RULES, table.dates);
  const { impact } = costs.of('buy', 100_000, marketOf(table).valued('A', 'reinvested') as ValuedColumn, day);
  return [impact, costs.withoutImpact()];
}
const without = (holes: readonly number[], hole: (bar: DailyBar) => DailyBar | undefined) =>
  BARS.map((bar, day) => (holes.includes(day) ? hole(bar) : bar));
const noVolume = ({ date, close }: DailyBar): DailyBar => ({ date, close });

describe('impact', () => {
  // 20 returns, up 2 % and down 1/51 in turn: σ = √(Σ(r − mean)² / 19), and a day of $5,050,000.
  const up = 0.02;
  const down = 100 / 102 - 1;
  const mean = (up + down) / 2;
  const sigma = Math.sqrt((10 * (up - mean) ** 2 + 10 * (down - mean) ** 2) / 19);
  const whole = 100_000 * sigma * Math.sqrt(100_000 / 5_050_000);

  it('is of the 20 sessions before the fill', () => {
    expect(impactWith(BARS)[0]).toBeCloseTo(whole, 6);
    expect(impactWith(BARS)[1]).toBe(0);
  });

  it('is hardly another for want of one volume, or of one bar', () => {
    for (const holed of [without([50], noVolume), without([50], () => undefined)]) {
      const [impact, unknown] = impactWith(holed);
      expect(Math.abs(impact / whole - 1)).toBeLessThan(0.02);
      expect(unknown).toBe(0);
    }
  });

  it('is asked of ten sessions at least, and counted where fewer are known', () => {
    const last = (count: number) => Array.from({ length: count }, (_, at) => 59 - at);
    expect(impactWith(without(last(10), noVolume))[0]).toBeGreaterThan(0);
    expect(impactWith(without(last(11), noVolume))).toEqual([0, 1]);
    expect(impactWith(without(last(11), () => undefined))).toEqual([0, 1]);
    // The first ten returns are there on the eleventh day.
    expect(impactWith(BARS, 11)[0]).toBeGreaterThan(0);
    expect(impactWith(BARS, 10)).toEqual([0, 1]);
  });

  it('is counted neither where none is asked for, nor in what is only quoted', () => {
    const table = priceTable([{ symbol: 'A', bars: BARS.map(noVolume) }], 'equities');
    const column = marketOf(table).valued('A', 'reinvested') as ValuedColumn;
    const none = tradeCosts(NO_COSTS, table.dates);
    none.of('buy', 1_000, column, 60);
    const quoted = tradeCosts(RULES, table.dates);
    quoted.quoted(1_000, column, 60);
    expect([none.withoutImpact(), quoted.withoutImpact()]).toEqual([0, 0]);
  });

  it('that is missing of some fills is warned of with their number', () => {
    const prices = priceTable([{ symbol: 'A', bars: BARS.map((bar, day) => (day < 12 ? noVolume(bar) : bar)) }], 'equities');
    const subject = subjectOfStrategy({
      name: 'A',
      strategy: { kind: 'asset', symbol: 'A' },
      rebalance: { kind: 'every', every: 'month' },
      decideOn: 'live-quote',
      options: DEFAULT_OPTIONS,
    });
    const options = { ...USUAL_OPTIONS, costs: { ...USUAL_COSTS, fees: 'none' as const } };
    const result = backtest(subject, prices, options);
    if (result.kind === 'refused') throw new Error(result.detail);
    // Bought at once, and what costs left over is put right later, with volumes known by then.
    const fills = result.trades.bar.length;
    expect(result.withoutImpact).toBe(1);
    expect(warningsOf(result, { years: 9 }, prices, options).find(({ code }) => code === 'no-volumes')?.detail).toBe(
      `no impact is counted where fewer than ten of the 20 sessions before a fill are known; 1 of ${fills} fills had none`,
    );
  });
});
