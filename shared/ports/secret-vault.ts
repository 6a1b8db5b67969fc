import type { EpochMs } from '../core/values/time.ts';

/** A secret as its owner keeps it. The text never leaves the process that asked for it. */
export type VaultEntry =
  | { readonly kind: 'missing' }
  /** The place is there, and nothing was ever put into it. */
  | { readonly kind: 'empty' }
  /** `storedAt`: when this version was put there. */
  | { readonly kind: 'stored'; readonly text: string; readonly storedAt: EpochMs };

/** Methods throw `OutsideError`, whose message names the secret and never its content. */
export interface SecretVault {
  read(name: string): Promise<VaultEntry>;
  /** A new version takes the place of the one before. The place has to be there: a deployment makes it. */
  store(name: string, text: string): Promise<'stored' | 'missing'>;
}
