// The exchange as one HTTP server on the loopback: trading, market data, faults and control under one origin.
import { type FastifyInstance, type FastifyPluginAsync, fastify } from 'fastify';
import type { ExchangeClock } from './clock.ts';
import { controlRoutes } from './control/control-routes.ts';
import type { FaultDesk } from './faults/fault-book.ts';
import { showHttpFaults } from './faults/http-faults.ts';
import { type MarketDataOptions, marketDataRoutes } from './market-data/market-data-routes.ts';

export interface ExchangeOptions extends Omit<MarketDataOptions, 'faults' | 'now'> {
  /** 0 takes any free port. */
  readonly port: number;
  /** The routes of the trading API, with whatever they need already bound. */
  readonly trading: FastifyPluginAsync;
  readonly faults: FaultDesk;
  readonly clock: ExchangeClock;
  /** Lets everything happen on the trading side that is due by now; called before a fault is armed or lifted. */
  readonly advance: () => void;
}

export interface RunningExchange {
  /** "http://127.0.0.1:4010"; the trading API, the data API and the control endpoint are all below it. */
  readonly url: string;
  readonly port: number;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** The exchange could not listen. */
export class ExchangeStartError extends Error {
  override readonly name = 'ExchangeStartError';
  readonly code: 'port-in-use' | 'port-forbidden' | 'port-invalid' | 'cannot-listen';

  constructor(code: ExchangeStartError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** Never anything else: whoever reaches this server can trade and move its time. */
const HOST = '127.0.0.1';

/** @throws ExchangeStartError */
export async function startExchange({ port, trading, faults, clock, advance, ...data }: ExchangeOptions): Promise<RunningExchange> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ExchangeStartError('port-invalid', `port ${port} does not exist, expected 0 to 65535`);
  }
  const app = fastify({ forceCloseConnections: true, keepAliveTimeout: 72_000 });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 40_410_000, message: 'endpoint not found.' }));
  // Faults belong to the two APIs; the control endpoint stands outside, so that a fault can always be cleared.
  await app.register(async (apis) => {
    showHttpFaults(apis, faults, isDataPath);
    await apis.register(trading);
    await apis.register(marketDataRoutes, { ...data, faults, now: () => clock.now() });
  });
  await app.register(controlRoutes, { faults, clock, advance });
  const url = await listen(app, port);
  return { url, port: Number(new URL(url).port), close: () => app.close() };
}

function isDataPath(path: string): boolean {
  return path.startsWith('/v2/stocks/') || path.startsWith('/v1/corporate-actions');
}

async function listen(app: FastifyInstance, port: number): Promise<string> {
  try {
    return await app.listen({ host: HOST, port });
  } catch (error) {
    await app.close();
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new ExchangeStartError('port-in-use', `port ${port} on ${HOST} is in use: stop what listens there, or choose another`, error);
    }
    if (code === 'EACCES') throw new ExchangeStartError('port-forbidden', `port ${port} needs rights that this user does not have`, error);
    throw new ExchangeStartError('cannot-listen', `cannot listen on ${HOST}:${port}`, error);
  }
}
