// What is verified of a table, read from a table of any name.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoAuditTrail } from '../../shared/adapters/aws/dynamo-audit-trail.ts';
import { DynamoLedgerStore } from '../../shared/adapters/aws/dynamo-ledger-store.ts';
import { DynamoRunStore } from '../../shared/adapters/aws/dynamo-run-store.ts';
import { portfoliosOnRecord } from '../../shared/adapters/aws/portfolios-on-record.ts';
import type { AuditKeys } from '../../shared/ports/audit-keys.ts';
import type { Backups } from './drill.ts';

export function tablePorts(client: DynamoDBClient, table: string, auditKeys: AuditKeys): ReturnType<Backups['portsOf']> {
  return {
    runStore: new DynamoRunStore(client, table),
    ledgers: new DynamoLedgerStore(client, table),
    trail: new DynamoAuditTrail(client, table),
    auditKeys,
    portfolios: () => portfoliosOnRecord(client, table),
  };
}
