// The digests, kept in memory.
import type { Digest } from '../../contracts/digest.ts';
import type { Digests } from '../../ports/digests.ts';

export class MemoryDigests implements Digests {
  readonly #digests = new Map<string, Digest>();

  async keep(digest: Digest): Promise<void> {
    this.#digests.set(`${digest.portfolio}/${digest.session}`, digest);
  }

  async latest(portfolio: string, limit: number): Promise<readonly Digest[]> {
    const own = [...this.#digests.values()].filter((digest) => digest.portfolio === portfolio);
    return own.sort((a, b) => (a.session < b.session ? 1 : -1)).slice(0, limit);
  }
}
