// Dead letters of every hop, as they come out of their queues, decoded and explained.
import { describe, expect, it } from 'vitest';
import { letterDocument } from '../../cli/dlq/letter-document.ts';
import { readDeadLetter } from '../../shared/contracts/dead-letter.ts';

const RUN = 'sixty-forty/2026-11-30/monthly';
const EVENT = { portfolio: 'sixty-forty', schedule: 'monthly', scheduledTime: '2026-11-30T20:35:00Z' };

/** As a Lambda destination writes it when a function that was called without waiting has failed for good. */
const destination = (requestPayload: unknown, responsePayload?: unknown, condition = 'RetriesExhausted') =>
  JSON.stringify({
    version: '1.0',
    timestamp: '2026-11-30T20:40:00Z',
    requestContext: { requestId: 'r', functionArn: 'arn', condition, approximateInvokeCount: 3 },
    requestPayload,
    responseContext: { statusCode: 200, executedVersion: '1', functionError: 'Unhandled' },
    ...(responsePayload === undefined ? {} : { responsePayload }),
  });

/** As the state machine writes it: the cause of a failing function is JSON in a text. */
const caught = (errorType: string, errorMessage: string) =>
  JSON.stringify({
    runId: RUN,
    failure: { Error: errorType, Cause: JSON.stringify({ errorType, errorMessage, trace: [] }) },
    execution: 'arn:execution',
  });

const told = (hop: string, body: string, attributes = {}) => letterDocument({ id: 'abcdef0123', hop, sentAt: 0, body, attributes });

describe('a dead letter', () => {
  it('of the state machine names the run, the error behind the catch, and its execution', () => {
    expect(readDeadLetter(caught('BrokerError', 'GET /v2/account answered 503'))).toEqual({
      kind: 'turn',
      runId: RUN,
      error: { name: 'BrokerError', message: 'GET /v2/account answered 503' },
      execution: 'arn:execution',
    });
    expect(readDeadLetter(JSON.stringify({ runId: RUN, failure: { Error: 'States.Timeout' } }))).toMatchObject({
      error: { name: 'States.Timeout', message: 'the hop before left no error' },
    });
    expect(readDeadLetter(JSON.stringify({ runId: RUN, failure: { Error: 'Lambda.Unknown', Cause: 'not JSON' } }))).toMatchObject({
      error: { name: 'Lambda.Unknown', message: 'not JSON' },
    });
  });

  it('of a function names its event and what it threw', () => {
    const answer = { errorType: 'OutsideError', errorMessage: 'secret evenkeel/paper/main does not exist' };
    expect(readDeadLetter(destination(EVENT, answer))).toEqual({
      kind: 'event',
      event: EVENT,
      error: { name: 'OutsideError', message: answer.errorMessage },
    });
    expect(readDeadLetter(destination(EVENT, undefined, 'EventAgeExceeded'))).toMatchObject({
      kind: 'event',
      error: { name: 'EventAgeExceeded' },
    });
    expect(readDeadLetter(destination({ runId: RUN }, answer))).toMatchObject({ kind: 'turn', runId: RUN });
  });

  it('of the scheduler is the event, with the error beside it', () => {
    const attributes = { ERROR_CODE: 'Lambda.TooManyRequestsException', ERROR_MESSAGE: 'Rate exceeded' };
    expect(readDeadLetter(JSON.stringify(EVENT), attributes)).toEqual({
      kind: 'event',
      event: EVENT,
      error: { name: 'Lambda.TooManyRequestsException', message: 'Rate exceeded' },
    });
  });

  it.each(['', 'garbage', '[]', 'null', '{"runId": 5}', destination({ hello: 'world' })])(
    'that is no event of ours is told as that: %s',
    (body) => {
      expect(readDeadLetter(body)).toMatchObject({ kind: 'unknown' });
      expect(told('signal', body)).toMatchObject({ runId: null, explanation: { what: expect.stringContaining('no event of ours') } });
    },
  );

  it('names the run that its event was meant to start', () => {
    expect(told('schedule', JSON.stringify(EVENT))).toMatchObject({
      runId: RUN,
      scheduledTime: EVENT.scheduledTime,
      explanation: { next: `npx evenkeel redrive ${RUN}` },
    });
  });

  it.each<[string, string, string, string]>([
    ['OutsideError', 'secret evenkeel/paper/main does not exist', 'is missing', 'secrets set'],
    ['OutsideError', 'secret evenkeel/paper/main is empty', 'empty or malformed', 'secrets set'],
    ['BrokerError', 'GET /v2/account answered 401', 'refused the keys', 'secrets check'],
    ['OtherAccount', `run ${RUN} was planned for account PA1, and the broker answers for PA2`, 'for another account', 'Put the keys'],
    ['BrokerError', 'GET /v2/positions timed out', 'did not answer', 'status page'],
    ['Error', 'no portfolio sixty-forty, there are: calm', 'was removed while a run of it was open', 'Put its file back'],
    ['UnreadableRecord', 'run record has schema version 2, this release reads 1', 'of another release', 'rollback'],
    ['StoreError', 'saving run: AccessDeniedException (unauthorized)', 'table or the bucket', 'status'],
    ['Sandbox.Timedout', 'RequestId: 1 Error: Task timed out after 60.00 seconds', 'ran out of time', 'logs RUN'],
    ['TypeError', 'x is not a function', 'no entry here', ''],
  ])('of %s (%s) is explained', (name, message, what, mend) => {
    const { explanation } = told('execution', caught(name, message));
    expect(explanation.what).toContain(what);
    expect(explanation.mend ?? '').toContain(mend);
    expect(explanation.safety).toContain('Orders may be out');
    expect(explanation.next).toBe(`npx evenkeel redrive ${RUN}`);
  });

  it('shows nothing that looks like a key', () => {
    const key = 'PKABCDEFGHIJKLMNOPQR';
    const document = told('execution', caught('BrokerError', `the key ${key} was refused`));
    expect(JSON.stringify(document)).not.toContain(key);
  });
});
