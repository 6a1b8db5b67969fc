// The arithmetic of the benchmarks: a wrong median would let a slow product pass.
import { describe, expect, it } from 'vitest';
import { type Bench, type Limits, type Measure, measure, measureUntilWithin, median } from './bench.ts';

function aBench(rounds: number, limits: Limits = {}): Bench {
  return { name: 'a bench', unit: 'ms', floor: 'a floor', rounds, limits, prepare: async () => ({ skipped: 'never prepared here' }) };
}

/** Answers these figures one after the other. */
function figures(...answers: number[]): Measure {
  return async () => {
    const answer = answers.shift();
    if (answer === undefined) throw new Error('asked once too often');
    return answer;
  };
}

async function resultOf(bench: Bench, subject: Measure, floor: Measure) {
  const results = await measure(bench, { subjects: [{ name: 'a subject', measure: subject }], floor });
  expect(results).toHaveLength(1);
  const [result] = results;
  if (result === undefined) throw new Error('no result');
  return result;
}

describe('the median', () => {
  it('is the middle figure, whatever the order', () => expect(median([9, 1, 5])).toBe(5));
  it('is the mean of the middle two of an even number', () => expect(median([4, 1, 100, 2])).toBe(3));
  it('compares figures as numbers, not as text', () => expect(median([10, 9, 100])).toBe(10));
  it('does not exist for nothing', () => expect(() => median([])).toThrow(RangeError));
});

describe('a measurement', () => {
  it('leaves out the first turn, which only warms up', async () => {
    const result = await resultOf(aBench(3), figures(1_000, 6, 4, 5), figures(500, 2, 3, 2));
    expect([result.subjectMedian, result.floorMedian, result.ratio]).toEqual([5, 2, 2.5]);
  });

  it('takes turns between floor and subjects, so that a slow moment of the machine meets both', async () => {
    const order: string[] = [];
    const noting =
      (name: string): Measure =>
      async () =>
        order.push(name);
    const subjects = ['one', 'two'].map((name) => ({ name, measure: noting(name) }));
    await measure(aBench(1), { subjects, floor: noting('floor') });
    expect(order).toEqual(['floor', 'one', 'two', 'floor', 'one', 'two']);
  });

  it.each<[Limits, boolean]>([
    [{}, true],
    [{ ratioMax: 2.5 }, true],
    [{ ratioMax: 2.4 }, false],
    [{ ratioMin: 2.5 }, true],
    [{ ratioMin: 2.6 }, false],
    [{ subjectMax: 5 }, true],
    [{ subjectMax: 4.9 }, false],
    [{ ratioMax: 2.5, subjectMax: 4.9 }, false],
  ])('is held to %j: %j', async (limits, expected) => {
    expect((await resultOf(aBench(1, limits), figures(0, 5), figures(0, 2))).withinLimits).toBe(expected);
  });

  it('is outside any limit when its ratio is not a number', async () => {
    expect((await resultOf(aBench(1, { ratioMax: 2 }), figures(0, 0), figures(0, 0))).withinLimits).toBe(false);
  });
});

describe('what passes over a limit', () => {
  const attempts = async (subject: Measure, floor: Measure): Promise<readonly boolean[]> => {
    const told: boolean[] = [];
    const prepared = { subjects: [{ name: 'a subject', measure: subject }], floor };
    const results = await measureUntilWithin(aBench(1, { ratioMax: 2 }), prepared, 3, (each) =>
      told.push(...each.map(({ withinLimits }) => withinLimits)),
    );
    expect(results.map(({ withinLimits }) => withinLimits)).toEqual(told.slice(-1));
    return told;
  };

  it('is not measured again where it does not', async () => {
    expect(await attempts(figures(0, 4), figures(0, 2))).toEqual([true]);
  });

  it('counts as what it is without the noise of a moment', async () => {
    expect(await attempts(figures(0, 9, 0, 4), figures(0, 2, 0, 2))).toEqual([false, true]);
  });

  it('fails when it does so every time', async () => {
    expect(await attempts(figures(0, 5, 0, 9, 0, 5), figures(0, 2, 0, 2, 0, 2))).toEqual([false, false, false]);
  });
});
