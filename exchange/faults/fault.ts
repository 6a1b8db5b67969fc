// The faults that the exchange can be told to show, each a value that is armed, taken once per count and logged.

export type FaultKind =
  /** The answer comes `ms` late. */
  | 'latency'
  /** 500 after the request took effect. */
  | 'error-after-acceptance'
  /** The connection drops after the request took effect. */
  | 'drop-after-acceptance'
  /** The connection drops before the request takes effect. */
  | 'drop-connection'
  | 'too-many-requests'
  /** `status` (500, 502, 503, 504) before the request takes effect. */
  | 'server-error'
  /** The next fill of the symbol is a part of the order. */
  | 'partial-fill'
  /** A canceled order fills before the cancel takes effect. */
  | 'fill-after-cancel'
  /** The next order of the symbol is rejected after it was accepted. */
  | 'reject'
  /** The symbol does not trade. */
  | 'halt'
  | 'stale-quote'
  | 'crossed-quote'
  | 'zero-quote'
  /** The calendar endpoint answers another close, or no session, for `date`. */
  | 'calendar-disagrees';

export interface Fault {
  readonly kind: FaultKind;
  /** Only for this symbol; left out, for any. */
  readonly symbol?: string;
  /** Only for requests of this method and path prefix ("POST /v2/orders"); HTTP faults only. */
  readonly route?: string;
  /** How often it shows; left out, until cleared. */
  readonly count?: number;
  readonly ms?: number;
  readonly status?: number;
  readonly date?: string;
}

/** What the parts of the exchange ask before they act. Taking a counted fault uses it up by one. */
export interface FaultBook {
  take(kind: FaultKind, symbol?: string): Fault | undefined;
  /** Without using it up: for faults that last, such as a halt. */
  peek(kind: FaultKind, symbol?: string): Fault | undefined;
}
