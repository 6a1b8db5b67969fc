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

/** What the closes of a fund without its dividends are called, beside those with them. */
export const withoutDividends = (symbol: string): string => `${symbol}.X`;

const isAboveItsMean = (symbol: string) =>
  `{ gt: [{ monthly: { current-price: ${symbol} } }, { monthly: { moving-average-price: [${symbol}, 12] } }] }`;

/**
 * Shares by the calm of a year of returns with dividends, of which those go to cash whose close without dividends is not above its
 * mean of twelve months; as in the reference, where nothing is above its mean, nothing goes to cash.
 */
export const TREND_FRIEND = FILE(
  'trend-friend',
  `if:
  when: { any: [${TREND_FRIENDS.map((symbol) => isAboveItsMean(withoutDividends(symbol))).join(', ')}] }
  then:
    inverse-volatility:
      window: 252
      of:
${TREND_FRIENDS.map((symbol) => `        - stand-in: { for: ${symbol}, of: { if: { when: ${isAboveItsMean(withoutDividends(symbol))}, then: ${symbol}, else: cash } } }`).join('\n')}
  else:
    inverse-volatility: { window: 252, of: [${TREND_FRIENDS}] }`,
);
