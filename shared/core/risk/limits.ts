import type { MicroUsd } from '../values/money.ts';
import type { Ppm } from '../values/weight.ts';

/** What a plan may not exceed. Each is a named denial of the risk review. */
export interface Limits {
  readonly orderNotionalMax: MicroUsd;
  readonly ordersMax: number;
  /** Largest share of equity in one position after the plan. */
  readonly positionMax: Ppm;
  /** Largest sum of all short positions after the plan, as a share of equity; 0: none is held. */
  readonly shortMax: Ppm;
  /** One-way turnover of one run; larger plans are scaled down to it. The first funding is exempt. */
  readonly turnoverMax: Ppm;
}
