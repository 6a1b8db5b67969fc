// One host of the broker as the adapter's options describe it, and where requests, and with them the credentials, may go.
import assert from 'node:assert/strict';
import { type AlpacaOptions, RESILIENCE_DEFAULT } from './options.ts';
import { type Host, resilientHost } from './resilience.ts';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** @throws AssertionError when credentials would travel in the clear, or the address is not just a host. */
export function alpacaHost(address: string, { credentials, random, onExchange, resilience }: HostSettings): Host {
  const refusal = refuseAddress(address);
  assert(refusal === undefined, refusal);
  const rules = { ...RESILIENCE_DEFAULT, ...resilience };
  return resilientHost({ origin: new URL(address), credentials, requestMs: rules.requestMs, onExchange, rules, random });
}

export type HostSettings = Pick<AlpacaOptions, 'credentials' | 'random' | 'onExchange' | 'resilience'>;

/** Why credentials may not be sent to an address; undefined when they may. Says nothing of it but the host. */
export function refuseAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return 'the address is not one: expected an origin such as https://data.alpaca.markets';
  const url = new URL(address);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (!isSafe) return `${url.host} must be reached over https`;
  const isHost = url.username === '' && url.password === '' && url.pathname === '/' && url.search === '' && url.hash === '';
  return isHost ? undefined : `the address of ${url.host} is only a host`;
}
