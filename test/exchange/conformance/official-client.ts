// Alpaca's own client, pointed at the local exchange. Its facade takes no address, so the requests are turned
// round at its door.
import { Alpaca } from '@alpacahq/alpaca-trade-api';

export interface Address {
  readonly url: string;
  readonly keyId: string;
  readonly secretKey: string;
}

/** Sends once: what the exchange answers is what the test sees. */
export function officialClient({ url, keyId, secretKey }: Address): Alpaca {
  return new Alpaca({
    keyId,
    secret: secretKey,
    paper: true,
    retry: false,
    rateLimit: false,
    fetchApi: (asked, init) => {
      const { pathname, search } = new URL(asked);
      return fetch(new URL(`${pathname}${search}`, url), init);
    },
  });
}
