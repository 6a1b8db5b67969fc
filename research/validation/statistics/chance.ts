// Chance from a seed: whoever resamples or shuffles is handed one of these, so that the same seed tells the same story.

export interface Chance {
  /** At least 0, below 1, in steps of 2⁻³². */
  uniform(): number;
  /** A whole number, at least 0, below `count`. */
  below(count: number): number;
}

/**
 * Xoshiro128**, its four words drawn from the seed by SplitMix32. Source: Blackman and Vigna (2021), "Scrambled linear
 * pseudorandom number generators".
 * @param seed a safe integer.
 */
export function seededChance(seed: number): Chance {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed is a whole number: ${seed}`);
  const nextWord = splitMix(seed | 0, Math.floor(seed / 2 ** 32) | 0);
  let [a, b, c, d] = [nextWord(), nextWord(), nextWord(), nextWord()];
  if ((a | b | c | d) === 0) a = 1;

  function uniform(): number {
    const scrambled = Math.imul(b, 5);
    const drawn = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return drawn / 0x1_0000_0000;
  }
  return { uniform, below: (count) => Math.floor(uniform() * count) };
}

function splitMix(low: number, high: number): () => number {
  let state = low ^ Math.imul(high, 0x85ebca6b);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let word = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return word ^ (word >>> 15);
  };
}
