// Before a new version gets its traffic: every portfolio has to pass its dry run. One that cannot be asked has not passed.
import type { DryRunResult } from '../contracts/events.ts';
import type { ReleaseHook } from '../contracts/release-hook.ts';
import type { Release } from '../ports/release.ts';
import type { Telemetry } from '../ports/telemetry.ts';

export interface Gate {
  readonly portfolios: readonly string[];
  readonly release: Release;
  readonly telemetry: Pick<Telemetry, 'info' | 'error'>;
  flush(): void;
}

/** @throws OutsideError when the verdict cannot be reported: then CodeDeploy waits, hears nothing, and takes the release back. */
export async function gateRelease(hook: ReleaseHook, { portfolios, release, telemetry, flush }: Gate): Promise<'Succeeded' | 'Failed'> {
  try {
    const results = await Promise.all(portfolios.map(async (portfolio) => ({ portfolio, ...(await ask(portfolio, release)) })));
    for (const { portfolio, verdict, detail } of results) {
      if (verdict === 'passed') telemetry.info('dry run passed', { portfolio, detail });
      else telemetry.error('dry run failed', { portfolio, detail });
    }
    const hasPassed = results.length > 0 && results.every(({ verdict }) => verdict === 'passed');
    const status = hasPassed ? 'Succeeded' : 'Failed';
    await release.report(hook, status);
    return status;
  } finally {
    flush();
  }
}

async function ask(portfolio: string, release: Release): Promise<DryRunResult> {
  try {
    return await release.dryRun(portfolio);
  } catch (cause) {
    return { verdict: 'failed', detail: cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause) };
  }
}
