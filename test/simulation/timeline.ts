// Virtual time: everything that will happen, in order. One thing happens, whoever waited for it goes on until
// they wait again, and only then does the next thing happen.
import type { EpochMs } from '../../shared/core/values/time.ts';

interface Happening {
  readonly at: EpochMs;
  readonly run: () => void;
}

export class Timeline {
  readonly #ahead: Happening[] = [];
  #now: EpochMs;
  #leapt = 0;

  constructor(start: EpochMs) {
    this.#now = start;
  }

  get now(): EpochMs {
    return this.#now;
  }

  /** What a stopwatch says: no leap of the clock is in it. */
  get passed(): EpochMs {
    return this.#now - this.#leapt;
  }

  at(at: EpochMs, run: () => void): void {
    const place = this.#ahead.findIndex((each) => each.at > at);
    this.#ahead.splice(place === -1 ? this.#ahead.length : place, 0, { at, run });
  }

  after(ms: number, run: () => void): void {
    this.at(this.#now + ms, run);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** The clock leaps; what was due in between happens late. */
  jumpTo(at: EpochMs): void {
    const leap = Math.max(at - this.#now, 0);
    this.#now += leap;
    this.#leapt += leap;
  }

  /** Lets everything happen that is due up to `end`. */
  async passTo(end: EpochMs): Promise<void> {
    await settled();
    for (let next = this.#ahead[0]; next !== undefined && next.at <= end; next = this.#ahead[0]) {
      this.#ahead.shift();
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await settled();
    }
    this.#now = Math.max(this.#now, end);
  }
}

/** Until nobody can go on without time passing. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
