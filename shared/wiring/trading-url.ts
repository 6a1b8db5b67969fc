// Where the broker trades play money and real money: two hosts, and keys of the one are unknown to the other.
export const TRADING_URL = { paper: 'https://paper-api.alpaca.markets', live: 'https://api.alpaca.markets' } as const;
