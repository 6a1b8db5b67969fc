// Why a comparison of recorded runs ends with exit code 1, or that every one of them is the same.
import { CommandFailure } from '../failure.ts';
import type { ParityDocument } from './parity-text.ts';

/**
 * Undefined only where every run that decided anything was compared and none differs: what nobody looked at is not the same. One that
 * was refused before it looked at the market has nothing that could differ.
 */
export function parityFailure(
  runs: readonly Pick<ParityDocument['runs'][number], 'runId' | 'isSame' | 'why'>[],
): CommandFailure | undefined {
  const refused = (code: string, message: string) => new CommandFailure(code, message, { exitCode: 1 });
  const differing = runs.filter(({ isSame }) => isSame === false).map(({ runId }) => runId);
  if (differing.length > 0) return refused('differs', `not what the backtest comes to: ${differing.join(', ')}`);
  if (runs.every(({ isSame }) => isSame === null)) return refused('nothing-to-compare', 'no run could be compared');
  const left = runs.filter(({ isSame, why }) => isSame === null && why !== 'no-snapshot');
  if (left.length === 0) return undefined;
  const told = left.map(({ runId, why }) => (why === null ? runId : `${runId} (${why})`)).join(', ');
  return refused('not-compared', `those that could be compared are the same; these could not be: ${told}`);
}
