// What an indicator costs a bar: every indicator of the registry over 5,000 bars, at its usual windows and at long ones,
// against bare loops that keep a running sum for each output (the cheapest thing that reads a column and writes one).
// 50 ns an indicator-bar are 20 million indicator-bars a second.
import type { Columns, Given, Indicator } from '../../shared/core/strategy/indicators/indicator.ts';
import { INDICATORS } from '../../shared/core/strategy/indicators/indicators.ts';
import type { Bench, Subject } from './bench.ts';

const BARS = 5000;
const REPEATS = 20;

export const bench: Bench = {
  name: 'indicators',
  unit: 'ns a bar',
  floor: 'a running sum an output',
  rounds: 9,
  limits: { subjectMax: 50, ratioMax: 10 },
  prepare: async () => ({
    subjects: [all('usual', () => ({})), all('windows of 200', withWindows(200))],
    floor: async () =>
      nanosecondsABar(() => {
        for (const { outputs } of INDICATORS) for (const _ of outputs) runningSum(COLUMNS.close, 20);
      }),
    dispose: async () => undefined,
  }),
};

const COLUMNS = generatedBars();

function all(name: string, given: (indicator: Indicator) => Given): Subject {
  const settings = INDICATORS.map((each) => [each, given(each)] as const);
  return {
    name,
    measure: async () =>
      nanosecondsABar(() => {
        for (const [indicator, parameters] of settings) indicator.compute(COLUMNS, parameters);
      }),
  };
}

function withWindows(length: number): (indicator: Indicator) => Given {
  return ({ parameters }) =>
    Object.fromEntries(Object.entries(parameters).flatMap(([name, { kind }]) => (kind === 'count' ? [[name, length]] : [])));
}

function nanosecondsABar(work: () => void): number {
  const from = performance.now();
  for (let repeat = 0; repeat < REPEATS; repeat += 1) work();
  return ((performance.now() - from) * 1e6) / (REPEATS * INDICATORS.length * BARS);
}

function runningSum(column: Float64Array, window: number): Float64Array {
  const sums = new Float64Array(column.length);
  let sum = 0;
  for (let i = 0; i < column.length; i += 1) {
    sum += column[i] as number;
    if (i >= window) sum -= column[i - window] as number;
    sums[i] = sum / window;
  }
  return sums;
}

/** A price that wanders without chance: two waves that never meet. */
function generatedBars(): Columns {
  const close = Float64Array.from({ length: BARS }, (_, i) => 100 + 20 * Math.sin(i / 97) + 5 * Math.sin(i * 1.7));
  return {
    close,
    high: close.map((price, i) => price * (1.01 + 0.005 * Math.sin(i * 2.3))),
    low: close.map((price, i) => price * (0.99 + 0.005 * Math.sin(i * 3.1))),
    volume: close.map((_, i) => 1e6 * (1.5 + Math.sin(i * 0.9))),
    benchmark: close.map((price, i) => price * (2 + 0.1 * Math.sin(i / 31))),
  };
}
