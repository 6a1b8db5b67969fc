// How likely it is that picking the best variant of a search picked noise: the in-sample winner, ranked out of sample, over
// every way to halve the record.
import { OVERFITTING_BLOCKS } from '../thresholds.ts';
import { shapeOf } from './return-shape.ts';

/** What combinatorially symmetric cross-validation found. */
export interface Overfitting {
  /** Share of the splits in which the winner of one half is at or below the median of the other. */
  readonly probability: number;
  /** C(S, S/2). */
  readonly splits: number;
  /** Variants that differ from each other in at least one bar. */
  readonly variants: number;
  /** Share of the splits in which the winner's Sharpe ratio out of sample is below zero. */
  readonly lossProbability: number;
  /** Sharpe out of sample ≈ intercept + slope · Sharpe in sample, of the winners, a bar; null where that does not vary. */
  readonly degradation: Degradation | null;
}

export interface Degradation {
  readonly intercept: number;
  readonly slope: number;
}

/**
 * PBO by CSCV: S blocks of equal length, S/2 of them in sample, the others out of sample; performance is the Sharpe ratio of a
 * half. The probability is the share of the splits with ln(ω / (1 − ω)) ≤ 0, ω = rank / (variants + 1). Null for fewer than two
 * variants: then nothing was picked.
 * Source: Bailey, Borwein, López de Prado and Zhu (2017), "The probability of backtest overfitting", J. Comp. Finance 20(4).
 * @param returns one column a variant, all of one length.
 * @throws RangeError for an odd number of blocks, or blocks of fewer than two bars.
 */
export function overfittingOf(returns: readonly Float64Array[], blocks = OVERFITTING_BLOCKS): Overfitting | null {
  const found = winnersOf(returns, blocks);
  if (found === null) return null;
  const { variants, ranks, inSample, outOfSample } = found;
  return {
    probability: share(ranks, (rank) => 2 * rank <= variants + 1),
    splits: ranks.length,
    variants,
    lossProbability: share(outOfSample, (sharpe) => sharpe < 0),
    degradation: lineThrough(inSample, outOfSample),
  };
}

/** One value for each split, in lexicographic order. */
export interface SplitWinners {
  readonly variants: number;
  /** The number of the column that is best in sample. */
  readonly winners: Int32Array;
  /** Its rank out of sample among the variants, 1 the lowest; of equals the mean. */
  readonly ranks: Float64Array;
  /** Its Sharpe ratios, a bar. */
  readonly inSample: Float64Array;
  readonly outOfSample: Float64Array;
}

/**
 * Who wins each half, and what becomes of it in the other. Where S does not divide the bars, the oldest are left out. A variant
 * that does not vary in a half is last in it. Columns that are the same are one variant.
 */
export function winnersOf(returns: readonly Float64Array[], blocks: number): SplitWinners | null {
  const bars = returns[0]?.length ?? 0;
  if (!(Number.isInteger(blocks) && blocks >= 2 && blocks % 2 === 0)) throw new RangeError(`an even number of blocks: ${blocks}`);
  const places = distinct(returns);
  if (places.length < 2) return null;
  const blockBars = Math.floor(bars / blocks);
  if (blockBars < 2) throw new RangeError(`${bars} bars are too few for ${blocks} blocks`);
  const halves = halvesOf(
    places.map((place) => returns[place] as Float64Array),
    blocks,
    blockBars,
  );
  const splits = halvings(blocks);

  const winners = new Int32Array(splits.length);
  const ranks = new Float64Array(splits.length);
  const [inSample, outOfSample] = [new Float64Array(splits.length), new Float64Array(splits.length)];
  for (const [split, chosen] of splits.entries()) {
    const half = halves(chosen);
    const winner = largest(half.inSample);
    winners[split] = places[winner] as number;
    ranks[split] = rankOf(half.outOfSample, winner);
    inSample[split] = half.inSample[winner] as number;
    outOfSample[split] = half.outOfSample[winner] as number;
  }
  return { variants: places.length, winners, ranks, inSample, outOfSample };
}

/** The first column of each that differ. */
function distinct(returns: readonly Float64Array[]): readonly number[] {
  const seen = new Map<number, number[]>();
  return returns.flatMap((column, place) => {
    const sum = column.reduce((all, each) => all + each, 0);
    const alike = seen.get(sum) ?? [];
    if (alike.some((other) => column.every((each, bar) => each === returns[other]?.[bar]))) return [];
    seen.set(sum, [...alike, place]);
    return [place];
  });
}

interface Halves {
  readonly inSample: Float64Array;
  readonly outOfSample: Float64Array;
}

