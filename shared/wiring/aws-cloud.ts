// The AWS account of whoever types a command, and what is deployed in it.
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { STSClient } from '@aws-sdk/client-sts';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { AwsCloudAccount } from '../adapters/aws/cloud-account.ts';
import { DynamoLedgerStore } from '../adapters/aws/dynamo-ledger-store.ts';
import { DynamoRunStore } from '../adapters/aws/dynamo-run-store.ts';
import { portfoliosOnRecord } from '../adapters/aws/portfolios-on-record.ts';
import type { CloudAccount } from '../ports/cloud-account.ts';
import { type OpenRun, openRunsOf } from '../workflow/open-runs.ts';

export function awsCloudAccount(): CloudAccount {
  return new AwsCloudAccount(new STSClient(clientSettings()), new CloudFormationClient(clientSettings()));
}

/** The runs of a state table that act, or may still be let act. */
export async function openRuns(table: string): Promise<readonly OpenRun[]> {
  const client = new DynamoDBClient(clientSettings());
  const stores = { runStore: new DynamoRunStore(client, table), ledgers: new DynamoLedgerStore(client, table) };
  const portfolios = await portfoliosOnRecord(client, table);
  const clock = { now: () => Date.now() };
  return (await Promise.all(portfolios.map((portfolio) => openRunsOf(portfolio, { ...stores, clock })))).flat();
}
