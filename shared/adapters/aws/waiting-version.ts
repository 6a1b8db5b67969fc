// A new version of the signal function before it is let in: asked by Lambda, reported to CodeDeploy. The one call to CodeDeploy
// is signed and sent here: its client is as large as all else of the function.
import { createHash, createHmac } from 'node:crypto';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentityProvider, Checksum, SourceData } from '@smithy/types';
import { type DryRunResult, dryRunResult } from '../../contracts/events.ts';
import type { ReleaseHook } from '../../contracts/release-hook.ts';
import { OutsideError } from '../../ports/outside-error.ts';
import type { Release } from '../../ports/release.ts';
import { badAnswer, outsideFailure } from './aws-failure.ts';

export interface WaitingVersionOptions {
  /** The ARN of the version. */
  readonly version: string;
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
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
    const parsed = dryRunResult.safeParse(parseJson(text));
    if (!parsed.success) throw badAnswer(`the dry run of ${portfolio} answered something else`);
    return parsed.data;
  }

  /** Saying the same twice is harmless. */
  async report({ DeploymentId, LifecycleEventHookExecutionId }: ReleaseHook, status: 'Succeeded' | 'Failed'): Promise<void> {
    const { region, credentials, endpoint = `https://codedeploy.${region}.amazonaws.com`, timeoutMs = 10_000 } = this.#options;
    const { protocol, hostname, port } = new URL(endpoint);
    const body = JSON.stringify({ deploymentId: DeploymentId, lifecycleEventHookExecutionId: LifecycleEventHookExecutionId, status });
    const signer = new SignatureV4({ service: 'codedeploy', region, credentials, sha256: Sha256 });
    const request = await signer.sign({
      method: 'POST',
      protocol,
      hostname,
      path: '/',
      headers: {
        host: port === '' ? hostname : `${hostname}:${port}`,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': REPORT,
      },
      body,
    });
    const answer = await fetch(endpoint, { method: 'POST', headers: request.headers, body, signal: AbortSignal.timeout(timeoutMs) }).catch(
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Its schema refuses what is no JSON.
    return undefined;
  }
}

/** What the signer hashes with. */
class Sha256 implements Checksum {
  readonly #secret: SourceData | undefined;
  #parts: Uint8Array[] = [];

  constructor(secret?: SourceData) {
    this.#secret = secret;
  }

  update(chunk: Uint8Array): void {
    this.#parts.push(Uint8Array.from(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
  }

  async digest(): Promise<Uint8Array> {
    const hash = this.#secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(this.#secret));
    for (const part of this.#parts) hash.update(part);
    return hash.digest();
  }

  reset(): void {
    this.#parts = [];
  }
}

function bytesOf(source: SourceData): Buffer {
  if (typeof source === 'string') return Buffer.from(source);
  return ArrayBuffer.isView(source) ? Buffer.from(source.buffer, source.byteOffset, source.byteLength) : Buffer.from(source);
}
