import type { EpochMs } from '../core/values/time.ts';

/** How old the keys of broker accounts are. */
export interface KeyAges {
  /**
   * Since when a broker account has the keys that are in force; undefined where nobody knows.
   * @throws OutsideError whose message names the secret and never its content.
   */
  keysSince(account: string): Promise<EpochMs | undefined>;
}
