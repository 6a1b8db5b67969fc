// Where the owner looks at what went wrong: dead letters, logs and records, of a deployment with his own credentials or in
// the state folder of a demo while that demo does not run. Nothing is driven from here.
import type { DeadLetters } from '../../shared/ports/dead-letters.ts';
import type { RunLog } from '../../shared/ports/run-log.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { type AwsOperations, awsOperations } from '../../shared/wiring/aws-operations.ts';
import { openDeployment } from '../deployment.ts';
import { CommandFailure } from '../failure.ts';
import { chooseWorld, type WorldOptions } from '../world/choose-world.ts';
import { openDemoState } from '../world/demo-state.ts';
import { type WorldDocument, worldDocument, worldText } from '../world/world-text.ts';

export interface OperationsDesk {
  readonly world: WorldDocument;
  /** The same in words. */
  readonly worldText: string;
  readonly runStore: Pick<RunStore, 'load'>;
  readonly deadLetters: DeadLetters;
  readonly runLog: RunLog;
  /** Waiting brings news; nobody writes news into the state of a demo that does not run. */
  readonly isLive: boolean;
  close(): Promise<void>;
}

/** @throws CommandFailure: exit 2 when there is no such state or deployment, exit 1 when another process works there. */
export async function openOperationsDesk(options: WorldOptions): Promise<OperationsDesk> {
  const choice = chooseWorld(options);
  if (choice.kind === 'deployment') {
    const { stage, runStore } = openDeployment();
    const { deadLetters, runLog } = deployedOperations();
    const told = { world: worldDocument(choice, stage), worldText: worldText(choice, stage) };
    return { ...told, runStore, deadLetters, runLog, isLive: true, close: async () => undefined };
  }
  const state = await openDemoState(choice.folder);
  const { runStore, deadLetters, runLog } = state;
  const told = { world: worldDocument(choice, undefined), worldText: worldText(choice, undefined) };
  return { ...told, runStore, deadLetters, runLog, isLive: false, close: () => state.close() };
}

/** @throws CommandFailure, exit 2, when the environment does not say where its queues, logs and functions are. */
export function deployedOperations(): AwsOperations {
  try {
    return awsOperations(process.env);
  } catch (cause) {
    const message = `${cause instanceof Error ? cause.message : String(cause)}: the compute stack's output OperatorEnvironment says it; deploy this release if it does not`;
    throw new CommandFailure('environment', message, { exitCode: 2, cause });
  }
}
