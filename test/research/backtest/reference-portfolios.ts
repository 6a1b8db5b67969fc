// The classic portfolios of the reference, as files. Their conventions: decided on the closes of the last session of each
// month and held from that close on, so the close stands for a live quote; any distance is traded; nothing is kept back.

const FILE = (name: string, strategy: string, options = '') => `portfolio: ${name}
account: { name: ${name} }
schedules:
  monthly: { at: close-25m, every: month, on: last, band: { absolute: 0% } }
cash-reserve: 0%
minimum-trade: 1 USD
shares: fractional
limits: { position: 100%, turnover: 100% }
sleeves:
  core:
    capital: 100%
    decide-on: live-quote
${options}    strategy:
${strategy.replace(/^/gm, '      ')}
`;

export const SIXTY_FORTY = FILE('sixty-forty', 'specified: { SPY: 60%, IEF: 40% }');

export const GOLDEN_BUTTERFLY = FILE('golden-butterfly', 'equal: [SHY, TLT, VTI, IWN, GLD]');

export const ALL_WEATHER = FILE('all-weather', 'specified: { SPY: 30%, TLT: 40%, IEF: 15%, GLD: 7.5%, DBC: 7.5% }');

const aboveMean = (symbol: string) => `  - if:
      when: { gte: [{ monthly: { current-price: ${symbol} } }, { monthly: { moving-average-price: [${symbol}, 10] } }] }
      then: ${symbol}
      else: cash`;

/** Trends are of closes without dividends, returns of closes with them. */
export const IVY = FILE(
  'ivy',
  `equal:\n${['VTI', 'VEU', 'VNQ', 'AGG', 'DBC'].map(aboveMean).join('\n')}`,
  '    options: { prices: split-adjusted }\n',
);

export const TREND_FRIENDS = ['IEF', 'BWX', 'DBC', 'EEM', 'EWJ', 'SPY', 'RWO', 'VNQ', 'EFA'];

/** Shares by the calm of a year of returns with dividends … */
export const TREND_FRIEND = FILE('trend-friend', `inverse-volatility: { window: 252, of: [${TREND_FRIENDS}] }`);

/** … of which those go to cash whose close, without dividends, is not above its mean of twelve months. */
export const TREND_FRIEND_GATES = FILE(
  'trend-friend-gates',
  `equal:\n${TREND_FRIENDS.map((symbol) => aboveMean(symbol).replace('gte', 'gt').replace(', 10]', ', 12]')).join('\n')}`,
  '    options: { prices: split-adjusted }\n',
);
