import type { Digest } from '../contracts/digest.ts';

/** The digests of a portfolio, one a session. Methods throw `StoreError`. */
export interface Digests {
  /** A later one of the same session takes its place. */
  keep(digest: Digest): Promise<void>;
  /** Newest session first, at most `limit`. */
  latest(portfolio: string, limit: number): Promise<readonly Digest[]>;
}
