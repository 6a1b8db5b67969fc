// What a process that was killed and started again says in the end: by its documents, and by its exit code.
interface TradeOnRecord {
  readonly symbol: string;
  readonly quantity: string;
  readonly filled: string;
  readonly residual: string;
  readonly code?: string;
  readonly orders: readonly string[];
}

export interface RunOnRecord {
  readonly ending: string;
  readonly trades: readonly TradeOnRecord[];
}

export interface KilledDay {
  readonly runs: readonly RunOnRecord[];
  /** "id filled status" of every order that the exchange ever accepted. */
  readonly orders: readonly string[];
  readonly cash: string;
}

/** The engine gave up, and wants to be started again. */
export const GAVE_UP = 3;
