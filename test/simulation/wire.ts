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
/** How long a slow store may hold a request back. */
const SLOW_MS_MAX = 3_000;

/** A broker's trouble, by the word that the adapter has for it. */
const STRUCK_BY_CODE = {
  'rate-limited': 'answer-429',
  connection: 'connection-refused',
  'http-504': 'answer-lost-5xx',
  'bad-answer': 'answer-lost-html',
  timeout: 'answer-lost-timeout',
} as const;

export type Fate = 'arrives' | 'slow' | 'refused' | 'lost-before' | 'lost-after' | 'late';
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
  readonly #alive = new Set<Process>();
  #crashes = 0;

  constructor(timeline: Timeline, chance: Chance, faults: Faults) {
    this.#timeline = timeline;
    this.#chance = chance;
    this.#faults = faults;
  }

  /** Every process that runs is gone at once; what they sent is still on its way. */
  redeploy(): void {
    for (const process of [...this.#alive]) this.#end(process);
  }

  /** A process that has answered needs no end. */
  retire(process: Process): void {
    this.#alive.delete(process);
  }

  #end(process: Process): void {
    this.#alive.delete(process);
    process.die();
  }

  get crashes(): number {
    return this.#crashes;
  }

  /** What becomes of a submission or a cancel. */
  drawFate(): Fate {
    const { refused, lostBefore, lostAfter, late } = this.#faults;
    if (this.#chance.happens(refused)) return 'refused';
    if (this.#chance.strikes('request-lost', lostBefore)) return 'lost-before';
    if (this.#chance.happens(lostAfter)) return 'lost-after';
    return this.#chance.strikes('request-late', late) ? 'late' : 'arrives';
  }

  readFate(): Fate {
    return this.#chance.strikes('read-fails', this.#faults.readFails) ? this.#chance.pick(['refused', 'lost-before'] as const) : 'arrives';
  }

  /** Of a store that has much to do, too. */
  storeFate(): Fate {
    const fate = this.switchFate();
    return fate === 'arrives' && this.#chance.strikes('store-slow', this.#faults.storeSlow) ? 'slow' : fate;
  }

  /** Of the kill switch, whose answer is on its way no longer than any other. */
  switchFate(): Fate {
    if (this.#chance.strikes('store-fails-before', this.#faults.storeFailsBefore)) return 'lost-before';
    return this.#chance.strikes('store-fails-after', this.#faults.storeFailsAfter) ? 'lost-after' : 'arrives';
  }

  isCalendarWrong(): boolean {
    return this.#chance.strikes('calendar-disagrees', this.#faults.calendarDisagrees);
  }

  /** How far back in time a stale read looks. */
  staleness(): number {
    return this.#chance.strikes('stale-read', this.#faults.staleRead) ? this.#chance.between(100, this.#faults.staleMsMax) : 0;
  }

  async ask<Answer>(process: Process, fate: Fate, fail: Fail, takeEffect: () => Answer): Promise<Answer> {
    if (process.isDead || this.#crashesNow(process, 'crash-before-effect')) return never();
    this.#alive.add(process);
    const answer = await this.#travel(fate, fail, takeEffect).then(
      (value) => ({ kind: 'value' as const, value }),
      (error: unknown) => ({ kind: 'error' as const, error }),
    );
    if (process.isDead || this.#crashesNow(process, 'crash-after-effect')) return never();
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
      case 'slow': {
        await this.#timeline.sleep(this.#chance.between(there, SLOW_MS_MAX));
        const answer = takeEffect();
        await this.#timeline.sleep(back);
        return answer;
      }
      case 'refused':
        await this.#timeline.sleep(there + back);
        throw fail('none', this.#told(this.#chance.pick(['rate-limited', 'connection'] as const)));
      case 'lost-before':
        await this.#timeline.sleep(TIMEOUT_MS);
        throw fail('unknown', 'timeout');
      case 'lost-after':
        await this.#timeline.sleep(there);
        takeEffect();
        await this.#timeline.sleep(TIMEOUT_MS);
        throw fail('unknown', this.#told(this.#chance.pick(['http-504', 'bad-answer', 'timeout'] as const)));
      case 'late':
        this.#timeline.after(this.#lateness(), () => void takeEffect());
        await this.#timeline.sleep(TIMEOUT_MS);
        throw fail('unknown', 'timeout');
    }
  }

  #lateness(): EpochMs {
    return this.#chance.between(this.#faults.lateMsMin, this.#faults.lateMsMax);
  }

  #told(code: keyof typeof STRUCK_BY_CODE): string {
    this.#chance.count(STRUCK_BY_CODE[code]);
    return code;
  }

  #crashesNow(process: Process, moment: 'crash-before-effect' | 'crash-after-effect'): boolean {
    if (this.#crashes >= this.#faults.crashesMax || !this.#chance.strikes(moment, this.#faults.crash)) return false;
    this.#crashes += 1;
    this.#end(process);
    return true;
  }
}

function never<Answer>(): Promise<Answer> {
  return new Promise(() => undefined);
}
