// A failing outside world, told apart by the one thing that matters: may the request have had an effect?

/** `none`: certainly nothing happened. `unknown`: the request may have landed. */
export type Effect = 'none' | 'unknown';

/** Thrown by adapters. Never carries a credential, a request header or a request body. */
export class OutsideError extends Error {
  override readonly name: string = 'OutsideError';
  readonly effect: Effect;
  /** Short machine-readable word: `timeout`, `connection`, `http-503`, `rate-limited`, `unauthorized`, `bad-answer`, `breaker-open`, … */
  readonly code: string;
  /** The outside system's own id of the exchange (X-Request-ID), for its support. */
  readonly requestId: string | undefined;

  constructor(message: string, details: { effect: Effect; code: string; requestId?: string | undefined; cause?: unknown }) {
    super(message, { cause: details.cause });
    this.effect = details.effect;
    this.code = details.code;
    this.requestId = details.requestId;
  }
}

/** The broker or its market data failed. */
export class BrokerError extends OutsideError {
  override readonly name = 'BrokerError';
}

/** A durable store failed. */
export class StoreError extends OutsideError {
  override readonly name = 'StoreError';
}
