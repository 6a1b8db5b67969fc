// The symbols that a strategy may speak of: what the broker trades, and a crypto pair by the name of its price file.

/** "SPY", "BRK.B", "BTCUSD". */
export const STRATEGY_SYMBOL = /^(?:[A-Z]{1,6}(?:\.[A-Z]{1,2})?|[A-Z0-9]{2,10}USD)$/;
