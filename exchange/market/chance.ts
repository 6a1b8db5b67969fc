// Chance as a pure function: the same seed, symbol and place always draw the same number.
// No generator with a state, so that any instant can be asked for in any order.

/** Draws for one symbol. The arguments name the place that the draw belongs to. */
export interface Chance {
  /** At least 0, below 1. */
  uniform(stream: number, place: number, part: number): number;
  /** Mean 0, variance 1, never beyond ±3.47: the sum of four uniform draws. */
  normal(stream: number, place: number, part: number): number;
}

export function chanceOf(seed: number, name: string): Chance {
  let root = stir(stir(0x9e3779b9, Math.trunc(seed / 0x1_0000_0000)), Math.trunc(seed));
  for (const letter of name) root = stir(root, letter.codePointAt(0) ?? 0);
  const word = (stream: number, place: number, part: number) => stir(stir(stir(root, stream), place), part);
  return {
    uniform: (stream, place, part) => (settle(word(stream, place, part)) >>> 0) / 0x1_0000_0000,
    normal(stream, place, part) {
      const drawn = word(stream, place, part);
      const one = settle(drawn);
      const two = settle(drawn ^ 0x5bd1e995);
      const sum = (one & 0xffff) + (one >>> 16) + (two & 0xffff) + (two >>> 16);
      return (sum / 65_535 - 2) * Math.sqrt(3);
    },
  };
}

/** Four hexadecimal words from a name: for ids that never change. */
export function wordsOf(name: string): readonly [number, number, number, number] {
  let root = 0x811c9dc5;
  for (const letter of name) root = stir(root, letter.codePointAt(0) ?? 0);
  const word = (part: number) => settle(stir(root, part)) >>> 0;
  return [word(1), word(2), word(3), word(4)];
}

/** One round and the final avalanche are those of MurmurHash3 (Appleby, public domain). */
function stir(hash: number, value: number): number {
  let k = Math.imul(value | 0, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const mixed = hash ^ k;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function settle(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
