// From columns to evidence: each figure where it belongs, in its unit.
import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../research/validation/statistics/chance.ts';
import { shapeOf, sharpeOf } from '../../../../research/validation/statistics/return-shape.ts';
import { gatherEvidence, type ResearchRecord } from '../../../../research/validation/verdict/gather-evidence.ts';
import { normalReturns } from '../statistics/made-up-returns.ts';

const returns = Float64Array.of(0.02, 0.01, 0.03, 0.02);
const column = (value: number): Float64Array => new Float64Array(4).fill(value);

function aRecord(changed: Partial<ResearchRecord> = {}): ResearchRecord {
  return {
    returns,
    cash: column(0.001),
    benchmark: column(0.005),
    atDoubleSlippage: returns.map((each) => each - 0.01),
    barsAYear: 4,
    yearsOutOfSample: 1,
    claimedSharpe: 1,
    variants: [],
    variantBenchmark: Float64Array.of(),
    trials: { count: 3, variance: 0.04, max: 5 },
    trades: 7,
    rebalances: 2,
    holdout: null,
    ...changed,
  };
}
const gather = (record: ResearchRecord) => gatherEvidence(record, { chance: seededChance(1), samples: 50, blocks: 4 });

describe('evidence', () => {
  it('is reckoned a year, less the benchmark and less cash, by hand', () => {
    const found = gather(aRecord());
    // Mean 2 % a bar: 4 · (0.02 − 0.005), and at double slippage 4 · (0.01 − 0.001).
    expect(found.netExcess).toBeCloseTo(0.06, 12);
    expect(found.netAtDoubleSlippage).toBeCloseTo(0.036, 12);
    // 0.019 / √(0.0002 / 3) · √4.
    expect(found.record.sharpe).toBeCloseTo((0.019 / Math.sqrt(0.0002 / 3)) * 2, 9);
    expect(found).toMatchObject({ trades: 7, rebalances: 2, holdout: null, trials: { count: 3, variance: 0.04, max: 5, effective: null } });
  });

  it('says null for what nothing was said of', () => {
    const found = gather(aRecord({ atDoubleSlippage: undefined, returns: column(0.001) }));
    expect(found).toMatchObject({ netAtDoubleSlippage: null, deflatedSharpe: null, overfitting: null, superiorP: null });
    expect(found.record).toMatchObject({ sharpe: null, barsNeeded: null });
    const empty = Float64Array.of();
    expect(gather(aRecord({ returns: empty, cash: empty, benchmark: empty, atDoubleSlippage: empty })).netExcess).toBeNull();
  });

  it('has no minimum length where the record shows no more than is claimed', () => {
    expect(gather(aRecord({ claimedSharpe: 100 })).record.barsNeeded).toBeNull();
    expect(gather(aRecord({ claimedSharpe: 0.5 })).record.barsNeeded).toBeGreaterThan(1);
  });

  it('counts at least the variants that it is shown, and takes their spread, or that of worthless ones, where the ledger has none', () => {
    const chance = seededChance(2);
    const variants = Array.from({ length: 6 }, () => normalReturns(64, 0, 0.01, chance));
    const found = gather(aRecord({ variants, variantBenchmark: new Float64Array(64), trials: { count: 1, variance: null, max: null } }));
    expect(found.trials).toMatchObject({
      count: 6,
      variance: (shapeOf(Float64Array.from(variants, sharpeOf))?.deviation ?? 0) ** 2,
      max: null,
    });
    expect(gather(aRecord({ trials: { count: 6, variance: null, max: null } })).trials.variance).toBe(1 / 4);
    expect(found.trials.effective).toBeGreaterThan(4);
    expect(found.overfitting).not.toBeNull();
    expect(found.superiorP).toBeGreaterThan(0);
  });

  it('is the same for the same seed', () => {
    const chance = seededChance(3);
    const record = aRecord({ variants: [normalReturns(64, 0, 0.01, chance)], variantBenchmark: new Float64Array(64) });
    expect(gather(record)).toEqual(gather(record));
  });

  it('refuses columns that do not stand side by side', () => {
    expect(() => gather(aRecord({ benchmark: Float64Array.of(0) }))).toThrow(RangeError);
  });
});
