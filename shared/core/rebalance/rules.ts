// What the planner is told about how to rebalance.
import type { RebalanceBand } from '../values/band.ts';
import type { MicroUsd } from '../values/money.ts';
import type { ShareUnit } from '../values/shares.ts';
import type { Ppm } from '../values/weight.ts';

export interface RebalanceRules {
  readonly band: RebalanceBand;
  /** The targets are traded to even where every weight is inside its band. */
  readonly isForced: boolean;
  readonly minimumTrade: MicroUsd;
  readonly shareUnit: ShareUnit;
  /** One-way turnover of one run. */
  readonly turnoverMax: Ppm;
  /** What all trades that make positions larger may come to, as a share of equity, first funding or not. Left out: not held. */
  readonly openingsMax?: Ppm;
  /** A buy is funded at this much above the mid, a sell counted at this much below: the worst limit it may get. */
  readonly collarBps: number;
  /** New cash is invested in what is below its target, without a sale. Left out: it waits for a rebalance. */
  readonly investsDeposits?: true;
}
