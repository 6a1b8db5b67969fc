// Is the best of many models better than the benchmark, or only the best of many? White's Reality Check and Hansen's test.
import { meanOf } from './return-shape.ts';
import { type Blocks, blockDrawing, type Resampling } from './stationary-bootstrap.ts';

/** p-values by what is supposed of poor models: as good as they showed at best, what is consistent, as good as the benchmark. */
export interface SuperiorP {
  readonly lower: number;
  readonly consistent: number;
  readonly upper: number;
}

export interface SuperiorAbility {
  /** The number of the model with the largest studentised mean; null where none varies. */
  readonly best: number | null;
  /** max(0, max √n d̄ₖ / ω̂ₖ). */
  readonly statistic: number;
  /** Hansen's SPA, studentised. */
  readonly spa: SuperiorP;
  /** Not studentised; its `upper` is White's Reality Check. */
  readonly realityCheck: SuperiorP;
}

/**
 * H₀: no model beats the benchmark. T = max √n d̄ₖ (divided by ω̂ₖ in SPA) against T* = max √n (d̄*ₖ − gₖ), where gₖ is d̄ₖ for
 * `upper`, d̄ₖ only where √n d̄ₖ / ω̂ₖ ≥ −√(2 ln ln n) for `consistent`, and max(d̄ₖ, 0) for `lower`; both at least zero.
 * p = (1 + #{T* ≥ T}) / (B + 1): 1 where nothing beats the benchmark. ω̂² is the variance of the stationary bootstrap itself.
 * A model whose difference never varies is in the Reality Check alone.
 * Source: White (2000), Econometrica 68(5); Hansen (2005), "A test for superior predictive ability", JBES 23(4).
 * @param differences return of the model less that of the benchmark, a bar; one column a model, all of one length.
 */
export function superiorAbility(differences: readonly Float64Array[], resampling: Resampling): SuperiorAbility {
  const bars = differences[0]?.length ?? 0;
  if (differences.length === 0 || bars < 3) throw new RangeError('at least one model and three bars');
  const models = differences.map((column) => modelOf(column, resampling.blockLength));
  const observed = [largest(models, (model) => model.mean), largest(models, (model) => model.mean * model.precision)] as const;
  const reached = [new Float64Array(3), new Float64Array(3)] as const;
  for (const { plain, studentised } of topsOfSamples(models, bars, resampling)) {
    for (let at = 0; at < plain.length; at += 1) {
      if ((plain[at] as number) >= observed[0].value) reached[0][at % 3] = (reached[0][at % 3] as number) + 1;
      if ((studentised[at] as number) >= observed[1].value) reached[1][at % 3] = (reached[1][at % 3] as number) + 1;
    }
  }
  const p = (counts: Float64Array): SuperiorP => {
    const [lower, consistent, upper] = [...counts].map((count) => (1 + count) / (resampling.samples + 1)) as [number, number, number];
    return { lower, consistent, upper };
  };
  const best = models.every(({ precision }) => precision === 0) ? null : observed[1].place;
  return { best, statistic: Math.sqrt(bars) * observed[1].value, spa: p(reached[1]), realityCheck: p(reached[0]) };
}

/** The largest of the models, at least zero: three values a sample, by rule. */
interface Tops {
  readonly plain: Float64Array;
  readonly studentised: Float64Array;
}

/** Many samples at a time, model after model: the sums of one model fit where they are quick to read, those of all do not. */
function* topsOfSamples(models: readonly Model[], bars: number, resampling: Resampling): Generator<Tops> {
  const draw = blockDrawing(bars, resampling);
  for (let left = resampling.samples; left > 0; ) {
    const drawn: Blocks[] = [];
    for (let blocks = 0; blocks < BLOCKS_AT_ONCE && drawn.length < left; blocks += drawn.at(-1)?.count ?? 0) drawn.push(copyOf(draw()));
    left -= drawn.length;
    const tops = { plain: new Float64Array(3 * drawn.length), studentised: new Float64Array(3 * drawn.length) };
    for (const { sums, centres, precision } of models) {
      for (let sample = 0; sample < drawn.length; sample += 1) {
        const mean = meanOfBlocks(sums, drawn[sample] as Blocks, bars);
        for (let rule = 0; rule < 3; rule += 1) {
          const apart = mean - (centres[rule] as number);
          const at = 3 * sample + rule;
          if (apart > (tops.plain[at] as number)) tops.plain[at] = apart;
          if (apart * precision > (tops.studentised[at] as number)) tops.studentised[at] = apart * precision;
        }
      }
    }
    yield tops;
  }
}

const BLOCKS_AT_ONCE = 500_000;

function copyOf({ count, starts, lengths }: Blocks): Blocks {
  return { count, starts: starts.slice(0, count), lengths: lengths.slice(0, count) };
}

interface Model {
  readonly mean: number;
  /** 1 / ω̂; zero where the difference does not vary. */
  readonly precision: number;
  /** gₖ of lower, consistent, upper. */
  readonly centres: readonly [number, number, number];
  /** Sums up to each bar of the column twice in a row, so that a block costs one subtraction. */
  readonly sums: Float64Array;
}

function modelOf(column: Float64Array, blockLength: number): Model {
  const bars = column.length;
  const mean = meanOf(column);
  const variance = bootstrapVariance(column, blockLength);
  const precision = variance > (1e-14 * mean) ** 2 ? 1 / Math.sqrt(variance) : 0;
  const isPoor = Math.sqrt(bars) * mean * precision < -Math.sqrt(2 * Math.log(Math.log(bars)));
  const sums = new Float64Array(2 * bars + 1);
  for (let at = 0; at < 2 * bars; at += 1) sums[at + 1] = (sums[at] as number) + (column[at % bars] as number);
  return { mean, precision, centres: [Math.max(mean, 0), isPoor ? 0 : mean, mean], sums };
}

function meanOfBlocks(sums: Float64Array, { count, starts, lengths }: Blocks, bars: number): number {
  let sum = 0;
  for (let block = 0; block < count; block += 1) {
    const from = starts[block] as number;
    sum += (sums[from + (lengths[block] as number)] as number) - (sums[from] as number);
  }
  return sum / bars;
}

/** The largest and its place, at least zero. */
function largest(models: readonly Model[], of: (model: Model) => number): { readonly value: number; readonly place: number } {
  const values = models.map(of);
  const value = Math.max(...values);
  return { value: Math.max(0, value), place: values.indexOf(value) };
}

/**
 * ω̂² = γ₀ + 2 Σᵢ κ(i) γᵢ with κ(i) = (n − i)/n (1 − q)ⁱ + i/n (1 − q)ⁿ⁻ⁱ and q = 1 / block length: what the variance of √n d̄*
 * is under the stationary bootstrap. Lags whose κ is below 1e-12 are left out. Source: Politis and Romano (1994), as Hansen (2005).
 */
export function bootstrapVariance(column: Float64Array, blockLength: number): number {
  const n = column.length;
  const mean = meanOf(column);
  const centred = column.map((each) => each - mean);
  const staying = 1 - 1 / blockLength;
  let variance = 0;
  for (let lag = 0; lag < n; lag += 1) {
    const kernel = lag === 0 ? 1 : 2 * (((n - lag) / n) * staying ** lag + (lag / n) * staying ** (n - lag));
    if (kernel < 1e-12) continue;
    let product = 0;
    for (let at = lag; at < n; at += 1) product += (centred[at] as number) * (centred[at - lag] as number);
    variance += (kernel * product) / n;
  }
  return variance;
}
