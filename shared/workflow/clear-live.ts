// Real money: whether a run of this portfolio may decide anything, and what let it. On paper nothing is asked.
import type { Snapshot } from '../contracts/artifacts.ts';
import { lacksText } from '../contracts/hypothesis/live-standing.ts';
import type { PortfolioSource } from '../ports/portfolios.ts';
import { type Refusal, refused } from './refusals.ts';

export interface Cleared {
  readonly kind: 'cleared';
  /** What let it trade, for the record; of a live portfolio. */
  readonly clearance?: NonNullable<Snapshot['clearance']>;
}

export function clearLive({ policy, live = [] }: PortfolioSource): Cleared | Refusal {
  const { mode, override } = policy.account;
  if (mode !== 'live') return { kind: 'cleared' };
  // By name, and so no object: each of those answers to `constructor`.
  const documents = new Map(
    live.flatMap(({ sleeve, code, document }) => (code === 'cleared' && document !== undefined ? [[sleeve, document] as const] : [])),
  );
  // Asked of the sleeves and not of what was found: of a sleeve that nothing is known of, nothing clears it.
  const uncleared = policy.sleeves.filter(({ name }) => !documents.has(name));
  if (uncleared.length > 0 && override === undefined) {
    const lacks = lacksText(live);
    return refused(
      'live-without-verdict',
      lacks === '' ? `nothing is known of sleeve ${uncleared.map(({ name }) => name).join(', ')}` : lacks,
    );
  }
  return {
    kind: 'cleared',
    clearance: { documents: Object.fromEntries(documents), ...(override === undefined ? {} : { override: { ...override } }) },
  };
}
