// The state machine of a sweep in this process: the places of a start in batches, each handed to one of several functions, which
// are the product's own handler. What a test may ask of it: to stop after some batches, to fail, to look as if it ran.
import { sweepHandler } from '../../../../lambdas/sweep/sweep-handler.ts';
import { MemorySweepStore } from '../../../../shared/adapters/local/memory-sweep-store.ts';
import type { SweepStart } from '../../../../shared/contracts/sweep-batch.ts';
import type { SweepEngine, SweepStanding } from '../../../../shared/ports/sweep-engine.ts';

type Ended = Extract<SweepStanding, { kind: 'ended' }>;

export interface MachineFaults {
  /** Batches after which the attempt of this number ends badly. */
  readonly failsAfter?: Readonly<Record<number, number>>;
  readonly others?: readonly string[];
  /** Of the code of its functions; left out, that of the rotation. */
  readonly source?: string;
  readonly functionsMax?: number;
  /** How often an attempt is seen running before it is seen to have ended. */
  readonly looks?: number;
  /** How often a start is not yet seen. */
  readonly blindLooks?: number;
}

export class MachineInProcess implements SweepEngine {
  readonly store = new MemorySweepStore();
  readonly source: string;
  readonly starts: { readonly take: number; readonly start: SweepStart; readonly places: readonly number[] }[] = [];
  readonly #faults: MachineFaults;
  readonly #ended = new Map<number, Ended>();
  #looks = 0;

  constructor(faults: MachineFaults = {}) {
    this.#faults = faults;
    this.source = faults.source ?? '5'.repeat(64);
  }

  async latest(): Promise<SweepStanding> {
    const last = this.starts.at(-1);
    if (last === undefined) return { kind: 'never-started' };
    this.#looks += 1;
    const { looks = 1, blindLooks = 0 } = this.#faults;
    if (this.#looks <= blindLooks) return last.take === 1 ? { kind: 'never-started' } : (this.#ended.get(last.take - 1) as Ended);
    if (this.#looks <= blindLooks + looks) return { kind: 'running', take: last.take, finished: 0, all: last.places.length };
    return this.#ended.get(last.take) as Ended;
  }

  async start(take: number, start: SweepStart): Promise<'started' | 'already-started'> {
    if (this.starts.some((each) => each.take === take)) return 'already-started';
    const places = JSON.parse(Buffer.from(await this.store.input(start.items.split('/')[1] ?? '')).toString()) as number[];
    this.starts.push({ take, start, places });
    this.#looks = 0;
    this.#ended.set(take, await this.#run(take, start, places));
    return 'started';
  }

  async running(): Promise<readonly string[]> {
    return this.#faults.others ?? [];
  }

  async functionsMax(): Promise<number> {
    return this.#faults.functionsMax ?? 10;
  }

  async #run(take: number, { sweep, work, batch, workers }: SweepStart, places: readonly number[]): Promise<Ended> {
    const handlers = Array.from({ length: workers }, () => sweepHandler(() => this));
    const batches = Array.from({ length: Math.ceil(places.length / batch) }, (_, at) => places.slice(at * batch, (at + 1) * batch));
    const failsAfter = this.#faults.failsAfter?.[take] ?? Number.POSITIVE_INFINITY;
    for (const [at, Items] of batches.entries()) {
      if (at >= failsAfter) return { kind: 'ended', take, how: 'failed', detail: 'Error: out of memory' };
      // As the machine hands it on: as JSON.
      const event: unknown = JSON.parse(JSON.stringify({ BatchInput: { sweep, work }, Items }));
      await handlers[at % workers]?.(event);
    }
    return { kind: 'ended', take, how: 'succeeded' };
  }
}
