// Chance that a seed decides: the same seed, the same day. It also remembers which faults struck, and how often.

import type { FaultKind } from './fault-kinds.ts';

export class Chance {
  #state: number;
  readonly #struck = new Map<FaultKind, number>();
  /** Called with every fault that strikes. */
  onStruck: (kind: FaultKind) => void = () => undefined;

  constructor(seed: number) {
    // Neighbouring seeds must not begin alike.
    this.#state = Math.imul(seed + 1, 0x9e37_79b1) >>> 0;
    for (let warm = 0; warm < 4; warm += 1) this.next();
  }

  /** Uniform in [0, 1): a 32-bit Weyl sequence, stirred. */
  next(): number {
    this.#state = (this.#state + 0x6d2b_79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  /** As `happens`, of a fault that is counted when it strikes. */
  strikes(kind: FaultKind, probability: number): boolean {
    const isStruck = this.happens(probability);
    if (isStruck) this.count(kind);
    return isStruck;
  }

  /** A fault struck for another reason than this chance. */
  count(kind: FaultKind): void {
    this.#struck.set(kind, (this.#struck.get(kind) ?? 0) + 1);
    this.onStruck(kind);
  }

  get struck(): ReadonlyMap<FaultKind, number> {
    return this.#struck;
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.between(0, items.length - 1)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }
}
