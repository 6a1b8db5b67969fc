// The world of the embedded run: the handlers' own adapters over real HTTP, on a DynamoDB, S3, SNS and SQS and an
// exchange that all live in this process and on this disk. No account, no Docker.
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { virtualClock } from '../../exchange/clock.ts';
import type { TradingDesk } from '../../exchange/trading/trading-desk.ts';
import { alpacaBroker } from '../adapters/alpaca/broker.ts';
import { alpacaClock } from '../adapters/alpaca/broker-clock.ts';
import { alpacaMarketData } from '../adapters/alpaca/market-data.ts';
import type { AlpacaOptions, ResilienceRules } from '../adapters/alpaca/options.ts';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { DynamoAuditTrail } from '../adapters/aws/dynamo-audit-trail.ts';
import { DynamoDigests } from '../adapters/aws/dynamo-digests.ts';
import { DynamoFolds } from '../adapters/aws/dynamo-folds.ts';
import { DynamoHighWaterMarks } from '../adapters/aws/dynamo-high-water-marks.ts';
import { DynamoKillSwitch } from '../adapters/aws/dynamo-kill-switch.ts';
import { DynamoLedgerStore } from '../adapters/aws/dynamo-ledger-store.ts';
import { DynamoRunStore } from '../adapters/aws/dynamo-run-store.ts';
import { S3ArtifactStore } from '../adapters/aws/s3-artifact-store.ts';
import { SnsMail } from '../adapters/aws/sns-mail.ts';
import { SnsNotifier } from '../adapters/aws/sns-notifier.ts';
import { SqsDeadLetters } from '../adapters/aws/sqs-dead-letters.ts';
import { auditKeyFile, makeAuditKey } from '../adapters/local/audit-key-file.ts';
import { CollectingTelemetry } from '../adapters/local/collecting-telemetry.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../adapters/local/embedded-aws.ts';
import { FixedSecrets } from '../adapters/local/fixed-secrets.ts';
import { FolderInUse } from '../adapters/local/folder-hold.ts';
import { LogFile } from '../adapters/local/log-file.ts';
import { QueuedEngine } from '../adapters/local/queued-engine.ts';
import { measureNames } from '../contracts/metric-names.ts';
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import type { TopicEvent } from '../contracts/topic-event.ts';
import type { WebhookTarget } from '../contracts/webhook-target.ts';
import type { DailySeries } from '../core/market/bar.ts';
import type { MicroUsd } from '../core/values/money.ts';
import type { EpochMs } from '../core/values/time.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import type { DeadLetters } from '../ports/dead-letters.ts';
import type { Digests } from '../ports/digests.ts';
import type { KillSwitch } from '../ports/kill-switch.ts';
import type { PortfolioSource } from '../ports/portfolios.ts';
import { Redaction } from '../ports/redaction.ts';
import type { RunLog } from '../ports/run-log.ts';
import type { RunStore } from '../ports/run-store.ts';
import type { BrokerCredentials } from '../ports/secrets.ts';
import { sayingOverride } from '../workflow/saying-override.ts';
import type { NotifyWorld } from '../workflow/tell-owner.ts';
import type { WatchdogWorld } from '../workflow/watchdog/watchdog-world.ts';
import type { World } from '../workflow/world.ts';
import { auditKeyPath } from './audit-key-path.ts';
import { keptSolvers } from './kept-solvers.ts';
import { type LocalExchange, startLocalExchange } from './local-exchange.ts';
import { drainTopic, localNotify } from './local-operations.ts';
import { exchangeFile, readSavedExchange, writeSavedExchange } from './saved-exchange-file.ts';
import { UnusableState } from './unusable-state.ts';

export interface LocalWorldOptions {
  /** Where everything is kept; it exists. */
  readonly folder: string;
  readonly source: PortfolioSource;
  readonly series: readonly DailySeries[];
  /** Where time begins when nothing was saved. */
  readonly start: EpochMs;
  readonly cash: MicroUsd;
  readonly seed: number;
  readonly spreadBps: number;
  /** The keys of the account; left out, fixed ones of an exchange that nobody else can reach. */
  readonly credentials?: BrokerCredentials;
  /** The owner's webhook; left out, none. */
  readonly webhook?: WebhookTarget;
}

