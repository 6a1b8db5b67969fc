// Two sessions of what is shipped: the bundles of both functions in processes of their own, over real HTTP against the
// exchange and the embedded AWS. The events come and the crank is turned as AWS does, and processes are killed in the midst.
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { Fault } from '../../exchange/faults/fault.ts';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import { DynamoRunStore } from '../../shared/adapters/aws/dynamo-run-store.ts';
import { S3ArtifactStore } from '../../shared/adapters/aws/s3-artifact-store.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../../shared/adapters/local/embedded-aws.ts';
import type { AdvanceResult } from '../../shared/contracts/events.ts';
import { retryRules } from '../../shared/contracts/retry-rules.ts';
import { executionNameOf, type RunId } from '../../shared/core/values/identity.ts';
import { HOUR_MS, MINUTE_MS, type NewYorkDate, SECOND_MS } from '../../shared/core/values/time.ts';
import { CREDENTIALS, type EmulatedMarket, openEmulatedMarket } from '../deploy/emulated-market.ts';
import { SETTING_VARIABLE } from '../deploy/setting-variable.ts';
import { DAY, dueAt, NEXT_DAY } from '../embedded/a-world.ts';
import type { KilledDay } from '../embedded/killed-day-told.ts';
import { ordersTold, runOnRecord } from '../embedded/run-on-record.ts';
import type { Chance } from '../simulation/chance.ts';
import { functionEnvironment } from './function-environment.ts';
import { FunctionProcess, type Invoked } from './function-process.ts';
import { type RemainingAws, startRemainingAws } from './remaining-aws.ts';

/** Folders of the bundles, each with the portfolio files. */
export interface Bundles {
  readonly signal: string;
  readonly execution: string;
}

interface Surroundings {
  readonly market: EmulatedMarket;
  readonly aws: EmbeddedAws;
  readonly remaining: RemainingAws;
  /** File of what the functions write. */
  readonly log: number;
}

/** How often on-call drives a run on that the engine gave up; after that it is stuck. */
const REDRIVES_MAX = 12;
const TURNS_MAX = 400;

export class BundledDay {
  readonly #market: EmulatedMarket;
  readonly #aws: EmbeddedAws;
  readonly #remaining: RemainingAws;
  readonly #signal: FunctionProcess;
  readonly #execution: FunctionProcess;
  readonly #chance: Chance;
  readonly #log: number;
  readonly #runStore: DynamoRunStore;
  readonly #artifacts: S3ArtifactStore;
  /** From the chance that an invocation is killed; 0 once the day is to come to its end. */
  violence = 0.3;

  constructor({ market, aws, remaining, log }: Surroundings, bundles: Bundles, chance: Chance) {
    this.#market = market;
    this.#aws = aws;
    this.#remaining = remaining;
    this.#chance = chance;
    this.#log = log;
    const environment = { ...functionEnvironment(aws, remaining), [SETTING_VARIABLE]: market.settingFile };
    this.#signal = new FunctionProcess(bundles.signal, environment, log);
    this.#execution = new FunctionProcess(bundles.execution, environment, log);
    this.#runStore = new DynamoRunStore(new DynamoDBClient(clientSettings({ endpoint: aws.endpoints.dynamodb })), aws.table);
    this.#artifacts = new S3ArtifactStore(new S3Client(clientSettings({ endpoint: aws.endpoints.s3 })), aws.bucket);
  }

  get kills(): number {
    return this.#signal.kills + this.#execution.kills;
  }

  arm(fault: Fault): Promise<void> {
    return this.#market.arm(fault);
  }

  async calm(): Promise<void> {
    this.violence = 0;
    await this.#market.clearFaults();
  }

  /** One session, from the event to the end of its run. */
  async playOut(date: NewYorkDate): Promise<void> {
    const runId = `pair/${date}/daily`;
    if (this.#market.now() < dueAt(date)) this.#market.goTo(dueAt(date));
    for (let redrive = 0; ; redrive += 1) {
      if (redrive === REDRIVES_MAX - 3) await this.calm();
      if (redrive === REDRIVES_MAX) throw new Error(`${runId} is not over after ${redrive} redrives`);
      await this.#deliver(date);
      if (this.#remaining.started.has(executionNameOf(runId))) await this.#turnTheCrank(runId);
      if ((await this.#runStore.load(runId))?.phase.kind === 'ended') return;
    }
  }

  async told(): Promise<KilledDay> {
    this.#market.goTo(dueAt(NEXT_DAY) + HOUR_MS);
    // Whatever is due at the exchange happens when it is asked.
    await fetch(`${this.#market.exchange.url}/control/v1/clock`);
    this.#market.exchange.desk.advance();
    const { orders, cash } = this.#market.exchange.desk.book;
    const stores = { runStore: this.#runStore, artifacts: this.#artifacts };
    return {
      runs: [await runOnRecord(`pair/${DAY}/daily`, stores), await runOnRecord(`pair/${NEXT_DAY}/daily`, stores)],
      orders: ordersTold(orders),
      cash: `${cash}`,
    };
  }

  async close(): Promise<void> {
    await this.#signal.stop();
    await this.#execution.stop();
    await this.#market.exchange.close();
    await this.#remaining.close();
    await this.#aws.close();
    closeSync(this.#log);
  }

  /** As an asynchronous invocation: twice more when it fails, a minute apart. */
  async #deliver(date: NewYorkDate): Promise<void> {
    const event = { portfolio: 'pair', schedule: 'daily', scheduledTime: new Date(dueAt(date)).toISOString() };
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if ((await this.#invoke(this.#signal, event)).kind === 'returned') return;
      this.#market.pass(MINUTE_MS);
    }
  }

  /** As the state machine, until it would give up. */
  async #turnTheCrank(runId: RunId): Promise<void> {
    let failures = 0;
    for (let turn = 0; turn < TURNS_MAX && failures <= retryRules.attemptsMax; turn += 1) {
      const invoked = await this.#invoke(this.#execution, { runId });
      if (invoked.kind === 'returned') {
        failures = 0;
        const { done, waitSeconds } = invoked.value as AdvanceResult;
        if (done) return;
        this.#market.pass(waitSeconds * SECOND_MS);
      } else {
        failures += 1;
        this.#market.pass(retryRules.firstDelaySeconds * SECOND_MS);
      }
    }
  }

  #invoke(sandbox: FunctionProcess, event: unknown): Promise<Invoked> {
    // A warm turn takes some tens of milliseconds, a cold one some hundreds: most kills fall into the midst of one.
    const isToBeKilled = this.violence > 0 && this.#chance.happens(this.violence);
    return sandbox.invoke(event, isToBeKilled ? this.#chance.between(1, this.#chance.happens(0.5) ? 40 : 400) : undefined);
  }
}

export async function openBundledDay(folder: string, bundles: Bundles, chance: Chance): Promise<BundledDay> {
  const market = await openEmulatedMarket(folder, dueAt(DAY) - MINUTE_MS);
  const aws = await startEmbeddedAws(join(folder, 'aws'));
  const remaining = await startRemainingAws(JSON.stringify(CREDENTIALS));
  return new BundledDay({ market, aws, remaining, log: openSync(join(folder, 'functions.log'), 'a') }, bundles, chance);
}
