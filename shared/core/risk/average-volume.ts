// How many shares of a symbol change hands in a session, on average. Volumes are not adjusted for splits: within twenty
// sessions after a split the average is too small, after a reverse split too large.
import type { NanoShares } from '../values/shares.ts';
import { NANOS_PER_SHARE } from '../values/shares.ts';
import type { RiskFacts } from './facts.ts';

export const VOLUME_SESSIONS = 20;

/** Of the last twenty sessions; undefined where one of them has no volume, or the last is not the session before. */
export function averageVolume(symbol: string, { recent, historyAsOf }: Pick<RiskFacts, 'recent' | 'historyAsOf'>): NanoShares | undefined {
  const column = recent.columns.find((each) => each.symbol === symbol);
  if (column?.volumes === undefined || column.dates.at(-1) !== historyAsOf) return undefined;
  const volumes = column.volumes.slice(-VOLUME_SESSIONS);
  if (volumes.length < VOLUME_SESSIONS) return undefined;
  let sum = 0n;
  for (const volume of volumes) {
    if (volume === null || !Number.isFinite(volume) || volume < 0) return undefined;
    sum += BigInt(Math.trunc(volume));
  }
  return (sum * NANOS_PER_SHARE) / BigInt(VOLUME_SESSIONS);
}
