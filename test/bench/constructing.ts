// Made-up returns of thirty assets over a year, and what a construction of them is measured against.
import type { Constructed } from '../../shared/core/strategy/construction/constructed.ts';
import { shrunkToConstantCorrelation } from '../../shared/core/strategy/construction/ledoit-wolf.ts';
import type { Matrix } from '../../shared/core/strategy/construction/matrix.ts';
import type { Prepared } from './bench.ts';
import { madeUpColumns, milliseconds } from './research-columns.ts';

export const ASSETS = 30;
const DAYS = 252;
/** A measurement is of so many: one alone is over before a clock is sure of it. */
const TIMES = 10;
const FLOOR_TIMES = 10 * TIMES;

/** A market is in all of them, so that they are correlated as funds are. */
export const RETURNS = goingTogether(madeUpColumns(ASSETS + 1, DAYS));
export const FLOOR = `${FLOOR_TIMES} sample covariances as bare loops`;

export type Constructions = Readonly<Record<string, (covariance: Matrix) => Constructed>>;

/** From returns to weights, the covariance and its shrinkage among it. */
export function constructing(constructions: Constructions): Prepared {
  return {
    subjects: Object.entries(constructions).map(([name, construct]) => ({
      name,
      measure: async () =>
        milliseconds(() => {
          for (let time = 0; time < TIMES; time += 1) {
            const found = construct(shrunkToConstantCorrelation(RETURNS).covariance);
            if (found.kind !== 'weights') throw new Error(`${name}: ${found.kind}`);
          }
        }),
    })),
    floor: async () =>
      milliseconds(() => {
        for (let time = 0; time < FLOOR_TIMES; time += 1) bareCovariance();
      }),
  };
}

function goingTogether([market = new Float64Array(DAYS), ...own]: readonly Float64Array[]): readonly Float64Array[] {
  return own.map((column, place) => column.map((each, day) => each * (0.5 + place / ASSETS) + 0.8 * (market[day] as number)));
}

function bareCovariance(): Float64Array {
  const sums = new Float64Array(ASSETS * ASSETS);
  for (let row = 0; row < ASSETS; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      const [one, other] = [RETURNS[row] as Float64Array, RETURNS[column] as Float64Array];
      let sum = 0;
      for (let day = 0; day < DAYS; day += 1) sum += (one[day] as number) * (other[day] as number);
      sums[row * ASSETS + column] = sum / DAYS;
    }
  }
  return sums;
}
