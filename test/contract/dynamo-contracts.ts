// Every port that is kept in the state table, over whatever speaks DynamoDB.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoAuditTrail } from '../../shared/adapters/aws/dynamo-audit-trail.ts';
import { DynamoDigests } from '../../shared/adapters/aws/dynamo-digests.ts';
import { DynamoFolds } from '../../shared/adapters/aws/dynamo-folds.ts';
import { DynamoHighWaterMarks } from '../../shared/adapters/aws/dynamo-high-water-marks.ts';
import { DynamoKillSwitch } from '../../shared/adapters/aws/dynamo-kill-switch.ts';
import { DynamoLedgerStore } from '../../shared/adapters/aws/dynamo-ledger-store.ts';
import { DynamoRunStore } from '../../shared/adapters/aws/dynamo-run-store.ts';
import { DynamoTrialLedger } from '../../shared/adapters/aws/dynamo-trial-ledger.ts';
import { auditTrailContract } from './audit-trail-contract.ts';
import { digestsContract } from './digests-contract.ts';
import { foldsContract } from './folds-contract.ts';
import { highWaterMarksContract } from './high-water-marks-contract.ts';
import { killSwitchContract } from './kill-switch-contract.ts';
import { ledgerStoreContract } from './ledger-store-contract.ts';
import { runStoreContract } from './run-store-contract.ts';
import { trialLedgerContract } from './trial-ledger-contract.ts';

export interface EmptyTable {
  readonly client: DynamoDBClient;
  readonly table: string;
}

/** @param startTable a table of its own for every case, so that "empty" is true. */
export function dynamoContracts(name: string, startTable: () => Promise<EmptyTable>): void {
  const over =
    <Store>(Adapter: new (client: DynamoDBClient, table: string) => Store) =>
    async (): Promise<Store> => {
      const { client, table } = await startTable();
      return new Adapter(client, table);
    };
  runStoreContract(name, over(DynamoRunStore));
  killSwitchContract(name, over(DynamoKillSwitch));
  highWaterMarksContract(name, over(DynamoHighWaterMarks));
  ledgerStoreContract(name, over(DynamoLedgerStore));
  auditTrailContract(name, over(DynamoAuditTrail));
  digestsContract(name, over(DynamoDigests));
  foldsContract(name, over(DynamoFolds));
  trialLedgerContract(name, over(DynamoTrialLedger));
}
