// How long a price step is given to fill. A price that wanders like a Brownian motion of variance σ² a second first
// leaves the band of ±h around it after h²/σ² seconds on average (the expected exit time from an interval). With h half
// the spread, that is when the market itself can be expected to have come to the other side: in a wide, calm market
// waiting may save the spread, in a narrow, lively one the order only falls behind.
import { midOf, type Quote } from '../market/quote.ts';
import { divide } from '../values/rounding.ts';
import { type Ppm, WHOLE } from '../values/weight.ts';
import type { ExecutionRules } from './rules.ts';

/** The wait of the file is given in eighths of itself, from half of it to twice. */
const EIGHTHS_MIN = 4;
const EIGHTHS_MAX = 16;
/** The 6.5 hours of a regular session, over which a day's variance is spread. The night's part of it makes waits shorter. */
const SESSION_MS = 23_400_000n;

/**
 * Milliseconds: the fewest eighths of the file's wait that reach the expected exit time. The last step is given the
 * longest wait: no better price comes after it, so there is nothing to hurry for.
 * @param quote one that may be traded on. Without it, or without a volatility, the file's wait counts.
 * @param volatility standard deviation of daily returns.
 */
export function pegWaitOf(
  peg: number,
  quote: Quote | undefined,
  volatility: Ppm | undefined,
  { pegWaitMs, pegsMax }: Pick<ExecutionRules, 'pegWaitMs' | 'pegsMax'>,
): number {
  if (peg + 1 >= pegsMax) return (pegWaitMs * EIGHTHS_MAX) / 8;
  if (quote === undefined || volatility === undefined) return pegWaitMs;
  const halfSpread = divide((quote.ask - quote.bid) * WHOLE, 2n * midOf(quote), 'half-even');
  const exitBy = (ms: number): boolean => halfSpread * halfSpread * SESSION_MS <= volatility * volatility * BigInt(ms);
  let eighths = EIGHTHS_MIN;
  while (eighths < EIGHTHS_MAX && !exitBy(Math.ceil((pegWaitMs * eighths) / 8))) eighths += 1;
  return Math.ceil((pegWaitMs * eighths) / 8);
}
