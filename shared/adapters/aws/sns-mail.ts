// The owner's mail: a topic whose subscribers are his addresses.
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { OwnerMail, OwnerMessage } from '../../ports/owner.ts';
import { outsideFailure } from './aws-failure.ts';
import { subjectLine } from './subject-line.ts';

/** SNS takes 256 KiB, and no character of UTF-8 has more than four bytes. */
const TEXT_LENGTH_MAX = 60_000;

export class SnsMail implements OwnerMail {
  readonly #client: SNSClient;
  readonly #topicArn: string;

  constructor(client: SNSClient, topicArn: string) {
    this.#client = client;
    this.#topicArn = topicArn;
  }

  /** The title is in the text too: the subject may be only a part of it. */
  async send({ title, text, code }: OwnerMessage): Promise<void> {
    const whole = `${title}\n\n${text}`;
    const Message =
      whole.length <= TEXT_LENGTH_MAX ? whole : `${whole.slice(0, TEXT_LENGTH_MAX)}\n… cut after ${TEXT_LENGTH_MAX} characters`;
    try {
      await this.#client.send(new PublishCommand({ TopicArn: this.#topicArn, Subject: subjectLine(title), Message }));
    } catch (cause) {
      throw outsideFailure(`writing to the owner of ${code}`, 'write', cause);
    }
  }
}
