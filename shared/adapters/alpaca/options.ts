// What the two halves of the adapter are told by whoever builds them.
import type { Auction } from '../../core/market/auction.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BrokerCredentials } from '../../ports/secrets.ts';

export interface AlpacaOptions {
  /** Asked before every request; the caller caches. */
  readonly credentials: () => Promise<BrokerCredentials>;
  /** "https://paper-api.alpaca.markets"; plain http is accepted for loopback only. */
  readonly tradingUrl: string;
  /** "https://data.alpaca.markets". */
  readonly dataUrl: string;
  /** Which venue's prices: free accounts have `iex` now and `sip` with a delay. */
  readonly feed: 'iex' | 'sip';
  /** Says which history may be asked for; resilience counts in real time. */
  readonly clock: Clock;
  /** Uniform in [0, 1): the jitter between retries. */
  readonly random: () => number;
  readonly resilience?: Partial<ResilienceRules>;
  /** Which auctions fill the orders of this account. Left out: none, as for all but Elite accounts; on paper they are taken and rarely fill. No answer of the broker says it. */
  readonly auctions?: readonly Auction[];
  /** Told of every answer and every failure. Must not throw. */
  readonly onExchange?: (exchange: ExchangeReport) => void;
}

export interface ResilienceRules {
  /** Deadline of one request, its answer read to the end. */
  readonly requestMs: number;
  /** No retry starts later than this after the first request. */
  readonly retryMs: number;
  readonly retriesMax: number;
  readonly delayMsFirst: number;
  readonly delayMsMax: number;
  /** So many failures in a row open the breaker of the host … */
  readonly breakerFailures: number;
  /** … for so long, after which one request tries it. */
  readonly breakerOpenMs: number;
}

export const RESILIENCE_DEFAULT: ResilienceRules = {
  requestMs: 10_000,
  retryMs: 25_000,
  retriesMax: 6,
  delayMsFirst: 250,
  delayMsMax: 8_000,
  breakerFailures: 8,
  breakerOpenMs: 15_000,
};

/** One request as telemetry sees it: no query, no header, no body. */
export interface ExchangeReport {
  readonly method: string;
  readonly path: string;
  /** undefined when no answer came. */
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly ms: number;
}
