// What is said of a record: each figure in its unit, null where there is none.
import { describe, expect, it } from 'vitest';
import { validateRecord } from '../../../../research/validation/report/validate-record.ts';
import { seededChance } from '../../../../research/validation/statistics/chance.ts';
import { normalReturns } from '../statistics/made-up-returns.ts';

const BARS = 1_000;
const dates = Array.from({ length: BARS }, (_, bar) => new Date(Date.UTC(2015, 0, 1) + bar * 86_400_000).toISOString().slice(0, 10));
const returns = normalReturns(BARS, 0.001, 0.01, seededChance(1));
const columns = { dates, returns, cash: new Float64Array(BARS), benchmark: normalReturns(BARS, 0, 0.01, seededChance(2)), barsAYear: 250 };
const rules = { seed: 1, samples: 500 };

describe('a validated record', () => {
  it('has its Sharpe ratio inside its interval, and every figure in its place', () => {
    const found = validateRecord(columns, rules);
    const { low = 0, high = 0 } = found.sharpeInterval ?? {};
    expect(low).toBeLessThan(found.sharpe ?? 0);
    expect(high).toBeGreaterThan(found.sharpe ?? 0);
    // The error of four years of independent returns is about 1/√4 a year: ±1 at 95 %.
    expect(high - low).toBeGreaterThan(1.4);
    expect(high - low).toBeLessThan(2.7);
    expect(found.bars).toBe(BARS);
    expect(found.sharpeWithMemory).toBeGreaterThan(0);
    expect(found.probabilisticSharpe).toBeGreaterThan(0.9);
    expect(found.yearsNeeded).toBeLessThan(4);
    expect(found.startDates.lowest).toBeLessThanOrEqual(found.startDates.median ?? 0);
    expect(found.regimes?.flat.months).toBeGreaterThan(3);
    expect(found.superiorP).toBeLessThan(0.5);
  });

  it('is the same for the same seed', () => {
    expect(validateRecord(columns, rules)).toEqual(validateRecord(columns, rules));
  });

  it('is of what was earned above cash', () => {
    const cash = new Float64Array(BARS).fill(0.002);
    expect(validateRecord({ ...columns, cash }, rules)).toMatchObject({ yearsNeeded: null });
    expect(validateRecord({ ...columns, cash }, rules).sharpe).toBeLessThan(0);
  });

  it('says null of what does not vary, and of a benchmark that is not there', () => {
    const flat = new Float64Array(BARS).fill(0.001);
    expect(validateRecord({ ...columns, returns: flat, benchmark: undefined }, rules)).toMatchObject({
      sharpe: null,
      sharpeWithMemory: null,
      probabilisticSharpe: null,
      yearsNeeded: null,
      blockLength: null,
      sharpeInterval: null,
      superiorP: null,
      regimes: null,
      startDates: { lowest: null },
    });
  });
});
