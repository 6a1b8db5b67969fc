// Where requests, and with them the credentials, may go.
import assert from 'node:assert/strict';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** @throws AssertionError when credentials would travel in the clear, or the address is not just a host. */
export function hostUrl(text: string): URL {
  const url = new URL(text);
  assert(url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname)), `${url.host} must be reached over https`);
  assert(
    url.username === '' && url.password === '' && url.pathname === '/' && url.search === '',
    `the address of ${url.host} is only a host`,
  );
  return url;
}
