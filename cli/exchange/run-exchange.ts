// Starts the local exchange and keeps it until Ctrl-C.
import { runningClock, virtualClock } from '../../exchange/clock.ts';
import { ReplayError } from '../../exchange/market/line-over-prices.ts';
import { ExchangeStartError } from '../../exchange/server.ts';
import { newYorkInstant } from '../../shared/core/market/new-york-time.ts';
import { sessionOn } from '../../shared/core/market/nyse-calendar.ts';
import { type LocalExchange, startLocalExchange } from '../../shared/wiring/local-exchange.ts';
import { CommandFailure } from '../failure.ts';
import { cashOption, clockOption, dateOption, portOption, seedOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import { readPrices } from '../price-folders.ts';

export interface ExchangeCommandOptions {
  readonly prices: readonly string[];
  readonly date: string;
  readonly time: string;
  readonly port: string;
  readonly cash: string;
  readonly seed: string;
  readonly still?: boolean;
}

const SPREAD_BPS = 4;
/** Printed and meant to be: they open nothing but this process, which listens on the loopback only. */
const CREDENTIALS = { keyId: 'LOCAL-EXCHANGE-KEY', secretKey: 'local-exchange-secret' };

/** @throws CommandFailure: exit 2 for bad options or prices, exit 1 when it cannot listen. */
export async function runExchange(options: ExchangeCommandOptions, output: Output): Promise<void> {
  const start = startOf(options);
  const exchange = await openExchange(options, start);
  const { url } = exchange;
  // Before anything is said: whoever reads the address may end us at once.
  const ended = interrupted();
  const symbols = exchange.market.assets().map(({ symbol }) => symbol);
  output.result(
    { url, ...CREDENTIALS, time: new Date(start).toISOString(), isStill: options.still === true, symbols },
    [
      `Exchange at ${url} (trading, market data and control), ${symbols.length} symbols, time begins ${new Date(start).toISOString()}${options.still === true ? ' and stands still' : ''}.`,
      `APCA-API-KEY-ID ${CREDENTIALS.keyId}, APCA-API-SECRET-KEY ${CREDENTIALS.secretKey}`,
    ].join('\n'),
  );
  await ended;
  await exchange.close();
}

function startOf({ date: dateText, time }: ExchangeCommandOptions): number {
  const date = dateOption('--date', dateText);
  if (date === undefined || sessionOn(date) === undefined)
    throw new CommandFailure('usage', `--date ${dateText}: the exchange was closed that day`, { exitCode: 2 });
  const { hour, minute } = clockOption('--time', time);
  return newYorkInstant(date, hour, minute);
}

async function openExchange(options: ExchangeCommandOptions, start: number): Promise<LocalExchange> {
  const series = readPrices(options.prices);
  const ended = series.every(({ bars }) => (bars.at(-1)?.date ?? '') < options.date);
  if (ended) throw new CommandFailure('bad-input', `no prices reach ${options.date}`, { exitCode: 2 });
  try {
    return await startLocalExchange({
      series,
      clock: options.still === true ? virtualClock(start) : runningClock(start),
      cash: cashOption(options.cash),
      seed: seedOption(options.seed),
      spreadBps: SPREAD_BPS,
      accountNumber: 'LOCAL0001',
      credentials: CREDENTIALS,
      port: portOption(options.port),
      // A minute that never ends would use up the broker's limit for good.
      requestsPerMinute: options.still === true ? Number.POSITIVE_INFINITY : undefined,
    });
  } catch (error) {
    if (error instanceof ExchangeStartError) throw new CommandFailure(error.code, error.message, { exitCode: 1, cause: error });
    if (error instanceof ReplayError) throw new CommandFailure('bad-prices', error.message, { exitCode: 2, cause: error });
    throw error;
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    // Not once: the launcher passes on what the terminal has signalled already.
    process.on('SIGINT', () => resolve());
    process.on('SIGTERM', () => resolve());
  });
}
