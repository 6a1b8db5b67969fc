// What a result hangs on, as the report shows it.
import { describe, expect, it } from 'vitest';
import { backtest } from '../../../../research/backtest/backtest.ts';
import { subjectOfStrategy } from '../../../../research/backtest/subject.ts';
import { settingFigures } from '../../../../research/metrics/setting-figures.ts';
import { atSlippages } from '../../../../research/validation/report/at-slippages.ts';
import {
  parameterSensitivities,
  reportedFamily,
  slippageSensitivity,
  startSensitivity,
} from '../../../../research/validation/report/sensitivities.ts';
import type { FamilyMember, FamilyValidation } from '../../../../research/validation/report/validate-family.ts';
import { DEFAULT_OPTIONS } from '../../../../shared/core/strategy/options.ts';
import { aReport } from '../../report/a-report.ts';

const { result, metrics, extras } = aReport();
const record = { ...result, start: result.start.date };

describe('the figures of a setting', () => {
  it('are those of the metrics, from returns alone', () => {
    const { cagr, sharpe, maxDrawdown } = settingFigures(record);
    expect(cagr).toBeCloseTo(metrics.cagr ?? 0, 12);
    expect(sharpe).toBeCloseTo(metrics.sharpe ?? 0, 12);
    expect(maxDrawdown).toBeCloseTo(metrics.maxDrawdown ?? 0, 12);
  });

  it('are null where there is nothing to reckon', () => {
    const nothing = { start: record.start, dates: [], returns: new Float64Array(0), riskFree: new Float64Array(0) };
    expect(settingFigures(nothing)).toEqual({ cagr: null, sharpe: null, maxDrawdown: null });
  });
});

describe('slippage', () => {
  it('costs more the more of it there is, and marks the one of the report', () => {
    const subject = subjectOfStrategy({
      name: 'Equal parts',
      strategy: { kind: 'equal', children: ['A', 'B', 'C'].map((symbol) => ({ kind: 'asset', symbol })) },
      rebalance: { kind: 'every', every: 'month' },
      decideOn: 'live-quote',
      options: DEFAULT_OPTIONS,
    });
    const lived = backtest(subject, extras.prices, extras.options);
    if (lived.kind === 'refused') throw new Error(lived.detail);
    const found = atSlippages(subject, extras.prices, extras.options, lived);
    expect(found.map(({ times }) => times)).toEqual([1, 2, 3]);
    const [once, twice, thrice] = found.map(({ cagr }) => cagr ?? 0);
    expect(once).toBeCloseTo(metrics.cagr ?? 0, 12);
    expect(twice).toBeLessThan(once ?? 0);
    expect(thrice).toBeLessThan(twice ?? 0);
    expect(slippageSensitivity(found, 2).settings.map(({ name, isChosen }) => [name, isChosen])).toEqual([
      ['1×', false],
      ['2×', true],
      ['3×', false],
    ]);
  });
});

describe('later starts', () => {
  it('are a month apart, shown evenly and few enough to be told apart, from the one of the report on', () => {
    const [found, ...more] = startSensitivity(record, metrics.barsAYear);
    expect(more).toEqual([]);
    // 1,005 bars; the last start leaves 252: starts at 0, 21, … 735 are 36, every second is shown.
    expect(result.returns.length).toBe(1_005);
    expect(found?.says).toContain('of 36 starts a month apart');
    expect(found?.settings).toHaveLength(18);
    expect(found?.settings.map(({ isChosen }) => isChosen).indexOf(true)).toBe(0);
    expect(found?.settings[0]).toMatchObject({ name: result.start.date.slice(0, 7), ...settingFigures(record) });
    // The second begins after the close of the 42nd bar.
    expect(found?.settings[1]?.name).toBe(result.dates[41]?.slice(0, 7));
  });

  it('say how many led to no gain', () => {
    const falling = { ...record, returns: result.returns.map((_, bar) => (bar % 2 === 0 ? -0.01 : 0.005)) };
    expect(startSensitivity(falling, 252)[0]?.says).toContain('36 of them earned no more than cash');
    const rising = { ...record, returns: result.returns.map((_, bar) => (bar % 2 === 0 ? -0.005 : 0.01)) };
    expect(startSensitivity(rising, 252)[0]?.says).toContain('each of them earned more than cash');
  });

  it('are none where no year is left after the first, or a year has no bars', () => {
    const { dates, returns, riskFree } = record;
    const short = { ...record, dates: dates.slice(0, 260), returns: returns.slice(0, 260), riskFree: riskFree.slice(0, 260) };
    expect(startSensitivity(short, 252)).toEqual([]);
    expect(startSensitivity(record, null)).toEqual([]);
  });
});

