// The deployment that the owner's command line speaks of, with his own AWS credentials.
import { writtenPortfolio } from '../shared/adapters/local/written-portfolio.ts';
import { environmentNames } from '../shared/contracts/environment.ts';
import { type AwsWorld, awsWorld } from '../shared/wiring/aws.ts';
import { CommandFailure } from './failure.ts';

/** @throws CommandFailure, exit 2, when the environment does not say which. */
export function openDeployment(): AwsWorld {
  // A function may do without the state machine; who approves starts an execution.
  const missing = Object.values(environmentNames).filter((name) => (process.env[name] ?? '') === '');
  if (missing.length > 0) {
    throw new CommandFailure(
      'environment',
      `not set: ${missing.join(', ')}; the compute stack's output OperatorEnvironment says them all`,
      { exitCode: 2 },
    );
  }
  return awsWorld(writtenPortfolio);
}
