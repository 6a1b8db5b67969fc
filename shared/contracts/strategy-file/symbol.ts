// The symbols that a strategy may speak of: what the broker trades, and a crypto pair by the name of its price file.

import { NAME_PATTERN } from '../../core/values/identity.ts';

/** "SPY", "BRK.B", "BTCUSD". */
export const STRATEGY_SYMBOL = /^(?:[A-Z]{1,6}(?:\.[A-Z]{1,2})?|[A-Z0-9]{2,10}USD)$/;

/** A symbol, or what a construction calls a strategy of its list by. */
export const SYMBOL_OR_NAME = new RegExp(`${STRATEGY_SYMBOL.source}|${NAME_PATTERN.source}`);
