// A new version of the signal function before it is let in: asked by Lambda, reported to CodeDeploy. The one call to CodeDeploy
// is signed and sent here: its client is as large as all else of the function.
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { DryRunResult } from '../../contracts/events.ts';
import type { ReleaseHook } from '../../contracts/release-hook.ts';
import { OutsideError } from '../../ports/outside-error.ts';
import type { Release } from '../../ports/release.ts';
import { dryRunVersion } from './dry-run-version.ts';
import { type SigningKeys, signedHeaders } from './signed-headers.ts';

export interface WaitingVersionOptions {
  /** The ARN of the version. */
  readonly version: string;
  readonly region: string;
  readonly credentials: () => Promise<SigningKeys>;
  /** Of CodeDeploy; that of the region where it is left out. */
  readonly endpoint?: string;
  readonly timeoutMs?: number;
}

const REPORT = 'CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus';

export class WaitingVersion implements Release {
  readonly #lambda: LambdaClient;
  readonly #options: WaitingVersionOptions;

  constructor(lambda: LambdaClient, options: WaitingVersionOptions) {
    this.#lambda = lambda;
    this.#options = options;
  }

  async dryRun(portfolio: string): Promise<DryRunResult> {
    return dryRunVersion(this.#lambda, this.#options.version, portfolio);
  }

  /** Saying the same twice is harmless. */
  async report({ DeploymentId, LifecycleEventHookExecutionId }: ReleaseHook, status: 'Succeeded' | 'Failed'): Promise<void> {
    const { region, credentials, endpoint = `https://codedeploy.${region}.amazonaws.com`, timeoutMs = 10_000 } = this.#options;
    const body = JSON.stringify({ deploymentId: DeploymentId, lifecycleEventHookExecutionId: LifecycleEventHookExecutionId, status });
    const request = { service: 'codedeploy', region, host: new URL(endpoint).host, target: REPORT, body, at: new Date() };
    // The connection writes the host by itself.
    const { host: _, ...headers } = signedHeaders(request, await credentials());
    const answer = await fetch(endpoint, { method: 'POST', headers, body, signal: AbortSignal.timeout(timeoutMs) }).catch(
      (cause: unknown) => {
        throw new OutsideError('reporting to CodeDeploy', { effect: 'unknown', code: 'connection', cause });
      },
    );
    if (!answer.ok)
      throw new OutsideError(`CodeDeploy refused the report: ${(await answer.text()).slice(0, 500)}`, {
        effect: 'none',
        code: String(answer.status),
      });
  }
}
