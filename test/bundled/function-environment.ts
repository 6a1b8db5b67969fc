// What a function finds in its environment when AWS is the embedded one: the names that the stacks set, and the addresses.
import type { EmbeddedAws } from '../../shared/adapters/local/embedded-aws.ts';
import { environmentNames } from '../../shared/contracts/environment.ts';
import { secretPrefixOf } from '../../shared/contracts/secret-prefix.ts';
import type { RemainingAws } from './remaining-aws.ts';

export function functionEnvironment(aws: EmbeddedAws, remaining: RemainingAws): Readonly<Record<string, string>> {
  const { dynamodb, s3, sns, sqs } = aws.endpoints;
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_ENDPOINT_URL_S3: s3,
    AWS_ENDPOINT_URL_SNS: sns,
    AWS_ENDPOINT_URL_SQS: sqs,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: remaining.url,
    AWS_ENDPOINT_URL_SFN: remaining.url,
    [environmentNames.table]: aws.table,
    [environmentNames.bucket]: aws.bucket,
    [environmentNames.topicArn]: aws.topicArn,
    [environmentNames.stateMachineArn]: 'arn:aws:states:us-east-1:000000000000:stateMachine:engine',
    [environmentNames.secretPrefix]: secretPrefixOf('paper'),
    // Beside the bundle: whoever opens the world says where that lies.
    [environmentNames.portfoliosDir]: 'portfolios',
  };
}
