// Prices from Alpaca with the user's own keys: daily bars, and nothing else. It knows no address of the trading API.

import { refuseAddress } from '../../shared/adapters/alpaca/host.ts';
import { alpacaMarketData, CONSOLIDATED_DELAY_MS } from '../../shared/adapters/alpaca/market-data.ts';
import type { ExchangeReport, ResilienceRules } from '../../shared/adapters/alpaca/options.ts';
import type { Sleeve } from '../../shared/contracts/portfolio-policy.ts';
import { SYMBOL_PATTERN } from '../../shared/core/values/identity.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';
import { BrokerError } from '../../shared/ports/outside-error.ts';
import type { BrokerCredentials } from '../../shared/ports/secrets.ts';
import { readBars } from '../../shared/workflow/read-history.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { alpacaFailure } from './alpaca-failure.ts';
import type { SignalPrices } from './signal-prices.ts';

export type Feed = 'iex' | 'sip';

export interface AlpacaAccess {
  readonly keys: BrokerCredentials;
  readonly dataUrl: string;
  readonly feed: Feed;
}

/** A person waits: fewer tries than a run makes. */
const RESILIENCE: Partial<ResilienceRules> = { retriesMax: 4, retryMs: 12_000, delayMsMax: 3_000 };

/** @throws CommandFailure, exit 2, for an address that keys must not be sent to. */
export function dataUrlOption(address: string): string {
  const refusal = refuseAddress(address);
  if (refusal === undefined) return address;
  throw new CommandFailure('usage', `--data-url: ${refusal}; keys go over https, or to this machine`, { exitCode: 2 });
}

/** Up to when a free account sees prices of a feed. */
export function seenUntil(feed: Feed, now: EpochMs): EpochMs {
  return feed === 'sip' ? now - CONSOLIDATED_DELAY_MS : now;
}

/** As a run reads them: from as far back as the strategies look. @throws CommandFailure, exit 1, when Alpaca refuses or fails. */
export async function alpacaPrices(
  strategies: readonly Pick<Sleeve, 'strategy' | 'options'>[],
  symbols: readonly string[],
  asOf: NewYorkDate,
  { keys, dataUrl, feed }: AlpacaAccess,
  output: Output,
): Promise<SignalPrices> {
  const exchanges: ExchangeReport[] = [];
  const marketData = alpacaMarketData({
    credentials: async () => keys,
    dataUrl,
    feed,
    clock: { now: Date.now },
    random: Math.random,
    resilience: RESILIENCE,
    onExchange: (exchange) => exchanges.push(exchange),
  });
  const { host } = new URL(dataUrl);
  const askable = symbols.filter((symbol) => SYMBOL_PATTERN.test(symbol));
  output.progress(`asking ${host} for daily bars of ${askable.length} symbols …`);
  try {
    const { series, ...read } = await readBars(askable, strategies, asOf, marketData);
    const known = series.filter(({ bars }) => bars.length > 0);
    const unknown = symbols.filter((symbol) => !known.some((each) => each.symbol === symbol));
    return { ...read, series: known, source: { kind: 'alpaca', host, feed, unknown } };
  } catch (error) {
    throw error instanceof BrokerError ? alpacaFailure(error, host, feed, exchanges) : error;
  } finally {
    output.progress('');
  }
}
