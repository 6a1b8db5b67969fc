import type { EpochMs } from '../core/values/time.ts';

/** Work that could not be done and waits for a person, as the hop before left it. */
export interface DeadLetter {
  /** The queue's own name for it. */
  readonly id: string;
  /** Behind which hop it waits: `schedule`, `signal`, `execution`, or whatever else has a queue. */
  readonly hop: string;
  /** When it came into the queue. */
  readonly sentAt: EpochMs;
  readonly body: string;
  /** What the hop wrote beside it: EventBridge Scheduler tells the error there. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface DeadLetterQueueReading {
  readonly hop: string;
  /** Oldest first. */
  readonly letters: readonly DeadLetter[];
  /** How many more the queue counts than could be read: somebody reads at the same time, or the count is behind. */
  readonly unread: number;
}

/** Methods throw `StoreError`. */
export interface DeadLetters {
  /** Reads every queue and removes nothing. What is read is hidden from others meanwhile, for seconds at most. */
  read(): Promise<readonly DeadLetterQueueReading[]>;
  /** How many wait in each queue, about. Nothing is hidden from anybody. */
  count(): Promise<readonly { readonly hop: string; readonly waiting: number }[]>;
  /** Removes these from their queue. One that is gone already is no failure; the answer is how many were removed. */
  remove(letters: readonly Pick<DeadLetter, 'hop' | 'id'>[]): Promise<number>;
}
