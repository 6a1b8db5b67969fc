// Faults of the wire, shown around whatever routes are there: before a request takes effect, or after.
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultDesk } from './fault-book.ts';

/** Puts the faults around every route that is registered on `app` or below it, whenever that happens. */
export function showHttpFaults(app: FastifyInstance, faults: FaultDesk, isDataPath: (path: string) => boolean): void {
  app.addHook('onRequest', async (request, reply) => {
    const asked = { method: request.method, path: pathOf(request) };
    const latency = faults.takeFor('latency', asked);
    if (latency !== undefined) await sleep(latency.ms ?? 0);
    if (faults.takeFor('drop-connection', asked) !== undefined) return drop(request, reply);
    if (faults.takeFor('too-many-requests', asked) !== undefined) return refuseForNow(reply, isDataPath(asked.path));
    const broken = faults.takeFor('server-error', asked);
    if (broken !== undefined) return fail(reply, broken.status ?? 500);
    return undefined;
  });

  // The handler has run by now, so an order may exist: exactly what makes these two faults worth having.
  // An answer that is already a refusal took no effect and is left alone.
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode >= 300) return payload;
    const asked = { method: request.method, path: pathOf(request) };
    if (faults.takeFor('drop-after-acceptance', asked) !== undefined) {
      request.raw.socket.destroy();
      return payload;
    }
    if (faults.takeFor('error-after-acceptance', asked) === undefined) return payload;
    reply.code(500).type('application/json; charset=utf-8').removeHeader('content-length');
    return JSON.stringify({ code: 50_010_001, message: 'internal server error occurred' });
  });
}

function drop(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

/** The trading API says when its budget is renewed; the data API says nothing. */
function refuseForNow(reply: FastifyReply, isData: boolean): FastifyReply {
  if (!isData) reply.headers({ 'x-ratelimit-limit': '200', 'x-ratelimit-remaining': '0' });
  return reply.code(429).send({ message: 'too many requests.' });
}

/** Only 500 comes from the application; the others come from what stands before it, and are not JSON. */
function fail(reply: FastifyReply, status: number): FastifyReply {
  if (status === 500) return reply.code(500).send({ code: 50_010_000, message: 'internal server error occurred' });
  const page = `<html><head><title>${status}</title></head><body><center><h1>${status}</h1></center></body></html>`;
  return reply.code(status).type('text/html').send(page);
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? request.url;
}
