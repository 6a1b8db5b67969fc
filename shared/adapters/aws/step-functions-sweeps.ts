// Sweeps as executions of the state machine of the sweep stack. An attempt is named by the identity of its sweep and its number,
// and Step Functions lets a name be used once in 90 days: so nobody starts the same attempt twice.
import { GetAccountSettingsCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  DescribeMapRunCommand,
  ListMapRunsCommand,
  paginateListExecutions,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { SweepStart } from '../../contracts/sweep-batch.ts';
import type { ContentHash } from '../../core/values/identity.ts';
import type { SweepEngine, SweepStanding } from '../../ports/sweep-engine.ts';
import { badAnswer, isNamed, outsideFailure } from './aws-failure.ts';

const ENDED = { SUCCEEDED: 'succeeded', FAILED: 'failed', TIMED_OUT: 'timed-out', ABORTED: 'aborted' } as const;
/** One that fails more often does not come to its end by another attempt. */
const TAKES_MAX = 99;
const HASH_DIGITS = 64;

export class StepFunctionsSweeps implements SweepEngine {
  readonly #client: SFNClient;
  readonly #functions: LambdaClient;
  readonly #machine: string;

  constructor(client: SFNClient, functions: LambdaClient, stateMachineArn: string) {
    this.#client = client;
    this.#functions = functions;
    this.#machine = stateMachineArn;
  }

  async latest(sweep: ContentHash): Promise<SweepStanding> {
    let found: { readonly take: number; readonly execution: Partial<DescribeExecutionOutput> } | undefined;
    for (let take = 1; take <= TAKES_MAX; take += 1) {
      const execution = await this.#look(this.#arn(sweep, take));
      if (execution === undefined) break;
      found = { take, execution };
    }
    if (found === undefined) return { kind: 'never-started' };
    const { take, execution } = found;
    const arn = this.#arn(sweep, take);
    const { status = 'RUNNING' } = execution;
    if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return { kind: 'running', take, ...(await this.#counts(arn)) };
    const detail = status === 'SUCCEEDED' ? undefined : await this.#reason(arn, execution);
    return { kind: 'ended', take, how: ENDED[status], ...(detail === undefined ? {} : { detail }) };
  }

  async start(take: number, start: SweepStart): Promise<'started' | 'already-started'> {
    const name = nameOf(start.sweep, take);
    try {
      await this.#client.send(new StartExecutionCommand({ stateMachineArn: this.#machine, name, input: JSON.stringify(start) }));
      return 'started';
    } catch (cause) {
      if (isNamed(cause, 'ExecutionAlreadyExists')) return 'already-started';
      throw outsideFailure(`starting the sweep ${name}`, 'write', cause);
    }
  }

  async running(): Promise<readonly ContentHash[]> {
    const names: string[] = [];
    try {
      const asked = { stateMachineArn: this.#machine, statusFilter: 'RUNNING' } as const;
      for await (const { executions = [] } of paginateListExecutions({ client: this.#client }, asked))
        for (const { name = '' } of executions) names.push(name.slice(0, HASH_DIGITS));
    } catch (cause) {
      throw outsideFailure('looking for sweeps that run', 'read', cause);
    }
    return names;
  }

  async functionsMax(): Promise<number> {
    const { AccountLimit } = await this.#functions.send(new GetAccountSettingsCommand({})).catch((cause: unknown) => {
      throw outsideFailure('asking how many functions may run at once', 'read', cause);
    });
    const most = AccountLimit?.UnreservedConcurrentExecutions;
    if (most === undefined) throw badAnswer('AWS does not say how many functions may run at once');
    return most;
  }

  async #look(executionArn: string): Promise<Partial<DescribeExecutionOutput> | undefined> {
    try {
      return await this.#client.send(new DescribeExecutionCommand({ executionArn }));
    } catch (cause) {
      if (isNamed(cause, 'ExecutionDoesNotExist')) return undefined;
      throw outsideFailure('looking at the sweep', 'read', cause);
    }
  }

  async #counts(executionArn: string): Promise<{ readonly finished: number; readonly all: number }> {
    const mapRunArn = await this.#mapRun(executionArn);
    if (mapRunArn === undefined) return { finished: 0, all: 0 };
    const { itemCounts } = await this.#client.send(new DescribeMapRunCommand({ mapRunArn })).catch((cause: unknown) => {
      throw outsideFailure('looking at the variants of the sweep', 'read', cause);
    });
    return { finished: itemCounts?.succeeded ?? 0, all: itemCounts?.total ?? 0 };
  }

  /** The machine says only that something in it failed; what, the first call that did. */
  async #reason(executionArn: string, { error, cause }: Partial<DescribeExecutionOutput>): Promise<string | undefined> {
    const own = [error, cause].filter((each) => each !== undefined && each !== '').join(': ');
    const mapRunArn = await this.#mapRun(executionArn);
    if (mapRunArn === undefined) return own === '' ? undefined : own;
    const failed = await this.#firstFailed(mapRunArn);
    const call = failed === undefined ? undefined : await this.#look(failed);
    const said = [call?.error, call?.cause].filter((each) => each !== undefined && each !== '').join(': ');
    return said === '' ? own : said;
  }

  async #mapRun(executionArn: string): Promise<string | undefined> {
    const { mapRuns } = await this.#client.send(new ListMapRunsCommand({ executionArn })).catch((cause: unknown) => {
      throw outsideFailure('looking for the batches of the sweep', 'read', cause);
    });
    return mapRuns?.[0]?.mapRunArn;
  }

  async #firstFailed(mapRunArn: string): Promise<string | undefined> {
    try {
      for await (const { executions = [] } of paginateListExecutions({ client: this.#client }, { mapRunArn, statusFilter: 'FAILED' }))
        if (executions[0] !== undefined) return executions[0].executionArn;
    } catch (cause) {
      throw outsideFailure('looking for the call that failed', 'read', cause);
    }
    return undefined;
  }

  #arn(sweep: ContentHash, take: number): string {
    return `${this.#machine.replace(':stateMachine:', ':execution:')}:${nameOf(sweep, take)}`;
  }
}

function nameOf(sweep: ContentHash, take: number): string {
  return `${sweep}-${take}`;
}
