// Every kind of fault that a simulated day knows, by the name under which it is counted when it strikes.
export const QUOTE_FLAWS = ['quote-missing', 'quote-zero', 'quote-crossed', 'quote-stale', 'quote-wide'] as const;
export type QuoteFlaw = (typeof QUOTE_FLAWS)[number];

export const FAULT_KINDS = [
  // A request to the broker and its answer.
  'answer-429',
  'connection-refused',
  'request-lost',
  'answer-lost-5xx',
  'answer-lost-html',
  'answer-lost-timeout',
  'request-late',
  'arrived-after-close',
  'read-fails',
  'stale-read',
  // What the broker does.
  'rejected',
  'rejected-later',
  'refused-for-money',
  'canceled-by-broker',
  'expired-early',
  'replaced-elsewhere',
  'partial-fill',
  'fill-after-cancel',
  'never-fills',
  'late-fill',
  'account-blocked',
  'calendar-disagrees',
  // The market.
  ...QUOTE_FLAWS,
  'price-jump',
  'trading-halt',
  // Our stores and machines.
  'store-fails-before',
  'store-fails-after',
  'store-slow',
  'crash-before-effect',
  'crash-after-effect',
  'clock-jump',
  'redeploy',
  'second-driver',
  'schedule-twice',
  'schedule-late',
  // People.
  'halt-cancel',
  'halt-keep',
  'resume',
  'redrive',
  'deposit',
  'withdrawal',
  'trade-by-hand',
  'order-by-hand',
  'foreign-order',
  'other-account',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];
