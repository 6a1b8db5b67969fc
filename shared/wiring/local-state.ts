// The kill switch and the records of an embedded run, while that run does not go on: what its owner may look at and
// turn. No exchange is started, and time stands where it stood.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { DynamoKillSwitch } from '../adapters/aws/dynamo-kill-switch.ts';
import { DynamoRunStore } from '../adapters/aws/dynamo-run-store.ts';
import { portfoliosOnRecord } from '../adapters/aws/portfolios-on-record.ts';
import { startEmbeddedAws } from '../adapters/local/embedded-aws.ts';
import type { Clock } from '../ports/clock.ts';
import type { KillSwitch } from '../ports/kill-switch.ts';
import type { RunStore } from '../ports/run-store.ts';
import { exchangeFile, readSavedExchange } from './saved-exchange-file.ts';
import { UnusableState } from './unusable-state.ts';

export interface LocalState {
  readonly killSwitch: KillSwitch;
  readonly runStore: RunStore;
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
  return {
    killSwitch: new DynamoKillSwitch(dynamo, aws.table),
    runStore: new DynamoRunStore(dynamo, aws.table),
    clock: { now: () => saved.at },
    portfolios: () => portfoliosOnRecord(dynamo, aws.table),
    async close() {
      dynamo.destroy();
      await aws.close();
    },
  };
}
