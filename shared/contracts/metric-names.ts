// Every metric the product emits: shared by the code that counts and the stacks that draw and alarm.
// A custom metric is billed for the hours in which it is sent: these are sent in the hour of a run and in that of the
// watchdog, so each costs about a cent a month beyond the ten that are free. See docs/decisions/0033.
import type { PortfolioPolicy } from './portfolio-policy.ts';

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
  /** Ended inside the band, or with every trade skipped. */
  runsNothingToTrade: 'RunsNothingToTrade',
  /** Ended with something left, each part with its reason; counted beside `runsCompleted`. */
  runsWithResiduals: 'RunsWithResiduals',
  /** Orders of ended runs: filled to the last share, or not. */
  ordersFilled: 'OrdersFilled',
  ordersUnfilled: 'OrdersUnfilled',
  /** The watchdog looked, and came to its end: also on a holiday. Its absence is what an alarm listens for. */
  watchdogHeartbeat: 'WatchdogHeartbeat',
  /** What the watchdog found. */
  watchdogFindings: 'WatchdogFindings',
} as const;

/** Figures that are observed, not counted. Those marked (portfolio) have one series a portfolio. */
export const measureNames = {
  /** Milliseconds of one request to the broker or its market data; how many there were is their number. */
  brokerRequestMs: 'BrokerRequestMs',
  /** Seconds from when a run was due to its end (portfolio). */
  runSeconds: 'RunSeconds',
  /** The largest distance of a symbol from its target when a run ended, in percent (portfolio). */
  driftPercent: 'DriftPercent',
  /** Delay, execution and fees of a run together, in dollars (portfolio). */
  shortfallUsd: 'ShortfallUsd',
  /** What the account is worth after the close, in dollars (portfolio). */
  equityUsd: 'EquityUsd',
  /** Below the high-water mark after the close, in percent (portfolio). */
  drawdownPercent: 'DrawdownPercent',
} as const;
export type MeasureName = (typeof measureNames)[keyof typeof measureNames];

/** The dimension of the series of one portfolio. */
export const PORTFOLIO_DIMENSION = 'portfolio';

/** What AWS writes of our functions, taken from their logs: counted only while something is near its limit. */
export const limitMetricNames = { nearTimeout: 'NearTimeout', nearMemoryLimit: 'NearMemoryLimit' } as const;

/** The dimension that every metric has: paper must never count for live. */
export const SERVICE_DIMENSION = 'service';
export function metricServiceOf(stage: PortfolioPolicy['account']['mode'] | undefined): string {
  return stage === undefined ? METRIC_NAMESPACE : `${METRIC_NAMESPACE}-${stage}`;
}
