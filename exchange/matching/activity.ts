// What happened to the account, in order. Folding the log gives its cash and positions at any time.

import type { FeeType } from '../../shared/core/ledger/fee-table.ts';
import type { Side } from '../../shared/core/values/identity.ts';
import type { MicroUsd } from '../../shared/core/values/money.ts';
import type { NanoShares } from '../../shared/core/values/shares.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { EpochNs } from './stamp.ts';

interface Happening {
  readonly id: string;
  readonly at: EpochNs;
  readonly date: NewYorkDate;
  /** What it added to the cash. */
  readonly cashChange: MicroUsd;
}

export interface FillActivity extends Happening {
  readonly kind: 'FILL';
  readonly orderId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly quantity: NanoShares;
  readonly price: MicroUsd;
  readonly cumulativeQuantity: NanoShares;
  readonly leavesQuantity: NanoShares;
  readonly isLast: boolean;
}

export interface FeeActivity extends Happening {
  readonly kind: 'FEE';
  readonly feeType: FeeType;
  /** The date lies outside the fee table: the fee is unknown, which is not the same as none. */
  readonly isUnpriced: boolean;
}

export interface DepositActivity extends Happening {
  readonly kind: 'CSD';
}

export type Activity = FillActivity | FeeActivity | DepositActivity;
