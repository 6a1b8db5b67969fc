// The broker's clock over Alpaca's trading API.
import { clockJson } from '../../contracts/alpaca/trading.ts';
import type { BrokerClock } from '../../ports/broker-clock.ts';
import { contentOf } from './answers.ts';
import { alpacaHost } from './host.ts';
import type { AlpacaOptions } from './options.ts';

export function alpacaClock(options: AlpacaOptions): BrokerClock {
  const host = alpacaHost(options.tradingUrl, options);
  return { read: async () => contentOf(await host.get('/v2/clock'), clockJson, 'none').timestamp };
}
