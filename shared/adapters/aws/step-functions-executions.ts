// What became of the execution of a run, by the name that the run gives it, and its redrive. Step Functions redrives for 14
// days, and uses a name once: an execution that takes the place of one that cannot go on has the same name with a number
// behind it, the lowest that is free. Two who do so at once start one.
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  DescribeStateMachineCommand,
  RedriveExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { executionNameOf, type RunId } from '../../core/values/identity.ts';
import type { ExecutionStanding, Executions, Redriven } from '../../ports/executions.ts';
import { OutsideError } from '../../ports/outside-error.ts';
import { isNamed, outsideFailure } from './aws-failure.ts';

/** The first execution of a run is its first take. More than these and something else is wrong. */
const TAKES_MAX = 9;
/** How an engine says that it knows no such operation. */
const HAS_NO_REDRIVE = ['UnknownOperationException', 'InvalidAction'];
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
    return (await this.#latest(runId)).standing;
  }

  async isReady(): Promise<boolean> {
    try {
      return (await this.#client.send(new DescribeStateMachineCommand({ stateMachineArn: this.#machine }))).status === 'ACTIVE';
    } catch (cause) {
      if (isNamed(cause, 'StateMachineDoesNotExist')) return false;
      throw outsideFailure('looking at the state machine', 'read', cause);
    }
  }

  async redrive(runId: RunId): Promise<Redriven> {
    const { take, standing } = await this.#latest(runId);
    if (standing.kind !== 'stopped') return 'unneeded';
    if (standing.notRedrivable !== undefined) return this.#startAnew(runId, take + 1);
    try {
      await this.#client.send(new RedriveExecutionCommand({ executionArn: this.#arn(runId, take) }));
      return 'resumed';
    } catch (cause) {
      if (HAS_NO_REDRIVE.some((name) => isNamed(cause, name))) return this.#startAnew(runId, take + 1);
      if (!isNamed(cause, 'ExecutionNotRedrivable')) throw outsideFailure(`redriving the execution of ${runId}`, 'write', cause);
      // It runs again, because somebody else was quicker; or its time ran out between the look and the attempt.
      const now = await this.#look(runId, take);
      return now.kind === 'stopped' ? this.#startAnew(runId, take + 1) : 'unneeded';
    }
  }

  /** The first execution of the run, or the last that took its place. */
  async #latest(runId: RunId): Promise<{ readonly take: number; readonly standing: ExecutionStanding }> {
    let standing = await this.#look(runId, 1);
    for (let take = 1; ; take += 1) {
      if (standing.kind !== 'stopped' || take === TAKES_MAX) return { take, standing };
      const next = await this.#look(runId, take + 1);
      if (next.kind === 'never-started') return { take, standing };
      standing = next;
    }
  }

  async #look(runId: RunId, take: number): Promise<ExecutionStanding> {
    try {
      return standingOf(await this.#client.send(new DescribeExecutionCommand({ executionArn: this.#arn(runId, take) })));
    } catch (cause) {
      if (isNamed(cause, 'ExecutionDoesNotExist')) return { kind: 'never-started' };
      throw outsideFailure(`looking at the execution of ${runId}`, 'read', cause);
    }
  }

  async #startAnew(runId: RunId, take: number): Promise<Redriven> {
    if (take > TAKES_MAX) throw new OutsideError(`${runId} was started anew too often`, { effect: 'none', code: 'started-too-often' });
    const input = JSON.stringify({ runId });
    try {
      await this.#client.send(new StartExecutionCommand({ stateMachineArn: this.#machine, name: nameOf(runId, take), input }));
      return 'started-anew';
    } catch (cause) {
      // Started by somebody else, and over already.
      if (isNamed(cause, 'ExecutionAlreadyExists')) return 'unneeded';
      throw outsideFailure(`starting another execution of ${runId}`, 'write', cause);
    }
  }

  #arn(runId: RunId, take: number): string {
    return this.#prefix + nameOf(runId, take);
  }
}

/** No run has such a name: no part of one has an underscore. */
function nameOf(runId: RunId, take: number): string {
  return take === 1 ? executionNameOf(runId) : `${executionNameOf(runId)}_${take}`;
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
