// Watchdog and notify at home: the adapters that the deployed functions have, on the AWS and the exchange of this process.
import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { httpWebhook } from '../adapters/webhook/http-webhook.ts';
import type { TopicEvent } from '../contracts/topic-event.ts';
import type { WebhookTarget } from '../contracts/webhook-target.ts';
import type { Clock } from '../ports/clock.ts';
import type { Folds } from '../ports/folds.ts';
import type { OwnerMail } from '../ports/owner.ts';
import type { Redaction } from '../ports/redaction.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { NotifyWorld } from '../workflow/tell-owner.ts';
import { registerWebhook } from './register-webhook.ts';

export interface LocalNotifyParts {
  readonly folds: Folds;
  readonly mail: OwnerMail;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly redaction: Redaction;
  readonly webhook: WebhookTarget | undefined;
}

/** Virtual time stands still while a message is told: nothing waits between the tries of a webhook. */
export function localNotify({ folds, mail, clock, telemetry, redaction, webhook }: LocalNotifyParts): NotifyWorld {
  if (webhook !== undefined) registerWebhook(redaction, webhook);
  const channel = httpWebhook({ target: async () => webhook, random: Math.random, wait: async () => undefined });
  return { ports: { folds, mail, webhook: channel, clock, telemetry, redact: (text) => redaction.text(text) }, flush: () => undefined };
}

const MESSAGES_AT_ONCE = 10;

/**
 * Hands everything that waits on the topic to `notify`, as Lambda would: what it could not tell stays in the queue.
 * @returns how many messages there were.
 */
export async function drainTopic(sqs: SQSClient, queueUrl: string, notify: (event: TopicEvent) => Promise<unknown>): Promise<number> {
  for (let delivered = 0; ; ) {
    const receive = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: MESSAGES_AT_ONCE });
    const { Messages = [] } = await sqs.send(receive);
    if (Messages.length === 0) return delivered;
    for (const { Body = '', ReceiptHandle } of Messages) {
      await notify({ Records: [{ Sns: JSON.parse(Body) }] });
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
      delivered += 1;
    }
  }
}
