// Notices to a topic. The body is what a person reads in the mail; severity and code travel as attributes.
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Notice, Notifier } from '../../ports/notifier.ts';
import { outsideFailure } from './aws-failure.ts';

/** The limits of SNS: a subject of 100 printable ASCII characters, a message of 256 KiB. */
const SUBJECT_LENGTH_MAX = 100;
const BODY_LENGTH_MAX = 60_000;

export class SnsNotifier implements Notifier {
  readonly #client: SNSClient;
  readonly #topicArn: string;

  constructor(client: SNSClient, topicArn: string) {
    this.#client = client;
    this.#topicArn = topicArn;
  }

  /** @throws OutsideError */
  async notify(notice: Notice): Promise<void> {
    const publish = new PublishCommand({
      TopicArn: this.#topicArn,
      Subject: subjectOf(notice),
      Message: bodyOf(notice),
      MessageAttributes: { severity: textAttribute(notice.severity), code: textAttribute(notice.code) },
    });
    try {
      await this.#client.send(publish);
    } catch (cause) {
      throw outsideFailure(`notifying ${notice.code}`, 'write', cause);
    }
  }
}

/** A subject that SNS would refuse must not cost its owner the message. */
function subjectOf({ severity, subject }: Notice): string {
  const printable = `[${severity}] ${subject}`
    .replace(/\s+/g, ' ')
    .replace(/[^\x20-\x7e]/g, '?')
    .trim();
  return printable.length <= SUBJECT_LENGTH_MAX ? printable : `${printable.slice(0, SUBJECT_LENGTH_MAX - 3)}...`;
}

function bodyOf({ subject, body }: Notice): string {
  if (body.trim() === '') return subject.trim() === '' ? 'no text' : subject;
  return body.length <= BODY_LENGTH_MAX ? body : `${body.slice(0, BODY_LENGTH_MAX)}\n… cut after ${BODY_LENGTH_MAX} characters`;
}

function textAttribute(text: string) {
  return { DataType: 'String', StringValue: text };
}
