// The standard normal distribution, to the last digits of a float: p-values near 0 and 1 decide verdicts.

/**
 * Φ(x), relative error below 1e-12 in both tails. A series near the middle, a continued fraction beyond.
 * Source: Marsaglia (2004), "Evaluating the normal distribution"; Abramowitz and Stegun, 26.2.11 and 26.2.14.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x < -MIDDLE) return upperTail(-x);
  if (x > MIDDLE) return 1 - upperTail(x);
  let [sum, term] = [x, x];
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
}

/** φ(x) / (x + 1/(x + 2/(x + 3/…))), for x above the middle. */
function upperTail(x: number): number {
  if (x > 39) return 0;
  let fraction = x;
  for (let level = FRACTION_LEVELS; level >= 1; level -= 1) fraction = x + level / fraction;
  return normalDensity(x) / fraction;
}

/**
 * Φ⁻¹(p); −∞ at 0, ∞ at 1. A rational guess made exact by Halley's steps on Φ.
 * Source of the guess: Abramowitz and Stegun, 26.2.23.
 * @throws RangeError outside 0…1.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability is between 0 and 1: ${p}`);
  if (p === 0) return -Infinity;
  if (p > 0.5) return p === 1 ? Infinity : -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  let x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let step = 0; step < 3; step += 1) {
    const off = (normalCdf(x) - p) / normalDensity(x);
    x -= off / (1 + (x * off) / 2);
  }
  return x;
}

/** φ(x) = e^(−x²/2) / √(2π). */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** Where the series gives way to the fraction: it loses digits far out, where 0.5 and the sum nearly cancel. */
const MIDDLE = 2.5;
const FRACTION_LEVELS = 120;
