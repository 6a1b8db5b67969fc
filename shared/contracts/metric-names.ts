// Every metric the product emits: shared by the code that counts and the stacks that draw and alarm.
// At most ten, because that many custom metrics are free and an owner's bill is part of the promise.

export const METRIC_NAMESPACE = 'evenkeel';

export const metricNames = {
  runsStarted: 'RunsStarted',
  /** Ended with nothing left to explain. */
  runsCompleted: 'RunsCompleted',
  /** Ended before trading, with a code. */
  runsRefused: 'RunsRefused',
  /** Ended with an order whose fate a person must find out. */
  runsUnresolved: 'RunsUnresolved',
  ordersSubmitted: 'OrdersSubmitted',
  /** By our own risk review. */
  tradesDenied: 'TradesDenied',
  /** By the broker. */
  ordersRejected: 'OrdersRejected',
  /** A submission whose answer was lost. */
  submissionsUnknown: 'SubmissionsUnknown',
  /** A write that found a newer version: two turns of one run met. */
  staleWrites: 'StaleWrites',
} as const;
