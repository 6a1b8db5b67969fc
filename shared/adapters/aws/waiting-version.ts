// A new version of the signal function before it is let in: asked by Lambda, reported to CodeDeploy. The one call to CodeDeploy
// is signed and sent here: its client is as large as all else of the function.
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { type DryRunResult, dryRunResult } from '../../contracts/events.ts';
import { jsonOf } from '../../contracts/json-of.ts';
import type { ReleaseHook } from '../../contracts/release-hook.ts';
import { OutsideError } from '../../ports/outside-error.ts';
import type { Release } from '../../ports/release.ts';
import { badAnswer, outsideFailure } from './aws-failure.ts';
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
    const invoke = new InvokeCommand({
      FunctionName: this.#options.version,
      Payload: Buffer.from(JSON.stringify({ kind: 'dry-run', portfolio })),
    });
    const { FunctionError, Payload } = await this.#lambda.send(invoke).catch((cause: unknown) => {
      throw outsideFailure(`the dry run of ${portfolio}`, 'read', cause);
    });
    const text = Payload === undefined ? '' : Buffer.from(Payload).toString('utf8');
    if (FunctionError !== undefined)
      throw new OutsideError(`the dry run of ${portfolio} failed: ${text.slice(0, 1_000)}`, { effect: 'none', code: FunctionError });
    const parsed = dryRunResult.safeParse(jsonOf(text));
    if (!parsed.success) throw badAnswer(`the dry run of ${portfolio} answered something else`);
    return parsed.data;
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
