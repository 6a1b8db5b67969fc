// What the broker says of symbols: each asked for, or all listed where many are wanted.
import assert from 'node:assert/strict';
import { assetJson, assetsJson } from '../../contracts/alpaca/trading.ts';
import { SYMBOL_PATTERN } from '../../core/values/identity.ts';
import type { Asset } from '../../ports/broker.ts';
import { contentOf, isNotFound } from './answers.ts';
import { assetOf } from './from-json.ts';
import type { Host } from './resilience.ts';

/** Beyond this many, one listing of everything is kinder to the rate limit than asking for each. */
const ASKED_SINGLY_MAX = 40;

/** By symbol; the unknown are left out. */
export async function fetchAssets(host: Host, symbols: readonly string[]): Promise<readonly Asset[]> {
  const asked = [...new Set(symbols)].sort();
  for (const symbol of asked) assert(SYMBOL_PATTERN.test(symbol), `${symbol} is not a symbol`);
  return asked.length > ASKED_SINGLY_MAX ? fromListing(host, asked) : oneByOne(host, asked);
}

async function oneByOne(host: Host, symbols: readonly string[]): Promise<readonly Asset[]> {
  const assets: Asset[] = [];
  for (const symbol of symbols) {
    const answer = await host.get(`/v2/assets/${symbol}`);
    if (!isNotFound(answer)) assets.push(assetOf(contentOf(answer, assetJson, 'none')));
  }
  return assets;
}

/** A symbol may be listed twice, once for a company that left: the one that can be traded counts. */
async function fromListing(host: Host, symbols: readonly string[]): Promise<readonly Asset[]> {
  const listing = contentOf(await host.get('/v2/assets', { asset_class: 'us_equity' }), assetsJson, 'none').map(assetOf);
  const listed = new Map<string, Asset>();
  for (const asset of listing) if (asset.isTradable || !listed.has(asset.symbol)) listed.set(asset.symbol, asset);
  return symbols.flatMap((symbol) => listed.get(symbol) ?? []);
}
