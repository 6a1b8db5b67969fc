// Real money: whether a run of this portfolio may decide anything, and what let it. On paper nothing is asked.
import type { Snapshot } from '../contracts/artifacts.ts';
import { isCleared, lacksText, liveStandings } from '../contracts/hypothesis/live-clearance.ts';
import { NO_DOCUMENTS } from '../contracts/hypothesis/live-documents.ts';
import type { PortfolioSource } from '../ports/portfolios.ts';
import { type Refusal, refused } from './refusals.ts';

export interface Cleared {
  readonly kind: 'cleared';
  /** What let it trade, for the record; of a live portfolio. */
  readonly clearance?: NonNullable<Snapshot['clearance']>;
}

export function clearLive({ policy, live = NO_DOCUMENTS }: PortfolioSource): Cleared | Refusal {
  const { mode, override } = policy.account;
  if (mode !== 'live') return { kind: 'cleared' };
  const standings = liveStandings(policy, live);
  if (!isCleared(standings) && override === undefined) return refused('live-without-verdict', lacksText(standings));
  const documents = Object.fromEntries(
    standings.flatMap(({ sleeve, code, document }) => (code === 'cleared' && document !== undefined ? [[sleeve, document] as const] : [])),
  );
  return { kind: 'cleared', clearance: { documents, ...(override === undefined ? {} : { override: { ...override } }) } };
}
