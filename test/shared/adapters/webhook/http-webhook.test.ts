import { afterEach, describe, expect, it } from 'vitest';
import { httpWebhook } from '../../../../shared/adapters/webhook/http-webhook.ts';
import type { WebhookTarget } from '../../../../shared/contracts/webhook-target.ts';
import type { OwnerMessage } from '../../../../shared/ports/owner.ts';
import { type ChannelAnswer, startWebhookServer, TOKEN, type WebhookServer } from '../../../builders/webhook-server.ts';

const MESSAGE: OwnerMessage = { severity: 'page', code: 'run-missing', title: '[page] a run is missing', text: 'Next: npx evenkeel dlq' };
const servers: WebhookServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function aWebhook(answer?: (count: number) => ChannelAnswer | 'drop' | 'hang', requestMs = 2_000) {
  const server = await startWebhookServer(answer);
  servers.push(server);
  const target: WebhookTarget = { format: 'slack', url: server.url };
  const waited: number[] = [];
  const wait = async (ms: number): Promise<void> => void waited.push(ms);
  const webhook = httpWebhook({ target: async () => target, random: () => 0.5, wait, requestMs });
  return { server, webhook, waited };
}

describe('a webhook', () => {
  it('is sent one JSON document', async () => {
    const { server, webhook } = await aWebhook();
    expect(await webhook.post(MESSAGE)).toBe('posted');
    expect(server.headers[0]).toMatchObject({ 'content-type': 'application/json' });
    expect(server.bodies.map((body) => JSON.parse(body))).toEqual([
      { text: '[page] a run is missing\n\nNext: npx evenkeel dlq', mrkdwn: false },
    ]);
  });

  it('is nothing where the owner has none', async () => {
    const webhook = httpWebhook({ target: async () => undefined, random: () => 0.5, wait: async () => undefined });
    expect(await webhook.post(MESSAGE)).toBe('none');
  });

  it.each<[string, ChannelAnswer | 'drop']>([
    ['a server error', { status: 503 }],
    ['a lost connection', 'drop'],
    ['a request to wait', { status: 429, headers: { 'retry-after': '1' } }],
  ])('is tried again after %s', async (_, failure) => {
    const { server, webhook, waited } = await aWebhook((count) => (count === 1 ? failure : { status: 204 }));
    expect(await webhook.post(MESSAGE)).toBe('posted');
    expect(server.bodies).toHaveLength(2);
    // 300 ms, or the second that the channel asked for.
    expect(waited).toEqual([failure !== 'drop' && failure.status === 429 ? 1_000 : 300]);
  });

  it('is given up after three tries, with less than a second of waiting', async () => {
    const { server, webhook, waited } = await aWebhook(() => ({ status: 500 }));
    await expect(webhook.post(MESSAGE)).rejects.toMatchObject({ code: 'http-500' });
    expect(server.bodies).toHaveLength(3);
    expect(waited).toEqual([300, 600]);
  });

  it('is given up when it does not answer', async () => {
    const { webhook } = await aWebhook(() => 'hang', 30);
    await expect(webhook.post(MESSAGE)).rejects.toMatchObject({ code: 'timeout' });
  });

  it.each<[string, ChannelAnswer]>([
    ['a message that it refuses', { status: 400 }],
    ['an address that is gone', { status: 404 }],
    ['a wait of a minute', { status: 429, headers: { 'retry-after': '60' } }],
    ['an address that sends on', { status: 302, headers: { location: 'http://127.0.0.1:9/elsewhere' } }],
  ])('is not tried again after %s', async (_, answer) => {
    const { server, webhook } = await aWebhook(() => answer);
    await expect(webhook.post(MESSAGE)).rejects.toMatchObject({ code: `http-${answer.status}` });
    expect(server.bodies).toHaveLength(1);
  });

  it('never says its address when it fails', async () => {
    const { webhook } = await aWebhook(() => ({ status: 404, body: `no ${TOKEN}` }));
    const failure: unknown = await webhook.post(MESSAGE).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(`${(failure as Error).message} ${JSON.stringify(failure)} ${String((failure as Error).cause)}`).not.toContain(TOKEN);
  });
});
