// The AWS account of whoever types a command, and what is deployed in it.
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { STSClient } from '@aws-sdk/client-sts';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { AwsCloudAccount } from '../adapters/aws/cloud-account.ts';
import { DynamoRunStore } from '../adapters/aws/dynamo-run-store.ts';
import { portfoliosOnRecord } from '../adapters/aws/portfolios-on-record.ts';
import type { RunId } from '../core/values/identity.ts';
import type { CloudAccount } from '../ports/cloud-account.ts';

export function awsCloudAccount(): CloudAccount {
  return new AwsCloudAccount(new STSClient(clientSettings()), new CloudFormationClient(clientSettings()));
}

const RUNS_LOOKED_AT = 10;

/** The portfolios of a state table that have a run which executes, with that run. */
export async function executingRuns(table: string): Promise<readonly { readonly portfolio: string; readonly runId: RunId }[]> {
  const client = new DynamoDBClient(clientSettings());
  const runStore = new DynamoRunStore(client, table);
  const portfolios = await portfoliosOnRecord(client, table);
  const found = await Promise.all(portfolios.map((portfolio) => runStore.list(portfolio, RUNS_LOOKED_AT)));
  return found.flat().flatMap(({ portfolio, runId, phase }) => (phase.kind === 'executing' ? [{ portfolio, runId }] : []));
}
