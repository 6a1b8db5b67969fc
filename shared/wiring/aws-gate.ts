// The adapters of the gate of a release.
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { PowertoolsTelemetry } from '../adapters/aws/powertools-telemetry.ts';
import { WaitingVersion } from '../adapters/aws/waiting-version.ts';
import { gateEnvironmentNames } from '../contracts/environment.ts';
import { METRIC_NAMESPACE } from '../contracts/metric-names.ts';
import type { Gate } from '../workflow/gate-release.ts';

/** Longer than the signal function lets itself run, and asked once: a dry run that is cut off has not passed. */
const DRY_RUN_TIMEOUT_MS = 150_000;

/** @throws Error when the environment is not whole. */
export function awsGate(): Gate {
  const lambda = new LambdaClient(clientSettings({ requestTimeoutMs: DRY_RUN_TIMEOUT_MS, attemptsMax: 1 }));
  const telemetry = new PowertoolsTelemetry({
    logger: new Logger({ serviceName: 'evenkeel' }),
    metrics: new Metrics({ namespace: METRIC_NAMESPACE, serviceName: 'evenkeel' }),
  });
  return {
    portfolios: textOf(gateEnvironmentNames.portfolios).split(','),
    release: new WaitingVersion(lambda, {
      version: textOf(gateEnvironmentNames.version),
      region: textOf('AWS_REGION'),
      credentials: () => lambda.config.credentials(),
    }),
    telemetry,
    flush: () => telemetry.flush(),
  };
}

function textOf(name: string): string {
  const text = process.env[name];
  if (text === undefined || text === '') throw new Error(`the gate's environment is not whole: ${name}`);
  return text;
}
