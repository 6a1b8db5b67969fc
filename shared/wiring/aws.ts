// The adapters of a deployed function.
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { alpacaBroker } from '../adapters/alpaca/broker.ts';
import { alpacaMarketData } from '../adapters/alpaca/market-data.ts';
import type { AlpacaOptions } from '../adapters/alpaca/options.ts';
import { auditKeySecret } from '../adapters/aws/audit-key-secret.ts';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { DynamoAuditTrail } from '../adapters/aws/dynamo-audit-trail.ts';
import { DynamoHighWaterMarks } from '../adapters/aws/dynamo-high-water-marks.ts';
import { DynamoKillSwitch } from '../adapters/aws/dynamo-kill-switch.ts';
import { DynamoLedgerStore } from '../adapters/aws/dynamo-ledger-store.ts';
import { DynamoRunStore } from '../adapters/aws/dynamo-run-store.ts';
import { PowertoolsTelemetry } from '../adapters/aws/powertools-telemetry.ts';
import { SecretsManagerSecrets } from '../adapters/aws/secrets-manager.ts';
import { deployedPortfolio } from '../adapters/local/deployed-portfolio.ts';
import { PortfolioDirectory, type PortfolioReader } from '../adapters/local/portfolio-directory.ts';
import { type LambdaEnvironment, readLambdaEnvironment } from '../contracts/lambda-environment.ts';
import { METRIC_NAMESPACE, measureNames, metricServiceOf } from '../contracts/metric-names.ts';
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import { auditKeySecretOf, stageOfSecretPrefix } from '../contracts/secret-prefix.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Engine } from '../ports/engine.ts';
import type { HighWaterMarks } from '../ports/high-water-marks.ts';
import type { KillSwitch } from '../ports/kill-switch.ts';
import type { LedgerStore } from '../ports/ledger-store.ts';
import type { Notifier } from '../ports/notifier.ts';
import { Redaction } from '../ports/redaction.ts';
import type { RunStore } from '../ports/run-store.ts';
import type { Secrets } from '../ports/secrets.ts';
import { sayingOverride } from '../workflow/saying-override.ts';
import type { World } from '../workflow/world.ts';
import { keptSolvers } from './kept-solvers.ts';
import { oneSetOfKeys } from './one-set-of-keys.ts';
import { TRADING_URL } from './trading-url.ts';

type Mode = PortfolioPolicy['account']['mode'];

/** Where the broker is, by the mode that a portfolio file asks for. */
interface BrokerAddress {
  readonly trading: Readonly<Record<Mode, string>>;
  readonly marketData: string;
}

const ALPACA: BrokerAddress = {
  trading: TRADING_URL,
  marketData: 'https://data.alpaca.markets',
};

export interface AwsWorldOptions {
  /** Nothing is logged: on a command line the output belongs to the command. */
  readonly isQuiet?: boolean;
  /** Elsewhere than at Alpaca, and in another time than ours: for a deployment that trades on a local exchange. */
  readonly broker?: BrokerAddress;
  readonly clock?: Clock;
}

/** A deployment, as a function sees it and its owner may. */
export interface AwsWorld extends World {
  /** undefined for one that we did not deploy. */
  readonly stage: Mode | undefined;
  readonly killSwitch: KillSwitch;
  readonly highWaterMarks: HighWaterMarks;
  readonly runStore: RunStore;
  readonly ledgers: LedgerStore;
  readonly artifacts: ArtifactStore;
  readonly clock: Clock;
  readonly environment: LambdaEnvironment;
  readonly telemetry: PowertoolsTelemetry;
  /** How the broker of this portfolio is reached, for as long as one turn: by one set of keys. */
  alpacaFor(policy: PortfolioPolicy, telemetry: PowertoolsTelemetry): AlpacaOptions;
}

/**
 * @param reader a function finds its portfolios as they were deployed; its owner's command line, as they are written.
 * @throws Error when the environment is not whole.
 */