export interface LocalWorld extends World {
  readonly exchange: LocalExchange;
  readonly engine: QueuedEngine;
  readonly runStore: RunStore;
  readonly killSwitch: KillSwitch;
  readonly artifacts: ArtifactStore;
  readonly deadLetters: DeadLetters;
  readonly runLog: RunLog;
  readonly digests: Digests;
  readonly watchdog: WatchdogWorld;
  readonly notify: NotifyWorld;
  /** Hands everything that waits on the topic to the notify function. */
  drainTopic(notify: (event: TopicEvent) => Promise<unknown>): Promise<number>;
  /** Where to read what an owner reads: notices, dead letters, the table. */
  readonly aws: Omit<EmbeddedAws, 'close'>;
  deadLetter(message: object): Promise<void>;
  close(): Promise<void>;
}

const LOCAL_CREDENTIALS: BrokerCredentials = { keyId: 'LOCAL-EXCHANGE-KEY', secretKey: 'local-exchange-secret' };
const ACCOUNT_NUMBER = 'LOCAL0001';
/** A real minute has no end here: virtual time stands still while a turn is made. */
const REQUESTS_PER_MINUTE = 1_000_000;
/** The exchange is in this process: waiting long for it is waiting for oneself. */
const RESILIENCE: Partial<ResilienceRules> = { delayMsFirst: 2, delayMsMax: 20, breakerOpenMs: 50 };

/**
 * The same folder again goes on where it stopped.
 * @throws FolderInUse when another process holds the folder.
 * @throws UnusableState when what is in the folder cannot be gone on with.
 * @throws UnreadableRecord when the latest run there is of another release.
 */
export async function startLocalWorld(options: LocalWorldOptions): Promise<LocalWorld> {
  const { folder, source, credentials = LOCAL_CREDENTIALS } = options;
  const aws = await openAws(folder);
  const redaction = redactionOf(credentials);
  const state = stateOf(aws, redaction);
  const exchange = await openExchange(options, credentials, state.runStore).catch(async (failure: unknown) => {
    state.destroy();
    await aws.close();
    throw failure;
  });
  const secrets = new FixedSecrets(new Map([[source.policy.account.name, credentials]]));
  makeAuditKey(auditKeyPath(folder));
  const { clock } = exchange;
  const runLog = new LogFile(folder);
  const telemetry = new CollectingTelemetry({ redaction, onLine: (line) => runLog.append(clock.now(), line) });
  const engine = new QueuedEngine();
  const portfolios: World['portfolios'] = { names: async () => [source.policy.name], load: async () => source };
  const alpacaFor = (policy: PortfolioPolicy, bound: CollectingTelemetry): AlpacaOptions => ({
    credentials: () => secrets.brokerCredentials(policy.account.name),
    tradingUrl: exchange.url,
    dataUrl: exchange.url,
    feed: 'iex',
    clock,
    random: Math.random,
    resilience: RESILIENCE,
    auctions: ['open', 'close'],
    onExchange: (told) => {
      bound.info('broker exchange', { ...told });
      bound.measure(measureNames.brokerRequestMs, told.ms);
    },
  });
  const portsFor: World['portsFor'] = (policy, runId) => {
    const bound = telemetry.bind({ runId });
    const alpaca = alpacaFor(policy, bound);
    const markets = { broker: alpacaBroker(alpaca), marketData: alpacaMarketData(alpaca) };
    const notifier = sayingOverride(state.notifier, policy);
    return { ...state, ...markets, notifier, engine, clock, telemetry: bound, solvers: keptSolvers };
  };
  return {
    ...state,
    aws,
    exchange,
    engine,
    runLog,
    audit: { ...state, auditKeys: auditKeyFile(auditKeyPath(folder)) },
    portfolios,
    portsFor,
    watchdog: {
      portfolios,
      clock,
      telemetry,
      portsFor: (policy) => {
        const brokerClock = alpacaClock(alpacaFor(policy, telemetry.bind({ portfolio: policy.name })));
        // The keys were given with the program: nobody put them anywhere.
        return { ...portsFor(policy, `${policy.name}/watchdog`), ...state, brokerClock, keyAges: { keysSince: async () => undefined } };
      },
      flush: () => undefined,
    },
    notify: localNotify({ ...state, clock, telemetry, redaction, webhook: options.webhook }),
    flush: () => undefined,
    async close() {
      try {
        await exchange.close();
        writeSavedExchange(exchangeFile(folder), { state: exchange.desk.save(), at: clock.now() });
      } finally {
        // A disk that is full must not keep the servers, and with them the process.
        state.destroy();
        await aws.close();
      }
    },
  };
}

