// What became of the execution of a run, by the name that the run gives it, and its redrive.
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  DescribeStateMachineCommand,
  RedriveExecutionCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { executionNameOf, type RunId } from '../../core/values/identity.ts';
import type { ExecutionStanding, Executions } from '../../ports/executions.ts';
import { isNamed, outsideFailure } from './aws-failure.ts';

const STOPPED = { FAILED: 'failed', TIMED_OUT: 'timed-out', ABORTED: 'aborted' } as const;

export class StepFunctionsExecutions implements Executions {
  readonly #client: SFNClient;
  readonly #machine: string;
  readonly #prefix: string;

  constructor(client: SFNClient, stateMachineArn: string) {
    this.#client = client;
    this.#machine = stateMachineArn;
    this.#prefix = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:`;
  }

  async standing(runId: RunId): Promise<ExecutionStanding> {
    try {
      return standingOf(await this.#client.send(new DescribeExecutionCommand({ executionArn: this.#arn(runId) })));
    } catch (cause) {
      if (isNamed(cause, 'ExecutionDoesNotExist')) return { kind: 'never-started' };
      throw outsideFailure(`looking at the execution of ${runId}`, 'read', cause);
    }
  }

  async isReady(): Promise<boolean> {
    try {
      return (await this.#client.send(new DescribeStateMachineCommand({ stateMachineArn: this.#machine }))).status === 'ACTIVE';
    } catch (cause) {
      if (isNamed(cause, 'StateMachineDoesNotExist')) return false;
      throw outsideFailure('looking at the state machine', 'read', cause);
    }
  }

  /** Once it runs again, another redrive is refused; that is what was asked for. */
  async redrive(runId: RunId): Promise<void> {
    try {
      await this.#client.send(new RedriveExecutionCommand({ executionArn: this.#arn(runId) }));
    } catch (cause) {
      if (isNamed(cause, 'ExecutionNotRedrivable') && (await this.standing(runId)).kind === 'running') return;
      throw outsideFailure(`redriving the execution of ${runId}`, 'write', cause);
    }
  }

  #arn(runId: RunId): string {
    return this.#prefix + executionNameOf(runId);
  }
}

function standingOf({ status, error, redriveStatus, redriveStatusReason }: Partial<DescribeExecutionOutput>): ExecutionStanding {
  if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return { kind: 'running' };
  if (status === 'SUCCEEDED' || status === undefined) return { kind: 'succeeded' };
  const isRedrivable = redriveStatus === undefined || redriveStatus.startsWith('REDRIVABLE');
  return {
    kind: 'stopped',
    how: STOPPED[status],
    ...(error === undefined ? {} : { error }),
    ...(isRedrivable ? {} : { notRedrivable: redriveStatusReason ?? 'Step Functions does not redrive it' }),
  };
}
