// The names under which the risk review denies: a closed list in the order of the ladder, the first that matches wins.

export const DENIAL_CODES = [
  'account-blocked',
  'breaker-stopped',
  'breaker-restricted',
  'orders-max',
  'session-orders',
  'order-notional-max',
  'order-shares-max',
  'volume-unknown',
  'volume-max',
  'close-unknown',
  'price-move',
  'wash-trade',
  'day-trade',
  'short-position',
  'short-max',
  'position-max',
  'group-max',
  'cluster-max',
  'gross-exposure',
  'net-exposure',
  'day-turnover',
  'buying-power',
  'margin-buffer',
  'stress-unknown',
  'stress-max',
] as const;
export type DenialCode = (typeof DENIAL_CODES)[number];

/** Those that are asked again before every submission, and then end the leg as a residual; `arrival-collar` is asked there alone. */
export const SUBMISSION_DENIAL_CODES = [
  'breaker-stopped',
  'breaker-restricted',
  'session-orders',
  'order-notional-max',
  'order-shares-max',
  'arrival-collar',
  'price-move',
  'wash-trade',
  'position-max',
  'group-max',
  'margin-buffer',
] as const;
export type SubmissionDenialCode = (typeof SUBMISSION_DENIAL_CODES)[number];

/** What decided, in the words of a person. */
export type Figures = Readonly<Record<string, string>>;

export interface Denied<Code extends string = DenialCode> {
  readonly kind: 'denied';
  readonly code: Code;
  readonly figures: Figures;
}

export type RiskReview = { readonly kind: 'approved' } | Denied;

export function denied<Code extends string>(code: Code, figures: Figures): Denied<Code> {
  return { kind: 'denied', code, figures };
}
