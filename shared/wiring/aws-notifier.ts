// The alarm topic behind its SDK client, in a file of its own so that it can be loaded on its own.
import { SNSClient } from '@aws-sdk/client-sns';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { SnsNotifier } from '../adapters/aws/sns-notifier.ts';
import type { Redaction } from '../ports/redaction.ts';

export function snsNotifier(topicArn: string, redaction: Redaction): SnsNotifier {
  return new SnsNotifier(new SNSClient(clientSettings()), topicArn, redaction);
}
