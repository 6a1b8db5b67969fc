// Why a strategy takes its new weights in a run, or that it holds what it has.

export const TURNS = [
  /** The rule is to take the new weights in every run. */
  'every-run',
  /** Nothing is known of an earlier rebalance of this very strategy. */
  'first',
  /** The first run of a new week, month, quarter or year. */
  'period',
  /** A weight has left its corridor. */
  'corridor',
  /** Other branches or candidates than at the last rebalance. */
  'branch',
  /** Not due, but a protective exit was touched: it holds what it has, without that. */
  'exit',
  /** Not due, but a position has gained enough: it holds what it has, and more of that. */
  'tier',
  /** Not due: the weights of the last rebalance, drifted since. */
  'held',
] as const;
export type Turn = (typeof TURNS)[number];

/** A weight that left its corridor and a branch that changed are traded whatever the portfolio's band says, and so are exits. */
export function isForcing(turn: Turn): boolean {
  return turn === 'corridor' || turn === 'branch' || turn === 'exit' || turn === 'tier';
}

/** Whether its targets are the drifted weights of an earlier decision. */
export function isHolding(turn: Turn): boolean {
  return turn === 'held' || turn === 'exit' || turn === 'tier';
}
