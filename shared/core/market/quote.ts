// A two-sided price, and whether it may be traded on. A quote that may not is a named reason with figures.
import { formatUsd, type MicroUsd } from '../values/money.ts';
import { divide } from '../values/rounding.ts';
import type { EpochMs } from '../values/time.ts';

/** Best bid and ask of one venue. A side of zero means that the venue has no quote there. */
export interface Quote {
  readonly symbol: string;
  readonly bid: MicroUsd;
  readonly ask: MicroUsd;
  readonly at: EpochMs;
}

export interface QuoteRules {
  readonly quoteAgeMsMax: number;
  readonly spreadBpsMax: number;
}

export type QuoteRefusalCode = 'quote-missing' | 'quote-zero' | 'quote-crossed' | 'quote-stale' | 'quote-wide';

export interface QuoteRefusal {
  readonly code: QuoteRefusalCode;
  /** The figures that decided, for the record. */
  readonly figures: Readonly<Record<string, string>>;
}

/**
 * Why this quote may not be traded on at `now`; undefined when it may.
 * A quote dated after `now` by more than the age limit is as wrong as one that old.
 */
export function refuseQuote(quote: Quote | undefined, now: EpochMs, rules: QuoteRules): QuoteRefusal | undefined {
  if (quote === undefined) return { code: 'quote-missing', figures: {} };
  const figures = { bid: formatUsd(quote.bid), ask: formatUsd(quote.ask), ageMs: `${now - quote.at}` };
  if (quote.bid <= 0n || quote.ask <= 0n) return { code: 'quote-zero', figures };
  if (quote.bid > quote.ask) return { code: 'quote-crossed', figures };
  if (Math.abs(now - quote.at) > rules.quoteAgeMsMax) return { code: 'quote-stale', figures };
  const spreadBps = spreadBpsOf(quote);
  if (spreadBps > BigInt(rules.spreadBpsMax)) return { code: 'quote-wide', figures: { ...figures, spreadBps: `${spreadBps}` } };
  return undefined;
}

/** The midpoint in micro-dollars, ties to even. */
export function midOf(quote: Quote): MicroUsd {
  return divide(quote.bid + quote.ask, 2n, 'half-even');
}

/** The spread in basis points of the mid, rounded up so that a limit is never passed by rounding. */
export function spreadBpsOf(quote: Quote): bigint {
  return divide((quote.ask - quote.bid) * 10_000n, midOf(quote), 'ceil');
}
