import type { SealedLink, StoredLink } from '../contracts/audit-link.ts';

/** The audit chains, one link an item, which is only ever added. Reads are strongly consistent. Methods throw `StoreError`. */
export interface AuditTrail {
  /** Newest first, at most `limit`. */
  latest(portfolio: string, limit: number): Promise<readonly StoredLink[]>;
  /** Writes the link where there is none of its sequence yet; its own echo counts as appended. */
  append(sealed: SealedLink): Promise<'appended' | 'stale'>;
}
