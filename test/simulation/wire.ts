// Everything between a process and the world: travel time, requests and answers that get lost, come late or are
// refused, and processes that die between two awaits. What is under way when its sender dies still arrives.
import type { EpochMs } from '../../shared/core/values/time.ts';
import type { Effect } from '../../shared/ports/outside-error.ts';
import type { Chance } from './chance.ts';
import type { Faults } from './faults.ts';
import type { Timeline } from './timeline.ts';

/** Longest way there, and longest way back. */
export const TRAVEL_MS_MAX = 400;
/** How long a client waits for its answer. */
const TIMEOUT_MS = 5_000;

export type Fate = 'arrives' | 'refused' | 'lost-before' | 'lost-after' | 'late';
type Fail = (effect: Effect, code: string) => Error;

/** One invocation of a function. Once dead it does nothing more. */
export class Process {
  #isDead = false;
  #tellDeath: (word: 'died') => void = () => undefined;
  readonly death = new Promise<'died'>((resolve) => {
    this.#tellDeath = resolve;
  });

  get isDead(): boolean {
    return this.#isDead;
  }

  die(): void {
    this.#isDead = true;
    this.#tellDeath('died');
  }
}

export class Wire {
  readonly #timeline: Timeline;
  readonly #chance: Chance;
  readonly #faults: Faults;
  #crashes = 0;

  constructor(timeline: Timeline, chance: Chance, faults: Faults) {
    this.#timeline = timeline;
    this.#chance = chance;
    this.#faults = faults;
  }

  get crashes(): number {
    return this.#crashes;
  }

  /** What becomes of a submission or a cancel. */
  drawFate(): Fate {
    const { refused, lostBefore, lostAfter, late } = this.#faults;
    if (this.#chance.happens(refused)) return 'refused';
    if (this.#chance.happens(lostBefore)) return 'lost-before';
    if (this.#chance.happens(lostAfter)) return 'lost-after';
    return this.#chance.happens(late) ? 'late' : 'arrives';
  }

  readFate(): Fate {
    return this.#chance.happens(this.#faults.readFails) ? this.#chance.pick(['refused', 'lost-before'] as const) : 'arrives';
  }

  storeFate(): Fate {
    if (this.#chance.happens(this.#faults.storeFailsBefore)) return 'lost-before';
    return this.#chance.happens(this.#faults.storeFailsAfter) ? 'lost-after' : 'arrives';
  }

  /** How far back in time a stale read looks. */
  staleness(): number {
    return this.#chance.happens(this.#faults.staleRead) ? this.#chance.between(100, 6_000) : 0;
  }

  async ask<Answer>(process: Process, fate: Fate, fail: Fail, takeEffect: () => Answer): Promise<Answer> {
    if (process.isDead || this.#crashesNow(process)) return never();
    const answer = await this.#travel(fate, fail, takeEffect).then(
      (value) => ({ kind: 'value' as const, value }),
      (error: unknown) => ({ kind: 'error' as const, error }),
    );
    if (process.isDead || this.#crashesNow(process)) return never();
    if (answer.kind === 'error') throw answer.error;
    return answer.value;
  }

  async #travel<Answer>(fate: Fate, fail: Fail, takeEffect: () => Answer): Promise<Answer> {
    const there = this.#chance.between(1, TRAVEL_MS_MAX);
    const back = this.#chance.between(1, TRAVEL_MS_MAX);
    switch (fate) {
      case 'arrives': {
        await this.#timeline.sleep(there);
        const answer = takeEffect();
        await this.#timeline.sleep(back);
        return answer;
      }
      case 'refused':
        await this.#timeline.sleep(there + back);
        throw fail('none', this.#chance.pick(['rate-limited', 'connection']));
      case 'lost-before':
        await this.#timeline.sleep(TIMEOUT_MS);
        throw fail('unknown', 'timeout');
      case 'lost-after':
        await this.#timeline.sleep(there);
        takeEffect();
        await this.#timeline.sleep(TIMEOUT_MS);
        throw fail('unknown', 'http-504');
      case 'late':
        this.#timeline.after(this.#lateness(), () => void takeEffect());
        await this.#timeline.sleep(TIMEOUT_MS);
        throw fail('unknown', 'timeout');
    }
  }

  #lateness(): EpochMs {
    return this.#chance.between(500, this.#faults.lateMsMax);
  }

  #crashesNow(process: Process): boolean {
    if (this.#crashes >= this.#faults.crashesMax || !this.#chance.happens(this.#faults.crash)) return false;
    this.#crashes += 1;
    process.die();
    return true;
  }
}

function never<Answer>(): Promise<Answer> {
  return new Promise(() => undefined);
}
