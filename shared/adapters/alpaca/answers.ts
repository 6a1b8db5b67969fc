// From an HTTP answer to a checked value, or to the error that says why not. It knows no endpoint.
import * as z from 'zod';
import { type RefusalJson, refusalJson } from '../../contracts/alpaca/trading.ts';
import { BrokerError, type Effect } from '../../ports/outside-error.ts';
import type { HttpAnswer } from './http-exchange.ts';

/**
 * The body of a 2xx, checked.
 * @param effect what it means that the answer cannot be read: `unknown` where the request changed something.
 * @throws BrokerError `bad-answer`, or `http-<status>` for a refusal.
 */
export function contentOf<Schema extends z.ZodType>(answer: HttpAnswer, schema: Schema, effect: Effect): z.output<Schema> {
  if (answer.status >= 300) throw refused(answer);
  const parsed = schema.safeParse(answer.json);
  if (!parsed.success) throw badAnswer(z.prettifyError(parsed.error), effect, answer);
  return parsed.data;
}

/** What the API wrote with its 4xx; undefined when it is not a refusal as we know them. */
export function refusalOf(answer: HttpAnswer): RefusalJson | undefined {
  const parsed = refusalJson.safeParse(answer.json);
  return parsed.success ? parsed.data : undefined;
}

const NOT_FOUND_CODE = 40_410_000;

/** A 404 that speaks of the thing asked for, not of a path that does not exist. */
export function isNotFound(answer: HttpAnswer): boolean {
  const refusal = refusalOf(answer);
  return answer.status === 404 && refusal?.code === NOT_FOUND_CODE && !/endpoint/i.test(refusal.message);
}

/** A refusal that no caller expects. The request was understood and not done. */
export function refused(answer: HttpAnswer): BrokerError {
  const message = refusalOf(answer)?.message ?? 'no reason given';
  return new BrokerError(`the broker refused with ${answer.status}: ${message}`, {
    effect: 'none',
    code: `http-${answer.status}`,
    requestId: answer.requestId,
  });
}

export function badAnswer(why: string, effect: Effect, answer?: HttpAnswer): BrokerError {
  return new BrokerError(`the broker's answer makes no sense: ${why}`, { effect, code: 'bad-answer', requestId: answer?.requestId });
}
