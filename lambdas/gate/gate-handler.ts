// The gate of a release in any world: CodeDeploy's hook in, the verdict of every portfolio's dry run reported.
import { releaseHook } from '../../shared/contracts/release-hook.ts';
import { type Gate, gateRelease } from '../../shared/workflow/gate-release.ts';

export function gateHandler(open: () => Gate) {
  return async (event: unknown): Promise<'Succeeded' | 'Failed'> => gateRelease(releaseHook.parse(event), open());
}
