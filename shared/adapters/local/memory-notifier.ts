// Keeps the notices, for the embedded run to show and for tests to read.
import type { Notice, Notifier } from '../../ports/notifier.ts';

export class MemoryNotifier implements Notifier {
  readonly #notices: Notice[] = [];

  /** In the order they came. */
  get notices(): readonly Notice[] {
    return this.#notices;
  }

  async notify(notice: Notice): Promise<void> {
    this.#notices.push(notice);
  }
}
