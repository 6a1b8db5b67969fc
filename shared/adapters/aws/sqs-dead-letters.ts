// Dead letters in SQS. Looking must not take anything away: what is received is hidden for a moment, so that the next
// receive brings the next ones, and then shown again at once. Should we die in between, SQS shows it again by itself.
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { DeadLetter, DeadLetterQueueReading, DeadLetters } from '../../ports/dead-letters.ts';
import { isNamed, storeFailure } from './aws-failure.ts';

/** Long enough to read a queue of a few hundred, short enough for whoever comes next. */
const HIDDEN_SECONDS = 20;
/** One person reads no more than this. */
const RECEIVES_MAX = 100;

interface Held {
  readonly letter: DeadLetter;
  readonly receipt: string;
}

export class SqsDeadLetters implements DeadLetters {
  readonly #client: SQSClient;
  readonly #queues: ReadonlyMap<string, string>;
  readonly #pollSeconds: number;

  /**
   * @param queues the URL of each queue, by its hop.
   * @param pollSeconds a poll of no time asks a few of SQS's servers only, and may find nothing where something is.
   */
  constructor(client: SQSClient, queues: ReadonlyMap<string, string>, pollSeconds = 1) {
    this.#client = client;
    this.#queues = queues;
    this.#pollSeconds = pollSeconds;
  }

  read(): Promise<readonly DeadLetterQueueReading[]> {
    return Promise.all([...this.#queues].map(([hop, url]) => this.#readQueue(hop, url)));
  }

  count(): Promise<readonly { readonly hop: string; readonly waiting: number }[]> {
    return Promise.all([...this.#queues].map(async ([hop, url]) => ({ hop, waiting: await this.#depth(hop, url) })));
  }

  async remove(letters: readonly Pick<DeadLetter, 'hop' | 'id'>[]): Promise<number> {
    let removed = 0;
    for (const [hop, url] of this.#queues) {
      const wanted = new Set(letters.filter((each) => each.hop === hop).map(({ id }) => id));
      if (wanted.size > 0) removed += await this.#removeFrom(hop, url, wanted);
    }
    return removed;
  }

  async #readQueue(hop: string, url: string): Promise<DeadLetterQueueReading> {
    return this.#holding(hop, url, async (held) => {
      const counted = await this.#depth(hop, url);
      const letters = held.map(({ letter }) => letter).sort((a, b) => a.sentAt - b.sentAt);
      return { hop, letters, unread: Math.max(0, counted - letters.length) };
    });
  }

  /** By a receipt of this very moment: SQS may ignore an older one without saying so. */
  async #removeFrom(hop: string, url: string, wanted: ReadonlySet<string>): Promise<number> {
    return this.#holding(hop, url, async (held) => {
      const found = held.filter(({ letter }) => wanted.has(letter.id));
      for (const { receipt } of found) {
        await this.#client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receipt })).catch((cause: unknown) => {
          throw storeFailure(`removing a dead letter of ${hop}`, 'write', cause);
        });
        held.splice(
          held.findIndex((each) => each.receipt === receipt),
          1,
        );
      }
      return found.length;
    });
  }

  /** `held` is shown to others again afterwards, less what `look` took out of it. */
  async #holding<Value>(hop: string, url: string, look: (held: Held[]) => Promise<Value>): Promise<Value> {
    const held: Held[] = [];
    try {
      await this.#receiveAll(hop, url, held);
      return await look(held);
    } finally {
      await Promise.all(held.map(({ receipt }) => this.#show(hop, url, receipt)));
    }
  }

  async #receiveAll(hop: string, url: string, held: Held[]): Promise<void> {
    for (let receive = 0; receive < RECEIVES_MAX; receive += 1) {
      const command = new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: HIDDEN_SECONDS,
        WaitTimeSeconds: this.#pollSeconds,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['SentTimestamp'],
      });
      const { Messages = [] } = await this.#client.send(command).catch((cause: unknown) => {
        throw storeFailure(`reading the dead letters of ${hop}`, 'read', cause);
      });
      if (Messages.length === 0) return;
      held.push(...Messages.map((message) => heldOf(hop, message)));
    }
  }

  async #show(hop: string, url: string, receipt: string): Promise<void> {
    const command = new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: receipt, VisibilityTimeout: 0 });
    await this.#client.send(command).catch((cause: unknown) => {
      // It is shown already: by an attempt whose answer was lost, or because its time was over.
      if (isNamed(cause, 'MessageNotInflight')) return;
      throw storeFailure(`showing the dead letters of ${hop} again, which SQS does by itself in ${HIDDEN_SECONDS} seconds`, 'write', cause);
    });
  }

  /** Those that wait and those that somebody looks at, ourselves included. */
  async #depth(hop: string, url: string): Promise<number> {
    const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
    const { Attributes = {} } = await this.#client
      .send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...names] }))
      .catch((cause: unknown) => {
        throw storeFailure(`counting the dead letters of ${hop}`, 'read', cause);
      });
    return names.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
  }
}

function heldOf(hop: string, { MessageId, ReceiptHandle, Body, Attributes, MessageAttributes = {} }: Message): Held {
  const attributes = Object.fromEntries(
    Object.entries(MessageAttributes).flatMap(([name, { StringValue }]) => (StringValue === undefined ? [] : [[name, StringValue]])),
  );
  const letter = { id: MessageId ?? '', hop, sentAt: Number(Attributes?.SentTimestamp ?? 0), body: Body ?? '', attributes };
  return { letter, receipt: ReceiptHandle ?? '' };
}
