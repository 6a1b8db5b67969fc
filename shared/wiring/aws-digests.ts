// The digests of a deployment, for whoever reads its records.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { DynamoDigests } from '../adapters/aws/dynamo-digests.ts';
import type { Digests } from '../ports/digests.ts';

export function awsDigests(table: string): Digests {
  return new DynamoDigests(new DynamoDBClient(clientSettings()), table);
}
