// How a sleeve of a live portfolio stands: cleared by a document, or what it lacks. How that is found out is in live-clearance.ts; a
// run is told it with its portfolio.
import type { ContentHash } from '../../core/values/identity.ts';

/**
 * `no-document`: none that is signed by a known key is about exactly this. `not-scale`, `not-passed`: the latest that is says
 * something else. `refused-document`: beside it lies one that cannot be read or believed, which may be the later word. `other-code`:
 * it speaks of other code than this. `traded-otherwise`: what was judged was looked at
 * on other sessions than the portfolio is, or traded nearer to its targets.
 */
export type StandingCode = 'cleared' | 'no-document' | 'not-scale' | 'not-passed' | 'refused-document' | 'other-code' | 'traded-otherwise';

/** One sleeve, and what clears it or what it lacks. */
export interface LiveStanding {
  readonly sleeve: string;
  /** What it says of itself, and with it which document it needs. */
  readonly kind: 'claim' | 'policy';
  /** By which a verdict names its strategy, and a policy check the portfolio. */
  readonly subject: ContentHash;
  readonly code: StandingCode;
  /** In words. */
  readonly detail: string;
  /** Hash of the text of the latest document on it, where there is one. */
  readonly document?: ContentHash;
}

/** Every sleeve is cleared. */
export function isCleared(standings: readonly LiveStanding[]): boolean {
  return standings.every(({ code }) => code === 'cleared');
}

/** The sleeves that lack something, and what. */
export function lacksText(standings: readonly LiveStanding[]): string {
  return standings
    .filter(({ code }) => code !== 'cleared')
    .map(({ sleeve, kind, detail }) => `sleeve ${sleeve}, a ${kind}, ${detail}`)
    .join('; ');
}
