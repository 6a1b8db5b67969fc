// What our adapters rely on of DynamoDB, on Amazon's own DynamoDB Local: the same contracts that `npm test` runs on dynalite.
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe } from 'vitest';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import { stateTable } from '../../shared/contracts/state-table.ts';
import { dynamoContracts, type EmptyTable } from '../contract/dynamo-contracts.ts';
import { type DynamoDbLocal, startDynamoDbLocal, whyNot } from './dynamodb-local.ts';

const why = whyNot();

describe.skipIf(why !== undefined)(`on DynamoDB Local${why === undefined ? '' : ` (skipped: ${why})`}`, () => {
  let local: DynamoDbLocal | undefined;
  let tables = 0;

  beforeAll(async () => {
    local = await startDynamoDbLocal();
  });
  afterAll(async () => {
    await local?.stop();
  });

  dynamoContracts('DynamoDB Local', async (): Promise<EmptyTable> => {
    if (local === undefined) throw new Error('it has not started');
    const client = new DynamoDBClient(clientSettings({ endpoint: local.endpoint }));
    tables += 1;
    const table = `state-${tables}`;
    const { partitionKey, sortKey } = stateTable;
    await client.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: partitionKey, KeyType: 'HASH' },
          { AttributeName: sortKey, KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [partitionKey, sortKey].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      }),
    );
    return { client, table };
  });
});
