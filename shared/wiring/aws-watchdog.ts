// The adapters of the deployed watchdog: those of a run, and what it looks at besides.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { alpacaClock } from '../adapters/alpaca/broker-clock.ts';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { DynamoDigests } from '../adapters/aws/dynamo-digests.ts';
import { secretAges } from '../adapters/aws/secret-ages.ts';
import type { WatchdogWorld } from '../workflow/watchdog/watchdog-world.ts';
import { type AwsWorld, awsWorld } from './aws.ts';

/**
 * @param world a deployment; left out, that of this function.
 * @throws Error when the environment is not whole.
 */
export function awsWatchdog(world: AwsWorld = awsWorld()): WatchdogWorld {
  const { table, secretPrefix } = world.environment;
  const digests = new DynamoDigests(new DynamoDBClient(clientSettings()), table);
  const keyAges = secretAges(new SecretsManagerClient(clientSettings()), secretPrefix);
  return {
    portfolios: world.portfolios,
    clock: world.clock,
    telemetry: world.telemetry,
    portsFor(policy) {
      const brokerClock = alpacaClock(world.alpacaFor(policy, world.telemetry.bind({ portfolio: policy.name })));
      return { ...world.portsFor(policy, `${policy.name}/watchdog`), brokerClock, digests, keyAges, trail: world.audit.trail };
    },
    flush: () => world.flush(),
  };
}
