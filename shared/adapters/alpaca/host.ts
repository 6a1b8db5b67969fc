// One host of the broker as the adapter's options describe it, and where requests, and with them the credentials, may go.
import assert from 'node:assert/strict';
import { type AlpacaOptions, RESILIENCE_DEFAULT } from './options.ts';
import { type Host, resilientHost } from './resilience.ts';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** @throws AssertionError when credentials would travel in the clear, or the address is not just a host. */
export function alpacaHost(address: string, { credentials, random, onExchange, resilience }: AlpacaOptions): Host {
  const rules = { ...RESILIENCE_DEFAULT, ...resilience };
  return resilientHost({ origin: originOf(address), credentials, requestMs: rules.requestMs, onExchange, rules, random });
}

function originOf(address: string): URL {
  const url = new URL(address);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
  assert(isSafe, `${url.host} must be reached over https`);
  assert(
    url.username === '' && url.password === '' && url.pathname === '/' && url.search === '',
    `the address of ${url.host} is only a host`,
  );
  return url;
}
