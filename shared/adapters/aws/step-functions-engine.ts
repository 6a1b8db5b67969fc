// Starts the execution of a run. The execution's name is the run's, and Step Functions lets a name be
// used once in 90 days: that is what makes starting twice harmless.
import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { executionNameOf, type RunId } from '../../core/values/identity.ts';
import type { Engine } from '../../ports/engine.ts';
import { isNamed, outsideFailure } from './aws-failure.ts';

const NAME_LENGTH_MAX = 80;

export class StepFunctionsEngine implements Engine {
  readonly #client: SFNClient;
  readonly #stateMachineArn: string;

  constructor(client: SFNClient, stateMachineArn: string) {
    this.#client = client;
    this.#stateMachineArn = stateMachineArn;
  }

  /**
   * While the execution runs, Step Functions answers a second start with the first one's ARN, so `started`
   * then means "it runs". Once it has ended the second start is refused, and that is `already-started`.
   * @throws OutsideError
   */
  async start(runId: RunId): Promise<'started' | 'already-started'> {
    const name = executionNameOf(runId);
    if (name.length > NAME_LENGTH_MAX) throw new RangeError(`execution name is longer than ${NAME_LENGTH_MAX}: ${name}`);
    const input = JSON.stringify({ runId });
    try {
      await this.#client.send(new StartExecutionCommand({ stateMachineArn: this.#stateMachineArn, name, input }));
      return 'started';
    } catch (cause) {
      if (isNamed(cause, 'ExecutionAlreadyExists')) return 'already-started';
      throw outsideFailure(`starting the execution of ${runId}`, 'write', cause);
    }
  }
}
