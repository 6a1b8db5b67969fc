// The trial ledger of a deployment behind its SDK client, in a file of its own so that it is loaded by those alone who ask for it.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { DynamoTrialLedger } from '../adapters/aws/dynamo-trial-ledger.ts';
import type { TrialLedger } from '../ports/trial-ledger.ts';

/** @param table the state table of its stage. */
export function deployedTrialLedger(table: string): TrialLedger {
  return new DynamoTrialLedger(new DynamoDBClient(clientSettings()), table);
}
