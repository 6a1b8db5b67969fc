// The watchdog and notify as they are deployed, on the AWS and the exchange of this process: from a session to the owner's mail
// and his channel.
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { watchSession } from '../../cli/demo/watch-session.ts';
import { notifyHandler } from '../../lambdas/notify/notify-handler.ts';
import { watchdogHandler } from '../../lambdas/watchdog/watchdog-handler.ts';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import type { WebhookFormat, WebhookTarget } from '../../shared/contracts/webhook-target.ts';
import { sessionOn } from '../../shared/core/market/nyse-calendar.ts';
import { MINUTE_MS, type NewYorkDate } from '../../shared/core/values/time.ts';
import { openLocalState } from '../../shared/wiring/local-state.ts';
import { startWebhookServer, TOKEN, type WebhookServer } from '../builders/webhook-server.ts';
import { aWorld, DAY, type EmbeddedDay, NEXT_DAY, RUN_ID, removeFolder } from './a-world.ts';

const CANARY = { keyId: 'canary-Key.id_4711', secretKey: 'canary/Secret+4711==' };

let day: EmbeddedDay;
let channel: WebhookServer | undefined;

afterEach(async () => {
  await day.close();
  removeFolder(day.folder);
  await channel?.close();
  channel = undefined;
});

async function aWatchedWorld(
  format?: WebhookFormat,
  answer?: Parameters<typeof startWebhookServer>[0],
  portfolio?: (text: string) => string,
) {
  if (format !== undefined) channel = await startWebhookServer(answer);
  const url = channel?.url ?? '';
  const webhook: WebhookTarget | undefined =
    format === undefined ? undefined : { format, url, ...(format === 'telegram' ? { chatId: '-100' } : {}) };
  day = await aWorld({
    credentials: CANARY,
    ...(webhook === undefined ? {} : { webhook }),
    ...(portfolio === undefined ? {} : { portfolio }),
  });
}

async function watch(date: NewYorkDate = DAY): Promise<void> {
  const session = sessionOn(date);
  if (session === undefined) throw new Error(`${date} is no session`);
  await watchSession(day.world, 'pair', session);
}

/** The owner's mails, in the order of their subjects. */
async function mails(): Promise<readonly { readonly subject: string; readonly text: string }[]> {
  const sqs = new SQSClient(clientSettings({ endpoint: day.world.aws.endpoints.sqs }));
  try {
    const receive = new ReceiveMessageCommand({ QueueUrl: day.world.aws.ownerQueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 });
    const { Messages = [] } = await sqs.send(receive);
    const read = Messages.map(({ Body = '' }) => JSON.parse(Body) as { Subject: string; Message: string });
    return read.map(({ Subject, Message }) => ({ subject: Subject, text: Message })).sort((a, b) => (a.subject < b.subject ? -1 : 1));
  } finally {
    sqs.destroy();
  }
}

const subjects = async (): Promise<readonly string[]> => (await mails()).map(({ subject }) => subject);

