// The portfolios that have runs in a state table, by a look through all of it: for the small table of one machine.
import { type AttributeValue, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { storeFailure } from './aws-failure.ts';
import { runPartitionOf } from './run-item.ts';

/** Ascending. */
export async function portfoliosOnRecord(client: DynamoDBClient, table: string): Promise<readonly string[]> {
  const prefix = runPartitionOf('');
  const names = new Set<string>();
  let from: Record<string, AttributeValue> | undefined;
  do {
    const scan = new ScanCommand({ TableName: table, ProjectionExpression: 'pk', ConsistentRead: true, ExclusiveStartKey: from });
    const { Items = [], LastEvaluatedKey } = await client.send(scan).catch((cause: unknown) => {
      throw storeFailure('listing the portfolios on record', 'read', cause);
    });
    for (const { pk } of Items) if (pk?.S?.startsWith(prefix) === true) names.add(pk.S.slice(prefix.length));
    from = LastEvaluatedKey;
  } while (from !== undefined);
  return [...names].sort();
}