/** Sums by block once; the Sharpe ratios of any half are then sums of few numbers. The answer is overwritten by the next. */
function halvesOf(returns: readonly Float64Array[], blocks: number, blockBars: number): (chosen: readonly number[]) => Halves {
  const count = returns.length;
  const sums = new Float64Array(blocks * count);
  const squares = new Float64Array(blocks * count);
  const [allSums, allSquares, means] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (const [variant, column] of returns.entries()) {
    const kept = column.subarray(column.length - blocks * blockBars);
    // Around the mean of the whole, so that the squares keep their digits.
    const mean = shapeOf(kept)?.mean ?? (kept[0] as number);
    means[variant] = mean;
    for (let bar = 0; bar < kept.length; bar += 1) {
      const at = Math.floor(bar / blockBars) * count + variant;
      const apart = (kept[bar] as number) - mean;
      sums[at] = (sums[at] as number) + apart;
      squares[at] = (squares[at] as number) + apart * apart;
      allSums[variant] = (allSums[variant] as number) + apart;
      allSquares[variant] = (allSquares[variant] as number) + apart * apart;
    }
  }

  const halfBars = (blocks / 2) * blockBars;
  const [halfSums, halfSquares] = [new Float64Array(count), new Float64Array(count)];
  const [inSample, outOfSample] = [new Float64Array(count), new Float64Array(count)];
  return (chosen) => {
    halfSums.fill(0);
    halfSquares.fill(0);
    for (const block of chosen) {
      for (let variant = 0, at = block * count; variant < count; variant += 1, at += 1) {
        halfSums[variant] = (halfSums[variant] as number) + (sums[at] as number);
        halfSquares[variant] = (halfSquares[variant] as number) + (squares[at] as number);
      }
    }
    for (let variant = 0; variant < count; variant += 1) {
      const [sum, square, mean] = [halfSums[variant] as number, halfSquares[variant] as number, means[variant] as number];
      inSample[variant] = sharpeFrom(sum, square, mean, halfBars);
      outOfSample[variant] = sharpeFrom((allSums[variant] as number) - sum, (allSquares[variant] as number) - square, mean, halfBars);
    }
    return { inSample, outOfSample };
  };
}

/** −∞ where nothing varies. @param sum, square of what is apart from the mean. */
function sharpeFrom(sum: number, square: number, mean: number, bars: number): number {
  const apart = sum / bars;
  const left = square - sum * apart;
  // Less than this is what rounding leaves of returns that are all the same.
  return left > 1e-12 * square ? (mean + apart) / Math.sqrt(left / (bars - 1)) : -Infinity;
}

/** Every choice of half the blocks, in lexicographic order. */
export function halvings(blocks: number): readonly (readonly number[])[] {
  const half = blocks / 2;
  const found: number[][] = [];
  const extend = (chosen: readonly number[], from: number): void => {
    if (chosen.length === half) found.push([...chosen]);
    else for (let block = from; block <= blocks - (half - chosen.length); block += 1) extend([...chosen, block], block + 1);
  };
  extend([], 0);
  return found;
}

function largest(values: Float64Array): number {
  let best = 0;
  for (let at = 1; at < values.length; at += 1) if ((values[at] as number) > (values[best] as number)) best = at;
  return best;
}

function rankOf(values: Float64Array, place: number): number {
  const own = values[place] as number;
  let [below, alike] = [0, 0];
  for (let at = 0; at < values.length; at += 1) {
    if ((values[at] as number) < own) below += 1;
    else if ((values[at] as number) === own) alike += 1;
  }
  return below + (alike + 1) / 2;
}

function share(values: Float64Array, is: (value: number) => boolean): number {
  let count = 0;
  for (const value of values) if (is(value)) count += 1;
  return count / values.length;
}

/** Least squares over the points that are finite; null where x does not vary among them. */
function lineThrough(x: Float64Array, y: Float64Array): Degradation | null {
  const points = Array.from(x, (each, at) => [each, y[at] as number] as const).filter((point) => point.every(Number.isFinite));
  const meanX = points.reduce((sum, [each]) => sum + each, 0) / points.length;
  const meanY = points.reduce((sum, [, each]) => sum + each, 0) / points.length;
  const squares = points.reduce((sum, [each]) => sum + (each - meanX) ** 2, 0);
  if (!(squares > 0)) return null;
  const slope = points.reduce((sum, [eachX, eachY]) => sum + (eachX - meanX) * (eachY - meanY), 0) / squares;
  return { intercept: meanY - slope * meanX, slope };
}