describe('after a session', () => {
  it('the owner has its digest in his mail, and it is in the state for later', async () => {
    await aWatchedWorld();
    await day.rebalance();
    await watch();
    expect(await subjects()).toEqual([`[info] pair: ${DAY}`]);
    const [mail] = await mails();
    expect(mail?.text).toContain(`Run ${RUN_ID}: completed. 2 trades filled`);
    expect(mail?.text).toMatch(/audit head \d+\.[0-9a-f]{64}/);
    expect(mail?.text).toMatch(/ledger version \d+, [0-9a-f]{64}/);
    expect(await day.queuedDeadLetters()).toEqual([]);
    await day.world.close();
    const state = await openLocalState(day.folder);
    const [digest] = await state.digests.latest('pair', 1);
    await state.close();
    day = await aWorld({ folder: day.folder, credentials: CANARY });
    expect(`[info] pair: ${DAY}\n\n${digest?.text}`).toBe(mail?.text);
  });

  it('in which nothing ran, the owner is paged, once', async () => {
    await aWatchedWorld();
    await watch();
    await watch();
    expect(await subjects()).toEqual([`[info] pair: ${DAY}, 1 to look at`, `[page] pair: ${RUN_ID} is missing`]);
  });

  it('that the watchdog looks at twice, the owner is told once', async () => {
    await aWatchedWorld();
    await watch();
    const scheduledTime = new Date((sessionOn(DAY)?.close ?? 0) + 45 * MINUTE_MS).toISOString();
    await watchdogHandler(() => day.world.watchdog)({ kind: 'watchdog', scheduledTime });
    expect(await day.notices()).toHaveLength(4);
    expect(await day.world.drainTopic(notifyHandler(() => day.world.notify))).toBe(2);
    expect(await subjects()).toHaveLength(2);
  });

  it('that is past is not looked at any more', async () => {
    await aWatchedWorld();
    await watch(NEXT_DAY);
    await watch(DAY);
    expect(await subjects()).toEqual([`[info] pair: ${NEXT_DAY}, 1 to look at`, `[page] pair: pair/${NEXT_DAY}/daily is missing`]);
  });

  it('with a refused run and a broker that disagrees, what the run told reaches the owner too', async () => {
    await aWatchedWorld();
    await day.arm({ kind: 'calendar-disagrees', date: DAY });
    await day.rebalance().catch(() => undefined);
    await day.clearFaults();
    await watch();
    expect(await subjects()).toEqual([`[info] pair: ${DAY}`, `[ticket] ${RUN_ID}: refused, calendar-disagrees`]);
  });

  it('in which the broker is gone, that is what the owner reads', async () => {
    await aWatchedWorld();
    await day.rebalance();
    await day.arm({ kind: 'drop-connection', route: 'GET /v2/' });
    await watch();
    const [digest, page] = await mails();
    expect(page?.subject).toMatch(/^\[page\] pair: (\d+ checks could not be made|the broker does not answer)$/);
    expect(page?.text).toContain('the account: connection');
    expect(digest?.text).toContain('Account: the broker did not answer.');
  });
});

describe('the channel of an owner', () => {
  it.each([
    ['slack', 'text'],
    ['discord', 'content'],
    ['telegram', 'text'],
    ['json', 'text'],
  ] as const)('in the format of %s gets what the mail says', async (format, field) => {
    await aWatchedWorld(format);
    await watch();
    const posted = (channel?.bodies ?? []).map((body) => String((JSON.parse(body) as Record<string, unknown>)[field]).replaceAll('\\', ''));
    expect(posted).toHaveLength(2);
    expect(posted.join()).toContain('npx evenkeel dlq');
    expect(await subjects()).toHaveLength(2);
  });

  it('that is down costs no mail: each says that it failed, and nothing is a dead letter', async () => {
    await aWatchedWorld('slack', () => 'drop');
    await watch();
    // Three tries for each of the two messages.
    expect(channel?.bodies).toHaveLength(6);
    const told = await mails();
    expect(told).toHaveLength(2);
    for (const { text } of told) expect(text).toContain('The webhook failed: the webhook (slack) did not take the message: connection');
    expect(await day.queuedDeadLetters()).toEqual([]);
  });
});

describe('no secret', () => {
  it('is in any message: neither the keys of the broker nor the address of the channel', async () => {
    await aWatchedWorld('json', () => ({ status: 500, body: TOKEN }));
    await day.rebalance();
    // Whoever writes a key into the reason of a halt is protected from himself.
    const reason = `${CANARY.secretKey} leaked to ${channel?.url}`;
    await day.world.watchdog.portsFor(day.source.policy).killSwitch.turnOn('pair', { reason, by: 'ann', at: 1, openOrders: 'cancel' });
    await watch();
    const said = [...(await mails()).map((mail) => JSON.stringify(mail)), ...(channel?.bodies ?? []), ...(await day.notices())];
    expect(said.join()).toContain('[redacted] leaked to');
    for (const message of said) for (const secret of [CANARY.keyId, CANARY.secretKey, TOKEN]) expect(message).not.toContain(secret);
    expect(said.length).toBeGreaterThan(4);
  });
});
