// Walking forward: a choice sees its own past alone, and what is stitched was never chosen on.
import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../research/validation/statistics/chance.ts';
import { meanOf } from '../../../../research/validation/statistics/return-shape.ts';
import type { Span } from '../../../../research/validation/walk-forward/folds.ts';
import { gridSearch, successiveHalving } from '../../../../research/validation/walk-forward/search.ts';
import { walkForward } from '../../../../research/validation/walk-forward/walk-forward.ts';

const dates = Array.from({ length: 12 }, (_, bar) => `2020-01-${String(bar + 1).padStart(2, '0')}`);
const rule = { kind: 'rolling', trainingBars: 4, testBars: 4, purgeBars: 0, embargoBars: 0 } as const;
/** One variant earns in the first half, the other in the second. */
const EARNED: Readonly<Record<string, number[]>> = {
  early: [1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1],
  late: [-1, -1, -1, -1, -1, -1, 1, 1, 1, 1, 1, 1],
};
const returnsOf = async ({ variant }: Readonly<Record<string, unknown>>, { from, to }: Span): Promise<Float64Array> =>
  Float64Array.from((EARNED[String(variant)] ?? []).slice(from, to));
const search = gridSearch({ variant: ['early', 'late'] });

describe('walking forward', () => {
  it('lives the choice of each training on the test after it, by hand', async () => {
    const found = await walkForward({ dates, rule, search, returnsOf, score: meanOf });
    // Trained on 0–3: early. On 4–7 both earn nothing: the first of equals, early again.
    expect(found.folds.map(({ chosen, inSample, outOfSample }) => [chosen?.['variant'], inSample, outOfSample])).toEqual([
      ['early', 1, 0],
      ['early', 0, -1],
    ]);
    expect([...found.returns]).toEqual([1, 1, -1, -1, -1, -1, -1, -1]);
    expect(found.dates).toEqual(dates.slice(4));
    expect(found).toMatchObject({ evaluations: 4, stability: [{ parameter: 'variant', usual: 'early', usualShare: 1, changed: 0 }] });
  });

  it('never shows a search what comes after its training', async () => {
    const asked: number[] = [];
    const watching: typeof returnsOf = async (candidate, span) => {
      asked.push(span.to);
      return returnsOf(candidate, span);
    };
    await walkForward({ dates, rule, search, returnsOf: watching, score: meanOf });
    // Two candidates up to the end of the training, then the chosen on its test.
    expect(asked).toEqual([4, 4, 8, 8, 8, 12]);
  });

  it('gives a smaller budget the latest part of a training', async () => {
    const asked: [number, number][] = [];
    const watching: typeof returnsOf = async (candidate, span) => {
      asked.push([span.from, span.to]);
      return returnsOf(candidate, span);
    };
    const halving = successiveHalving({ variant: ['early', 'late'] }, { count: 2, keep: 0.5, chance: seededChance(1) });
    await walkForward({ dates: dates.slice(0, 8), rule, search: halving, returnsOf: watching, score: meanOf });
    expect(asked).toEqual([
      [2, 4],
      [2, 4],
      [0, 4],
      [4, 8],
    ]);
  });

  it('spends a test in cash where nothing could be chosen', async () => {
    const found = await walkForward({ dates, rule, search, returnsOf, score: () => Number.NaN });
    expect([...found.returns]).toEqual(new Array(8).fill(0));
    expect(found.folds.every(({ chosen }) => chosen === undefined)).toBe(true);
    expect(found.stability).toEqual([]);
  });

  it('stops where a strategy answers for other bars than it was asked', async () => {
    await expect(walkForward({ dates, rule, search, returnsOf: async () => Float64Array.of(1) })).rejects.toThrow(RangeError);
  });
});
