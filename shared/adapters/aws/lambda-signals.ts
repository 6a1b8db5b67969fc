// A schedule's event to the signal function, by hand: called once, and waited for.
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { ScheduleEvent } from '../../contracts/events.ts';
import { OutsideError } from '../../ports/outside-error.ts';
import type { Signals } from '../../ports/signals.ts';
import { outsideFailure } from './aws-failure.ts';
import { functionAndAlias } from './function-and-alias.ts';

export class LambdaSignals implements Signals {
  readonly #client: LambdaClient;
  readonly #target: string;

  /**
   * @param client one that waits as long as the function may take.
   * @param target `NAME` or `NAME:ALIAS` of the signal function.
   */
  constructor(client: LambdaClient, target: string) {
    this.#client = client;
    this.#target = target;
  }

  async send(event: ScheduleEvent): Promise<string> {
    const { name, alias } = functionAndAlias(this.#target);
    const invoke = new InvokeCommand({
      FunctionName: name,
      ...(alias === undefined ? {} : { Qualifier: alias }),
      InvocationType: 'RequestResponse',
      Payload: Buffer.from(JSON.stringify(event)),
    });
    const answer = await this.#client.send(invoke).catch((cause: unknown) => {
      throw outsideFailure('sending the event to the signal function', 'write', cause);
    });
    const text = Buffer.from(answer.Payload ?? []).toString('utf8');
    // A function that threw has an effect or none; its record says which, and every delivery goes on from there.
    if (answer.FunctionError !== undefined) {
      throw new OutsideError(`the signal function failed: ${text.slice(0, 1_000)}`, { effect: 'unknown', code: 'function-failed' });
    }
    return text;
  }
}
