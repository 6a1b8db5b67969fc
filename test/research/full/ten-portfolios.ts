// Ten portfolios that differ in what the two modes of a backtest might do differently: how often, in what bands, on whose prices,
// by what rule, with exits, with several sleeves. Nothing is cut into slices: without a spread every trade would be.
const SYMBOLS = ['VTI', 'TLT', 'SHY', 'GLD', 'IWN'];

interface Asked {
  readonly name: string;
  readonly at?: string;
  readonly every?: string;
  readonly on?: string;
  readonly band?: string;
  readonly turnover?: string;
  readonly sleeves: string;
}

function fileOf({ name, at = 'close-25m', every = 'month', on = 'last', band = '{ absolute: 0% }', turnover = '100%', sleeves }: Asked) {
  const schedule =
    every === 'day' ? `{ at: ${at}, every: day, band: ${band} }` : `{ at: ${at}, every: ${every}, on: ${on}, band: ${band} }`;
  return {
    name,
    text: (shares: 'whole' | 'fractional') => `portfolio: ${name}
account: { name: ${name} }
schedules:
  main: ${schedule}
cash-reserve: 1%
minimum-trade: 1 USD
shares: ${shares}
limits:
  position: 100%
  turnover: ${turnover}
  order-notional: 2000000 USD
  volume: 100%
  breaker:
    day-loss: { caution: 30%, restricted: 40%, stopped: 50% }
    drawdown: { caution: 60%, restricted: 70%, stopped: 80% }
execution: { slices: 1 }
sleeves:
${sleeves}
`,
  };
}

const SPECIFIED = 'specified: { VTI: 60%, TLT: 40% }';
const EQUAL = `equal: [${SYMBOLS.join(', ')}]`;
const TOP = (count: number, days: number) => `filter: { top: ${count}, by: { cumulative-return: ${days} }, of: [${SYMBOLS.join(', ')}] }`;

function sleeve(name: string, capital: string, strategy: string, more = ''): string {
  return `  ${name}:\n    capital: ${capital}\n${more}    strategy:\n      ${strategy}`;
}

const LIVE = '    decide-on: live-quote\n';

/** An eleventh, whose sleeve takes new weights in every run and counts from what it held what it may exchange. */
export const SLOWLY_CALMER = fileOf({
  name: 'slowly-calmer',
  sleeves: sleeve('core', '100%', `minimum-cvar: { of: [${SYMBOLS.join(', ')}], window: 40, least: 5%, turnover: 2% }`),
});

export const TEN_PORTFOLIOS = [
  fileOf({ name: 'sixty-forty', sleeves: sleeve('core', '100%', SPECIFIED) }),
  fileOf({ name: 'fifths-live', sleeves: sleeve('core', '100%', EQUAL, LIVE) }),
  fileOf({ name: 'fifths-in-a-band', every: 'day', band: '{ absolute: 1%, relative: 10% }', sleeves: sleeve('core', '100%', EQUAL) }),
  fileOf({ name: 'at-the-open', at: 'open+15m', every: 'week', on: 'first', sleeves: sleeve('core', '100%', SPECIFIED) }),
  fileOf({ name: 'momentum', sleeves: sleeve('core', '100%', TOP(2, 63)) }),
  fileOf({ name: 'momentum-live-weekly', every: 'week', sleeves: sleeve('core', '100%', TOP(1, 21), LIVE) }),
  fileOf({
    name: 'two-sleeves',
    sleeves: `${sleeve('calm', '70%', SPECIFIED)}\n${sleeve('fast', '30%', TOP(1, 42), LIVE)}`,
  }),
  fileOf({ name: 'quarters', every: 'quarter', sleeves: sleeve('core', '100%', EQUAL, '    rebalance: { corridor: 2% }\n') }),
  fileOf({
    name: 'stopped-out',
    every: 'week',
    band: '{ absolute: 2% }',
    sleeves: sleeve('core', '100%', EQUAL, '    rebalance: { every: month }\n    exits: { stop-loss: 4%, re-enter: next-period }\n'),
  }),
  fileOf({ name: 'little-at-a-time', turnover: '5%', sleeves: sleeve('core', '100%', TOP(2, 21)) }),
] as const;