describe('varied parameters', () => {
  const member = (top: string, days: string, sharpe: number): FamilyMember => ({
    ...{ values: { top, days }, isOwn: top === '2' && days === '60', cagr: sharpe / 10, sharpe, maxDrawdown: 0.2, p: 0.1, adjustedP: 0.2 },
  });
  const family: FamilyValidation = {
    varied: [
      { path: 'top', values: ['1', '2', '3'], own: '2' },
      { path: 'days', values: ['60', '120'], own: '60' },
    ],
    members: [member('1', '60', 0.3), member('2', '60', 0.5), member('1', '120', 0.1), member('2', '120', 0.4)],
    refused: [{ values: { top: '3', days: '60' }, detail: 'more than there are' }],
    neighbours: [
      { path: 'top', own: '2', below: { value: '1', sharpe: 0.3 }, above: { value: '3', sharpe: null } },
      { path: 'days', own: '60', below: null, above: { value: '120', sharpe: 0.4 } },
    ],
    ...{
      variants: 5,
      trials: { count: 5, by: 'family' },
      effective: 2.3,
      start: '2015-01-02',
      bars: 2_400,
      luckySharpe: 0.2,
      minimumBacktestYears: 5.37,
      deflatedSharpe: 0.9,
    },
    ...{ overfitting: null, superiorP: null, realityCheckP: null, neighbourMean: 0.35 },
    peak: { values: { top: '2', days: '60' }, sharpe: 0.5, neighbourMean: 0.35, isSharp: true },
  };

  it('are shown path by path, all else as it stands in the file, without those that were refused', () => {
    const [top, days] = parameterSensitivities(family);
    expect(top?.settings.map(({ name, isChosen, sharpe }) => [name, isChosen, sharpe])).toEqual([
      ['1', false, 0.3],
      ['2', true, 0.5],
    ]);
    expect(days?.settings.map(({ name }) => name)).toEqual(['60', '120']);
    expect(top?.says).toContain('Its Sharpe ratio of 0.50 has 0.30 at 1 and none at 3 beside it.');
    expect(days?.says).toContain('Its Sharpe ratio of 0.50 has 0.40 at 120 beside it.');
  });

  it('say a sharp peak once', () => {
    const [top, days] = parameterSensitivities(family);
    expect(top?.says).toContain('The best of 5 variants, 0.50 at 2, 60, is a sharp peak, more than two deviations above the mean of all');
    expect(days?.says).not.toContain('peak');
    const calm = { ...family, peak: { values: { top: '2', days: '60' }, sharpe: 0.5, neighbourMean: 0.35, isSharp: false } };
    expect(parameterSensitivities(calm)[0]?.says).toContain('is no sharp peak');
    expect(parameterSensitivities({ ...family, peak: null })[0]?.says).not.toContain('peak');
  });

  it('are all listed, with what was refused and why', () => {
    const found = reportedFamily(family);
    expect(found.variants.map(({ name }) => name)).toEqual(['1, 60', '2, 60', '1, 120', '2, 120']);
    expect(found.refused).toEqual([{ code: '3, 60', detail: 'more than there are' }]);
    expect(found.says).toContain(
      'All 4 variants that could be lived, worth 2.3 that have nothing to do with each other, on the 2,400 bars',
    );
    expect(found.says).toContain('a Sharpe ratio of 0.20. Over 5.4 years or fewer it is expected to show the one of this report, too.');
    expect(found.says).not.toContain('halves');
    expect(reportedFamily({ ...family, minimumBacktestYears: null }).says).not.toContain('or fewer');
  });

  it('say what became of the best of each half in the other', () => {
    const picked = { probability: 0.4, lossProbability: 0.125, splits: 12_870 };
    const saidWith = (degradation: { intercept: number; slope: number } | null) =>
      reportedFamily({ ...family, overfitting: { ...picked, degradation } }).says;
    const lost = 'the best of 12.5\u00a0% had a Sharpe ratio below 0 in the other half';
    expect(saidWith({ intercept: 1, slope: -0.4 })).toContain(`${lost}; 1.00 of Sharpe more in the one was worth −0.40 in the other.`);
    expect(saidWith(null)).toContain(`${lost}.`);
  });
});