export function awsWorld(reader: PortfolioReader = deployedPortfolio, options: AwsWorldOptions = {}): AwsWorld {
  const { isQuiet = false, broker = ALPACA, clock = { now: () => Date.now() } } = options;
  const environment = readLambdaEnvironment(process.env);
  const redaction = new Redaction();
  const telemetry = new PowertoolsTelemetry({
    logger: new Logger({ serviceName: 'evenkeel', ...(isQuiet ? { logLevel: 'SILENT' } : {}) }),
    metrics: new Metrics({ namespace: METRIC_NAMESPACE, serviceName: metricServiceOf(stageOfSecretPrefix(environment.secretPrefix)) }),
    redaction,
  });
  const secretsManager = new SecretsManagerClient(clientSettings());
  const secrets = secretsOf(environment, secretsManager, clock, redaction);
  const auditKeys = auditKeySecret(secretsManager, auditKeySecretOf(environment.secretPrefix), (key) => redaction.register(key));
  const state = stateOf(environment, redaction);
  const alpacaFor: AwsWorld['alpacaFor'] = (policy, bound) => alpacaOptions(policy, secrets, clock, bound, broker);
  return {
    stage: stageOfSecretPrefix(environment.secretPrefix),
    killSwitch: state.killSwitch,
    highWaterMarks: state.highWaterMarks,
    runStore: state.runStore,
    ledgers: state.ledgers,
    artifacts: state.artifacts,
    clock,
    environment,
    telemetry,
    alpacaFor,
    audit: { ...state, auditKeys },
    portfolios: new PortfolioDirectory(environment.portfoliosDir, reader),
    portsFor(policy, runId) {
      const bound = telemetry.bind({ runId });
      const alpaca = alpacaFor(policy, bound);
      const markets = { broker: alpacaBroker(alpaca), marketData: alpacaMarketData(alpaca) };
      const notifier = sayingOverride(state.notifier, policy);
      return { ...state, ...markets, notifier, clock, telemetry: bound, solvers: keptSolvers };
    },
    flush: () => telemetry.flush(),
  };
}

function secretsOf({ secretPrefix }: LambdaEnvironment, client: SecretsManagerClient, clock: Clock, redaction: Redaction): Secrets {
  return new SecretsManagerSecrets(client, {
    prefix: secretPrefix,
    clock,
    onLoaded: ({ keyId, secretKey }) => {
      redaction.register(keyId);
      redaction.register(secretKey);
    },
  });
}

function stateOf(environment: LambdaEnvironment, redaction: Redaction) {
  const dynamo = new DynamoDBClient(clientSettings());
  return {
    runStore: new DynamoRunStore(dynamo, environment.table),
    killSwitch: new DynamoKillSwitch(dynamo, environment.table),
    highWaterMarks: new DynamoHighWaterMarks(dynamo, environment.table),
    ledgers: new DynamoLedgerStore(dynamo, environment.table),
    trail: new DynamoAuditTrail(dynamo, environment.table),
    artifacts: artifactsOf(environment),
    notifier: notifierOf(environment, redaction),
    engine: engineOf(environment),
  };
}

// Most turns of a run touch no artifact, start nothing and notify nobody. The clients for that are loaded when they are
// first asked for: together they are a quarter of a function's code.

function artifactsOf({ bucket }: LambdaEnvironment): ArtifactStore {
  const store = once(async () => (await import('./aws-artifacts.ts')).s3Artifacts(bucket));
  return {
    put: async (hash, canonicalJson) => (await store()).put(hash, canonicalJson),
    get: async (hash) => (await store()).get(hash),
  };
}

function notifierOf({ topicArn }: LambdaEnvironment, redaction: Redaction): Notifier {
  const notifier = once(async () => (await import('./aws-notifier.ts')).snsNotifier(topicArn, redaction));
  return { notify: async (notice) => (await notifier()).notify(notice) };
}

/** The execution function has no machine to start: it is what the machine calls. */
function engineOf({ stateMachineArn }: LambdaEnvironment): Engine {
  const engine = once(async () => {
    if (stateMachineArn === undefined) throw new Error('this function may not start executions');
    return (await import('./aws-engine.ts')).stepFunctions(stateMachineArn);
  });
  return { start: async (runId) => (await engine()).start(runId) };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function alpacaOptions(
  policy: PortfolioPolicy,
  secrets: Secrets,
  clock: Clock,
  telemetry: PowertoolsTelemetry,
  broker: BrokerAddress,
): AlpacaOptions {
  return {
    credentials: oneSetOfKeys(() => secrets.brokerCredentials(policy.account.name)),
    tradingUrl: broker.trading[policy.account.mode],
    dataUrl: broker.marketData,
    feed: 'iex',
    ...(policy.account.auctions === undefined ? {} : { auctions: policy.account.auctions }),
    clock,
    random: Math.random,
    onExchange: (exchange) => {
      telemetry.info('broker exchange', { ...exchange });
      telemetry.measure(measureNames.brokerRequestMs, exchange.ms);
    },
  };
}
