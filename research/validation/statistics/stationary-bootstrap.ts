// Resampling of a series that remembers: whole blocks of it, of lengths by chance, as often as asked.
import type { Chance } from './chance.ts';

export interface Resampling {
  /** How many samples. */
  readonly samples: number;
  /** Mean length of a block in bars, at least 1: `optimalBlockLength`, or what the owner says. */
  readonly blockLength: number;
  readonly chance: Chance;
}

/** One sample as blocks: `count` of them, lengths add up to the series; a block that reaches the end goes on at the start. */
export interface Blocks {
  readonly count: number;
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
}

/**
 * The statistic of each sample, in the order drawn. The sample is the same array again and again: keep nothing of it. NaN says
 * that the statistic is not defined for a sample.
 * Source: Politis and Romano (1994), "The stationary bootstrap", JASA 89.
 */
export function bootstrap(series: Float64Array, resampling: Resampling, statistic: (sample: Float64Array) => number): Float64Array {
  const n = series.length;
  const draw = blockDrawing(n, resampling);
  // Twice in a row, so that a block over the end is read without a jump.
  const around = new Float64Array(2 * n);
  around.set(series);
  around.set(series, n);
  const sample = new Float64Array(n);
  const statistics = new Float64Array(resampling.samples);
  for (let each = 0; each < statistics.length; each += 1) {
    const { count, starts, lengths } = draw();
    let at = 0;
    for (let block = 0; block < count; block += 1) {
      const from = starts[block] as number;
      const to = from + (lengths[block] as number);
      for (let bar = from; bar < to; bar += 1) sample[at++] = around[bar] as number;
    }
    statistics[each] = statistic(sample);
  }
  return statistics;
}

/**
 * Draws one sample after another: starts anywhere alike, lengths geometric with the mean asked for. The answer is overwritten by
 * the next draw.
 * @throws RangeError for an empty series, a block length below 1 or beyond the series, or no samples.
 */
export function blockDrawing(bars: number, { blockLength, samples, chance }: Resampling): () => Blocks {
  if (!(bars >= 1)) throw new RangeError('nothing to resample');
  if (!(blockLength >= 1 && blockLength <= bars)) throw new RangeError(`blocks of 1 to ${bars} bars: ${blockLength}`);
  if (!(Number.isInteger(samples) && samples >= 1)) throw new RangeError(`at least one sample: ${samples}`);
  const starts = new Int32Array(bars);
  const lengths = new Int32Array(bars);
  const continuing = Math.log(1 - 1 / blockLength);
  return () => {
    let [count, filled] = [0, 0];
    while (filled < bars) {
      const length = blockLength === 1 ? 1 : 1 + Math.floor(Math.log(1 - chance.uniform()) / continuing);
      const kept = Math.min(length, bars - filled);
      starts[count] = chance.below(bars);
      lengths[count] = kept;
      count += 1;
      filled += kept;
    }
    return { count, starts, lengths };
  };
}
