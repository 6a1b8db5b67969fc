// What a dead letter says, whichever hop left it: EventBridge Scheduler, a function that was called without waiting, the
// state machine, or the embedded engine. It knows the shapes and not what to do about them.
import * as z from 'zod';
import { advanceEvent, type ScheduleEvent, scheduleEvent } from './events.ts';
import { jsonOf } from './json-of.ts';

export interface LetterError {
  /** The error's class or code: `UnresolvedRun`, `Lambda.TooManyRequestsException`. */
  readonly name: string;
  readonly message: string;
}

export type LetterContent =
  /** A turn of a run failed for good. */
  | { readonly kind: 'turn'; readonly runId: string; readonly error: LetterError; readonly execution?: string }
  /** The event of a schedule did not become a run, or not wholly. */
  | { readonly kind: 'event'; readonly event: ScheduleEvent; readonly error: LetterError }
  /** Another event, or none that we know. */
  | { readonly kind: 'unknown'; readonly error: LetterError };

const UNTOLD: LetterError = { name: 'untold', message: 'the hop before left no error' };

const thrown = z.looseObject({ errorType: z.string().optional(), errorMessage: z.string().optional() });
/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
const destinationRecord = z.looseObject({
  requestContext: z.looseObject({ condition: z.string() }),
  requestPayload: z.unknown(),
  /** Absent where the function was never called, or did not answer in time. */
  responsePayload: z.unknown().optional(),
});
/** Written by the state machine: `lib/constructs/execution-steps.ts`. */
const caughtTurn = z.looseObject({
  runId: z.string(),
  failure: z.looseObject({ Error: z.string().optional(), Cause: z.string().optional() }),
  execution: z.string().optional(),
});
/** Written by the embedded engine. */
const embeddedTurn = z.strictObject({ runId: z.string(), error: z.string() });

/** @param attributes what the hop wrote beside the body. */
export function readDeadLetter(body: string, attributes: Readonly<Record<string, string>> = {}): LetterContent {
  const json = jsonOf(body);
  const caught = caughtTurn.safeParse(json);
  if (caught.success) return caughtContent(caught.data);
  const embedded = embeddedTurn.safeParse(json);
  if (embedded.success) return { kind: 'turn', runId: embedded.data.runId, error: spelled(embedded.data.error) };
  const record = destinationRecord.safeParse(json);
  if (record.success) return contentOf(record.data.requestPayload, thrownError(record.data.responsePayload, record.data.requestContext));
  return contentOf(json, attributeError(attributes));
}

function caughtContent({ runId, failure, execution }: z.output<typeof caughtTurn>): LetterContent {
  const cause = failure.Cause === undefined ? undefined : thrown.safeParse(jsonOf(failure.Cause));
  const error =
    cause?.success === true && cause.data.errorMessage !== undefined
      ? { name: cause.data.errorType ?? failure.Error ?? UNTOLD.name, message: cause.data.errorMessage }
      : { name: failure.Error ?? UNTOLD.name, message: failure.Cause ?? UNTOLD.message };
  return { kind: 'turn', runId, error, ...(execution === undefined ? {} : { execution }) };
}

function contentOf(payload: unknown, error: LetterError): LetterContent {
  const event = scheduleEvent.safeParse(payload);
  if (event.success) return { kind: 'event', event: event.data, error };
  const turn = advanceEvent.safeParse(payload);
  if (turn.success) return { kind: 'turn', runId: turn.data.runId, error };
  return { kind: 'unknown', error };
}

/** The answer of a function that threw; without one it was never called, or did not answer in time. */
function thrownError(answer: unknown, { condition }: { readonly condition: string }): LetterError {
  const parsed = thrown.safeParse(answer);
  if (!parsed.success || parsed.data.errorMessage === undefined) return { name: condition, message: UNTOLD.message };
  return { name: parsed.data.errorType ?? condition, message: parsed.data.errorMessage };
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html */
function attributeError({ ERROR_CODE: name, ERROR_MESSAGE: message }: Readonly<Record<string, string>>): LetterError {
  return name === undefined && message === undefined ? UNTOLD : { name: name ?? UNTOLD.name, message: message ?? UNTOLD.message };
}

/** "UnresolvedRun: run … is unresolved" */
function spelled(text: string): LetterError {
  const match = /^([A-Za-z][\w.]*): (.*)$/s.exec(text);
  return match === null ? { name: UNTOLD.name, message: text } : { name: match[1] ?? UNTOLD.name, message: match[2] ?? '' };
}
