// Searching: which candidates are asked, on how much of the record, and which of them wins.
import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../research/validation/statistics/chance.ts';
import { parameterSensitivity } from '../../../../research/validation/walk-forward/parameter-sensitivity.ts';
import { parameterStability } from '../../../../research/validation/walk-forward/parameter-stability.ts';
import {
  candidatesOf,
  gridSearch,
  randomSearch,
  type Score,
  successiveHalving,
} from '../../../../research/validation/walk-forward/search.ts';

const space = { window: [10, 20, 30], exits: [true, false] };
/** Best at a window of 20 with exits. */
const score: Score = async ({ window, exits }) => -Math.abs(Number(window) - 20) + (exits === true ? 1 : 0);

describe('a grid', () => {
  it('asks every candidate once, in order, and takes the best', async () => {
    const { best, tried } = await gridSearch(space)(score);
    expect(tried.map(({ candidate }) => candidate)).toEqual(candidatesOf(space));
    expect(tried.slice(0, 3).map(({ candidate }) => [candidate['window'], candidate['exits']])).toEqual([
      [10, true],
      [10, false],
      [20, true],
    ]);
    expect(best).toEqual({ candidate: { window: 20, exits: true }, budget: 1, score: 1 });
  });

  it('takes the first of equals, and passes over what has no score', async () => {
    const among = async (scores: readonly number[]) => {
      const left = [...scores];
      return (await gridSearch({ each: scores.map((_, at) => at) })(async () => left.shift() as number)).best?.candidate['each'];
    };
    expect(await among([1, 3, 3])).toBe(1);
    expect(await among([Number.NaN, -5, Number.NaN])).toBe(1);
    expect(await among([Number.NaN])).toBeUndefined();
  });

  it('refuses a parameter that can be nothing', () => {
    expect(() => candidatesOf({ window: [] })).toThrow(RangeError);
  });
});

describe('a random search', () => {
  it('asks different candidates, the same for the same seed, and no more than there are', async () => {
    const asked = async (count: number, seed: number) =>
      (await randomSearch(space, { count, chance: seededChance(seed) })(score)).tried.map(({ candidate }) => JSON.stringify(candidate));
    const four = await asked(4, 1);
    expect(new Set(four).size).toBe(4);
    expect(await asked(4, 1)).toEqual(four);
    expect(await asked(4, 2)).not.toEqual(four);
    expect(await asked(99, 1)).toHaveLength(6);
  });

  it('refuses to ask none', async () => {
    await expect(randomSearch(space, { count: 0, chance: seededChance(1) })(score)).rejects.toThrow(RangeError);
  });
});

describe('successive halving', () => {
  const nine = { window: [1, 2, 3, 4, 5, 6, 7, 8, 9] };

  it('asks nine on a ninth, three on a third, one on the whole, and keeps the best', async () => {
    const { best, tried } = await successiveHalving(nine, { count: 9, keep: 1 / 3, chance: seededChance(1) })(async ({ window }) =>
      Number(window),
    );
    const budgets = tried.map(({ budget }) => Math.round(1 / budget));
    expect(budgets).toEqual([...new Array(9).fill(9), 3, 3, 3, 1]);
    expect(best?.candidate).toEqual({ window: 9 });
    expect(tried.slice(9, 12).map(({ candidate }) => candidate['window'])).toEqual([9, 8, 7]);
  });

  it('asks a single candidate on the whole at once', async () => {
    const { tried } = await successiveHalving(nine, { count: 1, keep: 0.5, chance: seededChance(1) })(score);
    expect(tried.map(({ budget }) => budget)).toEqual([1]);
  });

  it('refuses to keep all or nothing', () => {
    for (const keep of [0, 1]) expect(() => successiveHalving(nine, { count: 9, keep, chance: seededChance(1) })).toThrow(RangeError);
  });
});

describe('parameters', () => {
  it('are as stable as the folds choose alike', () => {
    const chosen = [10, 10, 20, 10].map((window) => ({ window, exits: true }));
    expect(parameterStability(chosen)).toEqual([
      { parameter: 'window', values: [10, 10, 20, 10], usual: 10, usualShare: 0.75, changed: 2 / 3 },
      { parameter: 'exits', values: [true, true, true, true], usual: true, usualShare: 1, changed: 0 },
    ]);
    expect(parameterStability([{ window: 10 }])[0]).toMatchObject({ usualShare: 1, changed: 0 });
    expect(parameterStability([])).toEqual([]);
  });

  it('are a plateau where a step away is nearly as good, and a peak where one alone is', async () => {
    const ten = { window: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] };
    const sensitivity = async (of: (window: number) => number) =>
      parameterSensitivity(ten, (await gridSearch(ten)(async ({ window }) => of(Number(window)))).tried);
    const hill = await sensitivity((window) => -Math.abs(window - 5));
    expect(hill).toMatchObject({ best: { candidate: { window: 5 } }, neighbourMean: -1, isSharpPeak: false });
    expect(hill?.neighbours.map(({ candidate }) => candidate['window'])).toEqual([4, 6]);
    expect(await sensitivity((window) => (window === 5 ? 1 : 0))).toMatchObject({ neighbourMean: 0, isSharpPeak: true });
    expect(parameterSensitivity(ten, [])).toBeNull();
    expect(parameterSensitivity({ one: [1] }, [{ candidate: { one: 1 }, budget: 1, score: 2 }])).toMatchObject({
      neighbourMean: null,
      isSharpPeak: false,
    });
  });
});
