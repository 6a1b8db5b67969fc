// Why a comparison of recorded runs ends with exit code 1, or that every one of them is the same.
import { CommandFailure } from '../failure.ts';
import type { ParityDocument } from './parity-text.ts';

/** Undefined only where every run was compared and none differs: what nobody looked at is not the same. */
export function parityFailure(
  runs: readonly Pick<ParityDocument['runs'][number], 'runId' | 'isSame' | 'why'>[],
): CommandFailure | undefined {
  const refused = (code: string, message: string) => new CommandFailure(code, message, { exitCode: 1 });
  const differing = runs.filter(({ isSame }) => isSame === false).map(({ runId }) => runId);
  if (differing.length > 0) return refused('differs', `not what the backtest comes to: ${differing.join(', ')}`);
  const left = runs.filter(({ isSame }) => isSame === null);
  if (left.length === runs.length) return refused('nothing-to-compare', 'no run could be compared');
  if (left.length === 0) return undefined;
  const told = left.map(({ runId, why }) => (why === null ? runId : `${runId} (${why})`)).join(', ');
  return refused('not-compared', `those that could be compared are the same; these could not be: ${told}`);
}
