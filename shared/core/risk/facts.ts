// What the risk review looks at beside the plan and the account: what was seen before, and what has been done already.
import type { History } from '../strategy/history.ts';
import type { Side } from '../values/identity.ts';
import type { MicroUsd } from '../values/money.ts';
import type { EpochMs, NewYorkDate } from '../values/time.ts';
import type { BreakerView } from './breaker.ts';

/** What this portfolio has done in the session so far, and in the four before it. */
export interface Today {
  /** Bought and sold in the session, at the prices of the fills. */
  readonly traded: MicroUsd;
  /** Orders decided in the session. */
  readonly orders: number;
  /** What was bought or sold in the session, and how the latest order of each stood last. */
  readonly worked: readonly Worked[];
  /** Bought and sold again, or sold short and bought back, in one session: over five sessions, this one included. */
  readonly dayTrades: number;
}

export interface Worked {
  readonly symbol: string;
  readonly side: Side;
  readonly isFilled: boolean;
  /** When its run last wrote its record. */
  readonly at: EpochMs;
}

export interface RiskFacts {
  readonly mode: 'paper' | 'live';
  readonly session: NewYorkDate;
  readonly asOf: EpochMs;
  /** Up to the session before: the closes whose returns are compared. */
  readonly history: History;
  /** Up to the session before: closes and volumes of what may be held. */
  readonly recent: History;
  readonly historyAsOf: NewYorkDate;
  readonly today: Today;
  readonly breaker?: BreakerView;
}

export const NOTHING_TODAY: Today = { traded: 0n, orders: 0, worked: [], dayTrades: 0 };
