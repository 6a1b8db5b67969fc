// A symbol where a metric names one.
import * as z from 'zod';
import { STRATEGY_SYMBOL } from './symbol.ts';

const error = 'a symbol such as SPY';

export const symbol = z.string({ error }).regex(STRATEGY_SYMBOL, { error });
