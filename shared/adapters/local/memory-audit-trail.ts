// Audit chains in memory, as text, as they would lie in a table.
import { encodeLink, type SealedLink, type StoredLink } from '../../contracts/audit-link.ts';
import type { AuditTrail } from '../../ports/audit-trail.ts';

/** Each method reads and writes without a pause between, so no two of them can interleave. */
export class MemoryAuditTrail implements AuditTrail {
  readonly #chains = new Map<string, Map<number, string>>();

  async latest(portfolio: string, limit: number): Promise<readonly StoredLink[]> {
    const links = [...(this.#chains.get(portfolio) ?? [])].map(([position, text]) => ({ position, text }));
    return links.sort((a, b) => b.position - a.position).slice(0, limit);
  }

  async append(sealed: SealedLink): Promise<'appended' | 'stale'> {
    const { portfolio, sequence } = sealed.link;
    const chain = this.#chains.get(portfolio) ?? new Map<number, string>();
    const text = encodeLink(sealed);
    const there = chain.get(sequence);
    if (there !== undefined) return there === text ? 'appended' : 'stale';
    this.#chains.set(portfolio, chain.set(sequence, text));
    return 'appended';
  }
}
