// What every request passes: its id, the keys, the rate limit; then time is let pass up to now.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type EpochMs, MINUTE_MS } from '../../shared/core/values/time.ts';
import { deriveUuid } from '../matching/chance.ts';
import type { TradingDesk } from './trading-desk.ts';

export function guardGate(app: FastifyInstance, desk: TradingDesk): void {
  const { account, clock, requestsPerMinute } = desk;
  const admitted: EpochMs[] = [];
  let requests = 0;

  app.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-ID', deriveUuid('request', desk.book.accountNumber, requests++));
    const { 'apca-api-key-id': keyId, 'apca-api-secret-key': secretKey } = request.headers;
    if (keyId !== account.keyId || secretKey !== account.secretKey) return reply.code(401).send({ message: 'unauthorized.' });

    if (Number.isFinite(requestsPerMinute)) {
      const isWithinLimit = admit(admitted, requestsPerMinute, clock.now());
      tellRate(reply, requestsPerMinute, admitted);
      if (!isWithinLimit) return reply.code(429).send({ message: 'too many requests.' });
    }
    desk.advance();
    return undefined;
  });
}

/** Counts the request among those of the last minute, if there is room. */
function admit(admitted: EpochMs[], limit: number, now: EpochMs): boolean {
  while (admitted[0] !== undefined && admitted[0] <= now - MINUTE_MS) admitted.shift();
  if (admitted.length >= limit) return false;
  admitted.push(now);
  return true;
}

/** The trading API says how much is left; the data API does not. */
function tellRate(reply: FastifyReply, limit: number, admitted: readonly EpochMs[]): void {
  reply.header('X-RateLimit-Limit', limit);
  reply.header('X-RateLimit-Remaining', limit - admitted.length);
  reply.header('X-RateLimit-Reset', Math.ceil(((admitted[0] ?? 0) + MINUTE_MS) / 1000));
}
