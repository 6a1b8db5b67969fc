// The adapters of a deployed function.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { alpacaBroker } from '../adapters/alpaca/broker.ts';
import { alpacaMarketData } from '../adapters/alpaca/market-data.ts';
import type { AlpacaOptions } from '../adapters/alpaca/options.ts';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { DynamoHighWaterMarks } from '../adapters/aws/dynamo-high-water-marks.ts';
import { DynamoKillSwitch } from '../adapters/aws/dynamo-kill-switch.ts';
import { DynamoRunStore } from '../adapters/aws/dynamo-run-store.ts';
import { PowertoolsTelemetry } from '../adapters/aws/powertools-telemetry.ts';
import { S3ArtifactStore } from '../adapters/aws/s3-artifact-store.ts';
import { SecretsManagerSecrets } from '../adapters/aws/secrets-manager.ts';
import { SnsNotifier } from '../adapters/aws/sns-notifier.ts';
import { StepFunctionsEngine } from '../adapters/aws/step-functions-engine.ts';
import { PortfolioDirectory } from '../adapters/local/portfolio-directory.ts';
import { type LambdaEnvironment, readLambdaEnvironment } from '../contracts/lambda-environment.ts';
import { METRIC_NAMESPACE } from '../contracts/metric-names.ts';
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { Engine } from '../ports/engine.ts';
import { Redaction } from '../ports/redaction.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { World } from '../workflow/world.ts';

const TRADING_URL = { paper: 'https://paper-api.alpaca.markets', live: 'https://api.alpaca.markets' } as const;
const DATA_URL = 'https://data.alpaca.markets';

/** @throws Error when the function's environment is not whole. */
export function awsWorld(variables: Readonly<Record<string, string | undefined>> = process.env): World {
  const environment = readLambdaEnvironment(variables);
  const clock: Clock = { now: () => Date.now() };
  const redaction = new Redaction();
  const telemetry = new PowertoolsTelemetry({
    logger: new Logger({ serviceName: 'evenkeel' }),
    metrics: new Metrics({ namespace: METRIC_NAMESPACE, serviceName: 'evenkeel' }),
    redaction,
  });
  const secrets = secretsOf(environment, clock, redaction);
  const state = stateOf(environment);
  return {
    portfolios: new PortfolioDirectory(environment.portfoliosDir),
    portsFor(policy, runId) {
      const bound = telemetry.bind({ runId });
      const alpaca = alpacaOptions(policy, secrets, clock, bound);
      return { ...state, broker: alpacaBroker(alpaca), marketData: alpacaMarketData(alpaca), clock, telemetry: bound };
    },
    flush: () => telemetry.flush(),
  };
}

function secretsOf({ secretPrefix }: LambdaEnvironment, clock: Clock, redaction: Redaction): Secrets {
  return new SecretsManagerSecrets(new SecretsManagerClient(clientSettings()), {
    prefix: secretPrefix,
    clock,
    onLoaded: ({ keyId, secretKey }) => {
      redaction.register(keyId);
      redaction.register(secretKey);
    },
  });
}

function stateOf(environment: LambdaEnvironment) {
  const dynamo = new DynamoDBClient(clientSettings());
  return {
    runStore: new DynamoRunStore(dynamo, environment.table),
    killSwitch: new DynamoKillSwitch(dynamo, environment.table),
    highWaterMarks: new DynamoHighWaterMarks(dynamo, environment.table),
    artifacts: new S3ArtifactStore(new S3Client(clientSettings()), environment.bucket),
    notifier: new SnsNotifier(new SNSClient(clientSettings()), environment.topicArn),
    engine: engineOf(environment),
  };
}

/** The execution function has no machine to start: it is what the machine calls. */
function engineOf({ stateMachineArn }: LambdaEnvironment): Engine {
  if (stateMachineArn !== undefined) return new StepFunctionsEngine(new SFNClient(clientSettings()), stateMachineArn);
  return {
    start: async () => {
      throw new Error('this function may not start executions');
    },
  };
}

function alpacaOptions(policy: PortfolioPolicy, secrets: Secrets, clock: Clock, telemetry: PowertoolsTelemetry): AlpacaOptions {
  return {
    credentials: () => secrets.brokerCredentials(policy.account.name),
    tradingUrl: TRADING_URL[policy.account.mode],
    dataUrl: DATA_URL,
    feed: 'iex',
    clock,
    random: Math.random,
    onExchange: (exchange) => telemetry.info('broker exchange', { ...exchange }),
  };
}
