// Keys that do not change under the hands of one turn: whoever has read an account sends to that account, whatever the owner
// stores meanwhile. The next turn asks anew.
import type { BrokerCredentials } from '../ports/secrets.ts';

/** A failure is forgotten: the next request asks again. */
export function oneSetOfKeys(load: () => Promise<BrokerCredentials>): () => Promise<BrokerCredentials> {
  let kept: Promise<BrokerCredentials> | undefined;
  return () => {
    kept ??= load().catch((failure: unknown) => {
      kept = undefined;
      throw failure;
    });
    return kept;
  };
}
