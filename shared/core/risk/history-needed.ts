// What the limits need to be read of the past. Strategies never see it: what a strategy decides must not depend on a limit.
import { VOLUME_SESSIONS } from './average-volume.ts';
import type { Limits } from './limits.ts';

/** A year and the close before it: the worst day and week of less say little. */
const STRESS_CLOSES = 253;

/**
 * Closes, with volumes, up to the session before; 0 where no limit in force looks back.
 * @param isSliced trades are cut by the average volume.
 */
export function closesForLimits({ volumeMax, cluster, priceMoveMax, stress }: Limits, isSliced = false): number {
  const isStressed = stress !== undefined && Object.values(stress).some((max) => max !== undefined);
  return Math.max(
    volumeMax === undefined && !isSliced ? 0 : VOLUME_SESSIONS,
    cluster === undefined ? 0 : cluster.window + 1,
    priceMoveMax === undefined ? 0 : 1,
    isStressed ? STRESS_CLOSES : 0,
  );
}
