import type { QuoteRules } from '../market/quote.ts';
import type { SliceRules } from './slicing.ts';

/** How a plan is worked in the market. */
export interface ExecutionRules {
  /** `marketable` crosses the spread at once inside the collar; `patient` starts at the mid and steps toward it. */
  readonly style: 'marketable' | 'patient';
  /** Price steps per order, the last of which crosses the spread inside the collar. */
  readonly pegsMax: number;
  /** How long each price step is given to fill, before spread and volatility make it up to twice or half as long. */
  readonly pegWaitMs: number;
  /** A limit is never further than this from the mid at arrival. */
  readonly collarBps: number;
  /** Nothing is sent later than this before the close, and what works then is canceled. */
  readonly deadlineBeforeCloseMs: number;
  /** A plan whose prices have moved further than this is not approved. Left out: its arrivals stay those of the plan. */
  readonly approvalBpsMax?: number;
  readonly quote: QuoteRules;
  /** Left out: each trade is one order at a time. */
  readonly slicing?: SliceRules;
  /** What nothing else waits for goes into this auction. Left out: all of it works in the market. */
  readonly auction?: 'close';
}
