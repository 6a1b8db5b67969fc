// Requests that cannot be read, and everything unexpected, in the broker's words.
import type { FastifyError, FastifyInstance } from 'fastify';
import * as z from 'zod';

export function answerErrors(app: FastifyInstance): void {
  // Clients name a content type on DELETE too, with no body behind it.
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    try {
      done(null, JSON.parse(body.toString()));
    } catch (cause) {
      done(new UnreadableBody('the request body is not JSON', { cause }), undefined);
    }
  });

  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof z.ZodError) return reply.code(422).send({ code: 40010001, message: messageOf(error) });
    if (error instanceof UnreadableBody || (error.statusCode !== undefined && error.statusCode < 500)) {
      return reply.code(error.statusCode ?? 400).send({ code: 40010000, message: 'request body format is invalid' });
    }
    request.log.error({ err: error }, 'a request failed in the exchange');
    return reply.code(500).send({ code: 50010000, message: 'internal server error occurred' });
  });
}

class UnreadableBody extends Error {}

/** Messages of our own stand alone; zod's need the field they speak of. */
function messageOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'request is invalid';
  return issue.code === 'custom' || issue.path.length === 0 ? issue.message : `invalid ${issue.path.join('.')}: ${issue.message}`;
}