async function openAws(folder: string): Promise<EmbeddedAws> {
  try {
    return await startEmbeddedAws(join(folder, 'aws'));
  } catch (cause) {
    if (cause instanceof FolderInUse) throw cause;
    throw new UnusableState(`${folder} cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function redactionOf({ keyId, secretKey }: BrokerCredentials): Redaction {
  const redaction = new Redaction();
  redaction.register(keyId);
  redaction.register(secretKey);
  return redaction;
}

/**
 * An answer that the exchange gave is still true after the process was killed: it is on disk before it is sent. So
 * is the new account, before any run can refer to it.
 */
async function openExchange(options: LocalWorldOptions, credentials: BrokerCredentials, runStore: RunStore): Promise<LocalExchange> {
  const { folder, source, series, cash, seed, spreadBps } = options;
  const saved = readSavedExchange(exchangeFile(folder));
  const hasRuns = (await runStore.list(source.policy.name, 1)).length > 0;
  if (saved === undefined && hasRuns) throw new UnusableState(`${folder} has runs on record, and not the account that they traded on`);
  const clock = virtualClock(saved?.at ?? options.start);
  const save = (desk: TradingDesk): void => writeSavedExchange(exchangeFile(folder), { state: desk.save(), at: clock.now() });
  const exchange = await startLocalExchange({
    series,
    clock,
    cash,
    seed,
    spreadBps,
    accountNumber: source.policy.account.number ?? ACCOUNT_NUMBER,
    credentials,
    port: 0,
    initialState: saved?.state,
    requestsPerMinute: REQUESTS_PER_MINUTE,
    onChange: save,
  });
  if (saved === undefined) save(exchange.desk);
  if (hasRuns || exchange.desk.book.orders.size === 0) return exchange;
  await exchange.close();
  throw new UnusableState(`${folder} has an account with orders, and no run on record`);
}

function stateOf(aws: EmbeddedAws, redaction: Redaction) {
  const { endpoints, table, bucket, topicArn, ownerTopicArn, deadLetterQueueUrl, notifyQueueUrl } = aws;
  const dynamo = new DynamoDBClient(clientSettings({ endpoint: endpoints.dynamodb }));
  const s3 = new S3Client(clientSettings({ endpoint: endpoints.s3 }));
  const sns = new SNSClient(clientSettings({ endpoint: endpoints.sns }));
  const sqs = new SQSClient(clientSettings({ endpoint: endpoints.sqs }));
  return {
    runStore: new DynamoRunStore(dynamo, table),
    killSwitch: new DynamoKillSwitch(dynamo, table),
    highWaterMarks: new DynamoHighWaterMarks(dynamo, table),
    ledgers: new DynamoLedgerStore(dynamo, table),
    trail: new DynamoAuditTrail(dynamo, table),
    artifacts: new S3ArtifactStore(s3, bucket),
    deadLetters: new SqsDeadLetters(sqs, new Map([['execution', deadLetterQueueUrl]]), 0),
    digests: new DynamoDigests(dynamo, table),
    folds: new DynamoFolds(dynamo, table),
    notifier: new SnsNotifier(sns, topicArn, redaction),
    mail: new SnsMail(sns, ownerTopicArn),
    drainTopic: (notify: (event: TopicEvent) => Promise<unknown>) => drainTopic(sqs, notifyQueueUrl, notify),
    async deadLetter(message: object): Promise<void> {
      await sqs.send(new SendMessageCommand({ QueueUrl: deadLetterQueueUrl, MessageBody: redaction.text(JSON.stringify(message)) }));
    },
    destroy(): void {
      for (const client of [dynamo, s3, sns, sqs]) client.destroy();
    },
  };
}
