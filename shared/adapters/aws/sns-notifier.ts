// Notices to the topic where alarms come together, as documents that notify reads. Severity and code are attributes too, for
// whoever subscribes with a filter.
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { encodeNotice } from '../../contracts/encode-notice.ts';
import type { Notice, Notifier } from '../../ports/notifier.ts';
import { Redaction } from '../../ports/redaction.ts';
import { outsideFailure } from './aws-failure.ts';
import { subjectLine } from './subject-line.ts';

export class SnsNotifier implements Notifier {
  readonly #client: SNSClient;
  readonly #topicArn: string;
  readonly #redaction: Redaction;

  /** @param redaction shared with whoever loads credentials: what it knows leaves in no message. */
  constructor(client: SNSClient, topicArn: string, redaction: Redaction = new Redaction()) {
    this.#client = client;
    this.#topicArn = topicArn;
    this.#redaction = redaction;
  }

  /** @throws OutsideError */
  async notify(notice: Notice): Promise<void> {
    const publish = new PublishCommand({
      TopicArn: this.#topicArn,
      Subject: subjectLine(this.#redaction.text(`[${notice.severity}] ${notice.subject}`)),
      Message: this.#redaction.text(encodeNotice(notice)),
      MessageAttributes: { severity: textAttribute(notice.severity), code: textAttribute(notice.code) },
    });
    try {
      await this.#client.send(publish);
    } catch (cause) {
      throw outsideFailure(`notifying ${notice.code}`, 'write', cause);
    }
  }
}

function textAttribute(text: string) {
  return { DataType: 'String', StringValue: text };
}
