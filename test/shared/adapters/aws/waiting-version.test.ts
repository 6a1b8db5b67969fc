import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { clientSettings } from '../../../../shared/adapters/aws/client-settings.ts';
import { signedHeaders } from '../../../../shared/adapters/aws/signed-headers.ts';
import { WaitingVersion } from '../../../../shared/adapters/aws/waiting-version.ts';
import { type Script, type ScriptedAws, startScriptedAws } from './scripted-aws.ts';

const VERSION = 'arn:aws:lambda:us-east-1:000000000000:function:signal:7';
const HOOK = { DeploymentId: 'd-ABC', LifecycleEventHookExecutionId: 'hook-1' };
const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Lambda's own API is REST: what was called is in the path, and an error of the function in a header. */
async function lambdaSaying(body: string, headers: Readonly<Record<string, string>> = {}, status = 200) {
  const requests: { path: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => {
      text += part;
    });
    request.on('end', () => {
      requests.push({ path: decodeURIComponent(request.url ?? ''), body: text });
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { client: new LambdaClient(clientSettings({ endpoint: `http://127.0.0.1:${port}`, attemptsMax: 1 })), requests };
}

const options = { version: VERSION, region: 'eu-central-1', credentials: async () => ({ accessKeyId: 'AKID', secretAccessKey: 'secret' }) };

describe('a version that waits', () => {
  it('is asked by its own ARN for the dry run of one portfolio', async () => {
    const { client, requests } = await lambdaSaying('{"verdict":"passed","detail":"execute"}');
    expect(await new WaitingVersion(client, options).dryRun('golden')).toEqual({ verdict: 'passed', detail: 'execute' });
    expect(requests).toEqual([{ path: `/2015-03-31/functions/${VERSION}/invocations`, body: '{"kind":"dry-run","portfolio":"golden"}' }]);
  });

  it('has not answered when it failed: its own words are kept', async () => {
    const { client } = await lambdaSaying('{"errorType":"Error","errorMessage":"secret evenkeel/paper/main is empty"}', {
      'x-amz-function-error': 'Unhandled',
    });
    await expect(new WaitingVersion(client, options).dryRun('golden')).rejects.toThrow('secret evenkeel/paper/main is empty');
  });

  it.each([['null'], ['{"verdict":"perhaps","detail":""}'], ['no JSON']])('has not answered with %s', async (body) => {
    const { client } = await lambdaSaying(body);
    await expect(new WaitingVersion(client, options).dryRun('golden')).rejects.toThrow('answered something else');
  });

  it('has not answered when Lambda does not', async () => {
    const { client } = await lambdaSaying('{"message":"Rate exceeded"}', { 'x-amzn-errortype': 'TooManyRequestsException' }, 429);
    await expect(new WaitingVersion(client, options).dryRun('golden')).rejects.toMatchObject({ name: 'OutsideError', effect: 'none' });
  });
});

describe('the report to CodeDeploy', () => {
  async function codeDeploy(script: Script): Promise<{ release: WaitingVersion; server: ScriptedAws }> {
    const server = await startScriptedAws(script);
    closing.push(() => server.close());
    const { client } = await lambdaSaying('{}');
    return { release: new WaitingVersion(client, { ...options, endpoint: server.endpoint, timeoutMs: 500 }), server };
  }

  it('names the hook and the verdict, signed for this region and service', async () => {
    const { release, server } = await codeDeploy(() => ({ status: 200, body: '{}' }));
    await release.report(HOOK, 'Failed');
    const [request] = server.requests;
    expect(request?.operation).toBe('PutLifecycleEventHookExecutionStatus');
    expect(JSON.parse(request?.body ?? '')).toEqual({ deploymentId: 'd-ABC', lifecycleEventHookExecutionId: 'hook-1', status: 'Failed' });
    expect(request?.message.headers['authorization']).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-central-1\/codedeploy\/aws4_request, SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}$/,
    );
  });

  it('is no report when it was refused', async () => {
    const { release } = await codeDeploy(() => ({ status: 400, body: '{"__type":"DeploymentDoesNotExistException"}' }));
    await expect(release.report(HOOK, 'Succeeded')).rejects.toThrow('DeploymentDoesNotExistException');
  });

  it.each(['drop', 'hang'] as const)('may have arrived when nothing came back (%s)', async (answer) => {
    const { release } = await codeDeploy(() => answer);
    await expect(release.report(HOOK, 'Succeeded')).rejects.toMatchObject({ effect: 'unknown' });
  });
});

describe('the signature', () => {
  it('is that of the AWS SDK for the same request and keys', () => {
    const request = {
      service: 'codedeploy',
      region: 'eu-central-1',
      host: 'codedeploy.eu-central-1.amazonaws.com',
      target: 'CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus',
      body: '{"status":"Succeeded"}',
      at: new Date('2026-11-21T20:00:00Z'),
    };
    const headers = signedHeaders(request, { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' });
    // As @smithy/signature-v4 signs it.
    expect(headers['authorization']).toBe(
      'AWS4-HMAC-SHA256 Credential=AKID/20261121/eu-central-1/codedeploy/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token;x-amz-target, Signature=8f2ef6a4b7d11cf47e38c24033802f4c032cbc3c1acd277442e51384a86b6825',
    );
  });
});
