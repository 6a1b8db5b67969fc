// What a test or a person tells the exchange to do. Not part of Alpaca's interface, and never faulty itself.
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import * as z from 'zod';
import { ClockError, type ExchangeClock } from '../clock.ts';
import type { FaultDesk } from '../faults/fault-book.ts';
import { faultRequest } from './fault-request.ts';

export interface ControlOptions {
  readonly faults: FaultDesk;
  readonly clock: ExchangeClock;
  /** Lets everything happen that is due by now: a fault that is armed or lifted counts from now on, not for the past. */
  readonly advance: () => void;
}

const clockRequest = z
  .strictObject({
    now: z.iso.datetime({ offset: true, error: 'expected an instant such as 2020-01-02T15:00:00Z' }).exactOptional(),
    advanceMs: z.int('expected whole milliseconds').min(0, 'expected at least 0: time does not go back').exactOptional(),
  })
  .refine(({ now, advanceMs }) => (now === undefined) !== (advanceMs === undefined), 'expected either now or advanceMs');

const faultQuery = z.strictObject({ id: z.coerce.number().int().min(1).optional() });

/** The last session of 2030 has no next one: from here on the exchange could not say when it opens. */
const CALENDAR_ENDS = Date.UTC(2030, 11, 31);

export const controlRoutes: FastifyPluginAsync<ControlOptions> = async (app, { faults, clock, advance }) => {
  const clockAnswer = () => ({ now: new Date(clock.now()).toISOString(), kind: clock.kind });

  app.get('/control/v1/faults', async () => ({ faults: faults.list() }));

  app.post('/control/v1/faults', async (request, reply) => {
    const asked = faultRequest.safeParse(request.body);
    if (!asked.success) return refuse(reply, asked.error);
    advance();
    return reply.code(201).send(faults.arm(asked.data));
  });

  app.delete('/control/v1/faults', async (request, reply) => {
    const asked = faultQuery.safeParse(request.query);
    if (!asked.success) return refuse(reply, asked.error);
    advance();
    const cleared = faults.clear(asked.data.id);
    if (cleared === 0 && asked.data.id !== undefined) return reply.code(404).send({ message: `no fault ${asked.data.id} is armed` });
    return { cleared };
  });

  app.get('/control/v1/clock', async () => clockAnswer());

  app.post('/control/v1/clock', async (request, reply) => {
    const asked = clockRequest.safeParse(request.body);
    if (!asked.success) return refuse(reply, asked.error);
    const to = asked.data.now === undefined ? clock.now() + (asked.data.advanceMs ?? 0) : Date.parse(asked.data.now);
    if (to >= CALENDAR_ENDS)
      return reply.code(422).send({ message: `the calendar of the exchange ends before ${new Date(to).toISOString()}` });
    try {
      moveClock(clock, asked.data);
    } catch (error) {
      if (!(error instanceof ClockError)) throw error;
      return reply.code(409).send({ message: error.message });
    }
    return clockAnswer();
  });
};

function moveClock(clock: ExchangeClock, { now, advanceMs = 0 }: z.output<typeof clockRequest>): void {
  if (now === undefined) clock.advance(advanceMs);
  else clock.set(Date.parse(now));
}

function refuse(reply: FastifyReply, error: z.ZodError): FastifyReply {
  const problems = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  return reply.code(422).send({ message: 'cannot do that', problems });
}
