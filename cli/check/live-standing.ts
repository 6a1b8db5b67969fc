// What a live portfolio has and lacks, sleeve by sleeve, as a run will see it.
import { liveDocumentsBeside } from '../../shared/adapters/local/live-documents.ts';
import { liveStandings } from '../../shared/contracts/hypothesis/live-clearance.ts';
import type { LiveStanding } from '../../shared/contracts/hypothesis/live-standing.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { CommandFailure } from '../failure.ts';

/** @throws CommandFailure, exit 2, for a file of public keys that is none. */
export function liveStanding(file: string, policy: PortfolioPolicy): readonly LiveStanding[] {
  try {
    return liveStandings(policy, liveDocumentsBeside(file));
  } catch (cause) {
    if (cause instanceof Error) throw new CommandFailure('bad-keys', cause.message, { exitCode: 2, cause });
    throw cause;
  }
}
