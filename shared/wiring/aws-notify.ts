// The adapters of the deployed notify function.
import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { DynamoFolds } from '../adapters/aws/dynamo-folds.ts';
import { PowertoolsTelemetry } from '../adapters/aws/powertools-telemetry.ts';
import { SnsMail } from '../adapters/aws/sns-mail.ts';
import { readWebhookSecret } from '../adapters/aws/webhook-secret.ts';
import { httpWebhook } from '../adapters/webhook/http-webhook.ts';
import { METRIC_NAMESPACE, metricServiceOf } from '../contracts/metric-names.ts';
import { readNotifyEnvironment } from '../contracts/notify-environment.ts';
import { stageOfSecretPrefix, WEBHOOK_SECRET } from '../contracts/secret-prefix.ts';
import type { WebhookTarget } from '../contracts/webhook-target.ts';
import { Redaction } from '../ports/redaction.ts';
import type { NotifyWorld } from '../workflow/tell-owner.ts';
import { registerWebhook } from './register-webhook.ts';

/** @throws Error when the environment is not whole. */
export function awsNotify(): NotifyWorld {
  const { table, ownerTopicArn, secretPrefix, hasWebhook } = readNotifyEnvironment(process.env);
  const redaction = new Redaction();
  const telemetry = new PowertoolsTelemetry({
    logger: new Logger({ serviceName: 'evenkeel' }),
    metrics: new Metrics({ namespace: METRIC_NAMESPACE, serviceName: metricServiceOf(stageOfSecretPrefix(secretPrefix)) }),
    redaction,
  });
  const secrets = new SecretsManagerClient(clientSettings());
  const target = async (): Promise<WebhookTarget | undefined> => {
    if (!hasWebhook) return undefined;
    const found = await readWebhookSecret(secrets, `${secretPrefix}${WEBHOOK_SECRET}`);
    if (found !== undefined) registerWebhook(redaction, found);
    return found;
  };
  return {
    ports: {
      folds: new DynamoFolds(new DynamoDBClient(clientSettings()), table),
      mail: new SnsMail(new SNSClient(clientSettings()), ownerTopicArn),
      webhook: httpWebhook({ target, random: Math.random, wait: (ms) => wait(ms) }),
      clock: { now: () => Date.now() },
      telemetry,
      redact: (text) => redaction.text(text),
    },
    flush: () => telemetry.flush(),
  };
}
