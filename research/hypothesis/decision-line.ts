// A decision as one line: what two of them are compared by.
import type { SleeveDecisions } from '../backtest/sleeve-decisions.ts';

/** Weights in parts per million, in the order of their symbols. */
export function lineOf(decision: ReturnType<SleeveDecisions['decide']>): string {
  if (decision.kind === 'undefined') return 'undefined';
  return decision.targets.weights
    .map(({ symbol, weight }) => `${symbol} ${weight}`)
    .sort()
    .join(', ');
}
