// A host behind its breaker: reads are repeated within a bound of time, anything else is sent once.
import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { BrokerError } from '../../ports/outside-error.ts';
import { exchangeOnce, type HttpAnswer, type HttpExchangeOptions, type HttpRequest } from './http-exchange.ts';
import type { ResilienceRules } from './options.ts';

export interface Host {
  get(path: string, query?: Readonly<Record<string, string>>): Promise<HttpAnswer>;
  /** Never repeated. */
  sendOnce(request: HttpRequest & { readonly method: 'POST' | 'DELETE' }): Promise<HttpAnswer>;
}

export interface HostOptions extends HttpExchangeOptions {
  readonly rules: ResilienceRules;
  readonly random: () => number;
}

/**
 * A request refused by the open breaker throws BrokerError `breaker-open`, effect `none`.
 * The breaker is this object's own: one host, one object.
 */
export function resilientHost(options: HostOptions): Host {
  const { rules } = options;
  const breaker = circuitBreaker(handleWhen(speaksAgainstTheHost), {
    breaker: new ConsecutiveBreaker(rules.breakerFailures),
    halfOpenAfter: rules.breakerOpenMs,
  });

  async function exchange(request: HttpRequest): Promise<HttpAnswer> {
    try {
      return await breaker.execute(() => exchangeOnce(request, options));
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw new BrokerError(`${request.method} ${request.path} was not sent: ${options.origin.host} keeps failing`, {
        effect: 'none',
        code: 'breaker-open',
        cause: error,
      });
    }
  }

  return {
    get: (path, query = {}) => retryWithin(rules, options.random, () => exchange({ method: 'GET', path, query })),
    sendOnce: exchange,
  };
}

function retryWithin<T>(rules: ResilienceRules, random: () => number, read: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const remainingMs = (): number => rules.retryMs - (performance.now() - startedAt);
  const policy = retry(
    handleWhen((error) => isWorthRetrying(error) && remainingMs() > 0),
    {
      maxAttempts: rules.retriesMax,
      backoff: new ExponentialBackoff<number>({
        initialDelay: rules.delayMsFirst,
        maxDelay: rules.delayMsMax,
        generator: (previous) => {
          const delay = decorrelatedDelay(previous, rules, random());
          return [Math.min(delay, Math.max(0, remainingMs())), delay];
        },
      }),
    },
  );
  return policy.execute(read);
}

/**
 * Uniform between the first delay and three times the one before, capped: it grows as an exponential, yet two
 * callers that failed together do not return together.
 * Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
function decorrelatedDelay(previous: number | undefined, rules: ResilienceRules, chance: number): number {
  const widest = (previous ?? rules.delayMsFirst) * 3;
  return Math.min(rules.delayMsMax, rules.delayMsFirst + chance * (widest - rules.delayMsFirst));
}

/** A host that answers, if only to refuse or to slow us down, is alive. */
function speaksAgainstTheHost(error: unknown): boolean {
  return error instanceof BrokerError && (isTransport(error) || isServerError(error));
}

function isWorthRetrying(error: unknown): boolean {
  return error instanceof BrokerError && (isTransport(error) || isServerError(error) || error.code === 'rate-limited');
}

function isTransport(error: BrokerError): boolean {
  return error.code === 'timeout' || error.code === 'connection';
}

function isServerError(error: BrokerError): boolean {
  return error.code.startsWith('http-5');
}
