// The kill switch, the records, the ledger and the account of an embedded run, while that run does not go on: what its
// owner may look at, turn and adopt. No exchange is started, and time stands where it stood.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { nyseSessions } from '../../exchange/market/nyse-sessions.ts';
import { restoreExchange } from '../../exchange/matching/saved-exchange.ts';
import type { Surroundings } from '../../exchange/matching/surroundings.ts';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { DynamoAuditTrail } from '../adapters/aws/dynamo-audit-trail.ts';
import { DynamoDigests } from '../adapters/aws/dynamo-digests.ts';
import { DynamoHighWaterMarks } from '../adapters/aws/dynamo-high-water-marks.ts';
import { DynamoKillSwitch } from '../adapters/aws/dynamo-kill-switch.ts';
import { DynamoLedgerStore } from '../adapters/aws/dynamo-ledger-store.ts';
import { DynamoRunStore } from '../adapters/aws/dynamo-run-store.ts';
import { portfoliosOnRecord } from '../adapters/aws/portfolios-on-record.ts';
import { S3ArtifactStore } from '../adapters/aws/s3-artifact-store.ts';
import { SqsDeadLetters } from '../adapters/aws/sqs-dead-letters.ts';
import { auditKeyFile } from '../adapters/local/audit-key-file.ts';
import { startEmbeddedAws } from '../adapters/local/embedded-aws.ts';
import { LogFile } from '../adapters/local/log-file.ts';
import { simulatedBroker } from '../adapters/simulated/broker.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import type { AuditKeys } from '../ports/audit-keys.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Broker } from '../ports/broker.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeadLetters } from '../ports/dead-letters.ts';
import type { Digests } from '../ports/digests.ts';
import type { HighWaterMarks } from '../ports/high-water-marks.ts';
import type { KillSwitch } from '../ports/kill-switch.ts';
import type { LedgerStore } from '../ports/ledger-store.ts';
import type { RunLog } from '../ports/run-log.ts';
import type { RunStore } from '../ports/run-store.ts';
import { auditKeyPath } from './audit-key-path.ts';
import { exchangeFile, readSavedExchange } from './saved-exchange-file.ts';
import { UnusableState } from './unusable-state.ts';

/** Time does not go on, so nothing is ever priced or filled. */
const WITHOUT_PRICES: Surroundings = {
  venue: { asset: () => undefined, quoteAt: () => undefined, lastTradeAt: () => undefined },
  sessions: nyseSessions.sessionOn,
  mischief: { take: () => false, isHalted: () => false },
  seed: 0,
  partialFillPpm: 0,
};

export interface LocalState {
  readonly killSwitch: KillSwitch;
  readonly highWaterMarks: HighWaterMarks;
  readonly runStore: RunStore;
  readonly ledgers: LedgerStore;
  readonly artifacts: ArtifactStore;
  readonly deadLetters: DeadLetters;
  readonly runLog: RunLog;
  readonly trail: AuditTrail;
  readonly auditKeys: AuditKeys;
  readonly digests: Digests;
  /** The account as it was left. Nothing may be sent to it: it knows no prices. */
  readonly broker: Pick<Broker, 'account' | 'positions' | 'openOrders' | 'orderByClientOrderId' | 'activities'>;
  /** Stands at the time to which the run had come. */
  readonly clock: Clock;
  /** The portfolios that have runs on record. */
  portfolios(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/**
 * @throws FolderInUse when another process holds the folder.
 * @throws UnusableState when there is no state of an embedded run in it.
 */
export async function openLocalState(folder: string): Promise<LocalState> {
  const saved = existsSync(join(folder, 'aws')) ? readSavedExchange(exchangeFile(folder)) : undefined;
  if (saved === undefined) throw new UnusableState(`${folder} holds no state of a demo`);
  const aws = await startEmbeddedAws(join(folder, 'aws'));
  const dynamo = new DynamoDBClient(clientSettings({ endpoint: aws.endpoints.dynamodb }));
  const s3 = new S3Client(clientSettings({ endpoint: aws.endpoints.s3 }));
  const sqs = new SQSClient(clientSettings({ endpoint: aws.endpoints.sqs }));
  return {
    killSwitch: new DynamoKillSwitch(dynamo, aws.table),
    highWaterMarks: new DynamoHighWaterMarks(dynamo, aws.table),
    runStore: new DynamoRunStore(dynamo, aws.table),
    ledgers: new DynamoLedgerStore(dynamo, aws.table),
    artifacts: new S3ArtifactStore(s3, aws.bucket),
    deadLetters: new SqsDeadLetters(sqs, new Map([['execution', aws.deadLetterQueueUrl]]), 0),
    runLog: new LogFile(folder),
    trail: new DynamoAuditTrail(dynamo, aws.table),
    auditKeys: auditKeyFile(auditKeyPath(folder)),
    digests: new DynamoDigests(dynamo, aws.table),
    broker: simulatedBroker({ book: restoreExchange(saved.state), around: WITHOUT_PRICES, clock: { now: () => saved.at } }),
    clock: { now: () => saved.at },
    portfolios: () => portfoliosOnRecord(dynamo, aws.table),
    async close() {
      dynamo.destroy();
      s3.destroy();
      sqs.destroy();
      await aws.close();
    },
  };
}
