// What the owner was told lately, kept in memory.
import type { Folds, Taken, Taking } from '../../ports/folds.ts';

export class MemoryFolds implements Folds {
  readonly #takings = new Map<string, Taking & { readonly isSettled: boolean }>();

  async take(key: string, taking: Taking): Promise<Taken> {
    const before = this.#takings.get(key);
    const isFree = before === undefined || before.until <= taking.at || (before.by === taking.by && !before.isSettled);
    if (!isFree) return { kind: 'folded', first: { by: before.by, title: before.title, at: before.at, isTold: before.isSettled } };
    this.#takings.set(key, { ...taking, isSettled: false });
    return { kind: 'taken' };
  }

  async settle(key: string, taking: Taking): Promise<void> {
    if (this.#takings.get(key)?.by === taking.by) this.#takings.set(key, { ...taking, isSettled: true });
  }
}
