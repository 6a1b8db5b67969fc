// The deployment that the owner's command line speaks of, with his own AWS credentials.
import { writtenPortfolio } from '../shared/adapters/local/written-portfolio.ts';
import { environmentNames } from '../shared/contracts/environment.ts';
import { stageOfSecretPrefix } from '../shared/contracts/secret-prefix.ts';
import { type AwsWorld, awsWorld } from '../shared/wiring/aws.ts';
import { CommandFailure } from './failure.ts';
import { loopbackBroker } from './world/loopback-broker.ts';

/** @throws CommandFailure, exit 2, when the environment does not say which, or names a broker that may not be asked. */
export function openDeployment(): AwsWorld {
  // A function may do without the state machine; who approves starts an execution.
  const missing = Object.values(environmentNames).filter((name) => (process.env[name] ?? '') === '');
  if (missing.length === Object.keys(environmentNames).length) {
    const message = "no EVENKEEL_… variable names a deployment; the compute stack's output OperatorEnvironment says them all";
    throw new CommandFailure('environment', message, { exitCode: 2 });
  }
  if (missing.length > 0) {
    throw new CommandFailure(
      'environment',
      `not set: ${missing.join(', ')}; the compute stack's output OperatorEnvironment says them all`,
      { exitCode: 2 },
    );
  }
  const broker = loopbackBroker(stageOfSecretPrefix(process.env[environmentNames.secretPrefix] ?? ''));
  return awsWorld(writtenPortfolio, { isQuiet: true, ...(broker === undefined ? {} : { broker }) });
}

/** A folder holds the files of both stages; a deployment has those of its own. */
export async function deployedPortfolios({ stage, portfolios }: Pick<AwsWorld, 'stage' | 'portfolios'>): Promise<readonly string[]> {
  const names = await portfolios.names();
  const sources = await Promise.all(names.map((name) => portfolios.load(name)));
  return sources.flatMap(({ policy }) => (stage === undefined || policy.account.mode === stage ? [policy.name] : []));
}
