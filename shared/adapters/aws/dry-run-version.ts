// One version of the signal function is asked for the dry run of a portfolio: what it would plan, with nothing written or sent.
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { type DryRunEvent, type DryRunResult, dryRunResult } from '../../contracts/events.ts';
import { jsonOf } from '../../contracts/json-of.ts';
import { OutsideError } from '../../ports/outside-error.ts';
import { badAnswer, outsideFailure } from './aws-failure.ts';

/**
 * @param client one that waits as long as the function may take.
 * @param version its ARN, or `NAME:VERSION`.
 * @throws OutsideError, also when that version fails.
 */
export async function dryRunVersion(client: LambdaClient, version: string, portfolio: string): Promise<DryRunResult> {
  const event: DryRunEvent = { kind: 'dry-run', portfolio };
  const invoke = new InvokeCommand({ FunctionName: version, Payload: Buffer.from(JSON.stringify(event)) });
  const { FunctionError, Payload } = await client.send(invoke).catch((cause: unknown) => {
    throw outsideFailure(`the dry run of ${portfolio}`, 'read', cause);
  });
  const text = Payload === undefined ? '' : Buffer.from(Payload).toString('utf8');
  if (FunctionError !== undefined)
    throw new OutsideError(`the dry run of ${portfolio} failed: ${text.slice(0, 1_000)}`, { effect: 'none', code: FunctionError });
  const parsed = dryRunResult.safeParse(jsonOf(text));
  if (!parsed.success) throw badAnswer(`the dry run of ${portfolio} answered something else`);
  return parsed.data;
}
