// Alpaca that refused, or did not answer, in words: what was tried, how often, and what to look at.
import type { ExchangeReport } from '../../shared/adapters/alpaca/options.ts';
import type { BrokerError } from '../../shared/ports/outside-error.ts';
import { CommandFailure } from '../failure.ts';
import { visibleText } from '../visible-text.ts';
import { KEY_NAMES } from './alpaca-keys.ts';

/** @param exchanges every request that was made, in order. */
export function alpacaFailure(error: BrokerError, host: string, feed: string, exchanges: readonly ExchangeReport[]): CommandFailure {
  const [code, message] = saying(error, host, feed, exchanges);
  return new CommandFailure(code, message, { exitCode: 1, cause: error });
}

function saying(error: BrokerError, host: string, feed: string, exchanges: readonly ExchangeReport[]): readonly [string, string] {
  const told = visibleText(error.message, 300);
  if (error.code === 'unauthorized')
    return ['broker-refused', `${host} refused the keys in ${KEY_NAMES} (401); a key and its secret belong together, and to one account`];
  if (error.code === 'http-403')
    return ['broker-refused', `${host} refused: ${told}; the keys in ${KEY_NAMES} may not read these prices, or not from the feed ${feed}`];
  if (error.code.startsWith('http-4')) return ['broker-refused', `${host} refused: ${told}`];
  if (error.code === 'bad-answer') return ['broker-answer', `${host} cannot be understood: ${told}`];
  const why = causeCode(error);
  return ['broker-unreachable', `no prices from ${host}: ${told}${why === undefined ? '' : ` (${why})`}; tried ${triesText(exchanges)}`];
}

/** How often the last thing was asked for in vain. */
function triesText(exchanges: readonly ExchangeReport[]): string {
  const answered = exchanges.findLastIndex(({ status }) => status !== undefined && status < 300);
  const tries = exchanges.length - 1 - answered;
  return tries === 1 ? 'once' : `${tries} times`;
}

/** The system's own word: ECONNREFUSED, ENOTFOUND. */
function causeCode(error: Error): string | undefined {
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return undefined;
}
