// Trials are counted by themselves, the failed and the discarded ones too, and a holdout is looked at once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { countTrials, TrialRefused, variantOf } from '../../../../research/validation/trials/count-trials.ts';
import { holdoutOf } from '../../../../research/validation/trials/holdout-of.ts';
import { openHoldout } from '../../../../research/validation/trials/open-holdout.ts';
import { openedBefore } from '../../../../research/validation/trials/opened-before.ts';
import { countOfTrials } from '../../../../research/validation/trials/trial-count.ts';
import { gridSearch } from '../../../../research/validation/walk-forward/search.ts';
import { FileTrialLedger } from '../../../../shared/adapters/local/file-trial-ledger.ts';
import { aRegistration } from '../../../builders/trials.ts';

const folder = mkdtempSync(join(tmpdir(), 'evenkeel-trials-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const strategy = 'c'.repeat(64);
const span = { first: '2010-01-04', last: '2019-12-31' } as const;
const hypothesis = 'momentum';
const clock = { now: () => 5_000 };
let ledger = new FileTrialLedger(join(folder, '0'));
let files = 0;
beforeEach(async () => {
  files += 1;
  ledger = new FileTrialLedger(join(folder, String(files)));
  await ledger.append([aRegistration({ trialsMax: 4 })], 1_000);
});

/** Earns so many per cent and nothing by turns: Sharpe √½ a bar of two. */
const evaluate = countTrialsOf(async ({ percent }) => Float64Array.of(Number(percent) / 100, 0));
function countTrialsOf(evaluation: Parameters<typeof countTrials>[1]): ReturnType<typeof countTrials> {
  return (candidate, of) => countTrials({ ledger, clock, hypothesis, strategy }, evaluation)(candidate, of);
}
const counted = async () => countOfTrials(await ledger.entries(hypothesis));

describe('a counted evaluation', () => {
  it('counts every candidate of a search, though all but one are discarded', async () => {
    const { best } = await gridSearch({ percent: [1, 2, 3] })(async (candidate) => (await evaluate(candidate, span))[0] ?? Number.NaN);
    expect(best?.candidate).toEqual({ percent: 3 });
    expect(await counted()).toEqual({ variants: 3, evaluations: 3, withoutEnd: 0, variance: expect.closeTo(0, 12), trialsMax: 4 });
  });

  it('counts a variant once however often it is evaluated, and says how often that was', async () => {
    for (const percent of [1, 1, 2]) await evaluate({ percent }, span);
    expect(await counted()).toMatchObject({ variants: 2, evaluations: 3 });
    expect(variantOf(strategy, { percent: 1, window: 2 })).toBe(variantOf(strategy, { window: 2, percent: 1 }));
    expect(variantOf(strategy, { percent: 1 })).not.toBe(variantOf('d'.repeat(64), { percent: 1 }));
  });

  it('is in the ledger before it begins', async () => {
    let before = 0;
    await countTrialsOf(async () => {
      before = (await counted()).evaluations;
      return Float64Array.of();
    })({ percent: 1 }, span);
    expect(before).toBe(1);
  });

  it('counts one that fails, keeps why, and passes the failure on', async () => {
    const failing = countTrialsOf(async () => {
      throw new Error('no prices of XYZ');
    });
    await expect(failing({ percent: 1 }, span)).rejects.toThrow('no prices of XYZ');
    expect(await counted()).toMatchObject({ variants: 1, evaluations: 1, withoutEnd: 1, variance: null });
    expect((await ledger.entries()).at(-1)?.fact).toMatchObject({ kind: 'trial-failed', reason: 'no prices of XYZ' });
  });

  it('takes the variance of the Sharpe ratios, a variant one figure, weighed by its bars', async () => {
    // Sharpe 0 of two bars and √½ of two: mean √½ / 2. The other variant: 0. Variance of two: half the square of their distance.
    const returns = [Float64Array.of(1, -1), Float64Array.of(1, 0), Float64Array.of(1, -1)];
    const each = countTrialsOf(async () => returns.shift() ?? Float64Array.of());
    for (const percent of [1, 1, 2]) await each({ percent }, span);
    expect((await counted()).variance).toBeCloseTo((Math.SQRT1_2 / 2) ** 2 / 2, 12);
  });

  it('is not made when the ledger refuses it', async () => {
    let made = 0;
    const watched = countTrialsOf(async () => {
      made += 1;
      return Float64Array.of();
    });
    const inside = { first: '2010-01-04', last: '2020-02-03' } as const;
    await expect(watched({ percent: 1 }, inside)).rejects.toMatchObject({ name: 'TrialRefused', code: 'inside-holdout' });
    await expect(watched({ percent: 1 }, inside)).rejects.toThrow(TrialRefused);
    expect([made, (await counted()).evaluations]).toEqual([0, 0]);
  });
});

describe('a holdout', () => {
  const opening = () => ({ ledger, clock, hypothesis, variant: variantOf(strategy, { percent: 1 }), by: 'anna' });

  it('is lived once, and its net return kept', async () => {
    let lived = 0;
    const live = async () => {
      lived += 1;
      return Float64Array.of(0.1, 0.1);
    };
    expect(holdoutOf(await ledger.entries(hypothesis))).toBeNull();
    expect(await openHoldout(opening(), live)).toMatchObject({ kind: 'opened', netReturn: expect.closeTo(0.21, 12) });
    expect(await openHoldout(opening(), live)).toMatchObject({ kind: 'refused', code: 'holdout-opened-before' });
    expect(lived).toBe(1);
    expect(holdoutOf(await ledger.entries(hypothesis))).toEqual({ openings: 1, netReturn: expect.closeTo(0.21, 12) });
    expect((await ledger.entries()).at(-1)?.fact).toMatchObject({
      kind: 'holdout-ended',
      bars: 2,
      netReturn: expect.closeTo(0.21, 12),
      sharpe: null,
    });
  });

  it('is not opened again after a run that dies in it, and is finished for the same variant alone', async () => {
    const dying = async (): Promise<Float64Array> => {
      throw new Error('killed');
    };
    await expect(openHoldout(opening(), dying)).rejects.toThrow('killed');
    expect(holdoutOf(await ledger.entries(hypothesis))).toEqual({ openings: 1, netReturn: null });
    const live = async () => Float64Array.of(0.1, 0.2);
    expect(await openHoldout(opening(), live)).toMatchObject({ kind: 'refused', code: 'holdout-opened-before' });
    const before = openedBefore(await ledger.entries(), hypothesis);
    expect(before).toEqual({ variant: opening().variant, by: 'anna', ended: undefined });
    const other = { ...opening(), variant: variantOf(strategy, { percent: 2 }), before };
    expect(await openHoldout(other, dying)).toEqual({ kind: 'refused', code: 'holdout-opened-before' });
    expect(await openHoldout({ ...opening(), by: 'bob', before }, live)).toMatchObject({
      kind: 'opened',
      netReturn: expect.closeTo(0.32, 12),
    });
    expect((await ledger.entries()).map(({ fact }) => fact.kind).slice(-2)).toEqual(['holdout-opened', 'holdout-ended']);

    const ended = openedBefore(await ledger.entries(), hypothesis);
    expect(ended).toMatchObject({ by: 'anna', ended: { bars: 2 } });
    const length = (await ledger.entries()).length;
    expect(await openHoldout({ ...opening(), before: ended }, live)).toMatchObject({ kind: 'opened' });
    const otherwise = async () => Float64Array.of(0.2, 0.1, 0);
    expect(await openHoldout({ ...opening(), before: ended }, otherwise)).toEqual({ kind: 'refused', code: 'other-result' });
    expect(await ledger.entries()).toHaveLength(length);
  });

  it('has no net return without a bar', async () => {
    expect(await openHoldout(opening(), async () => Float64Array.of())).toMatchObject({ netReturn: null });
  });
});
