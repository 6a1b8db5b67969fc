// What regulators take of a trade, by trade date. A date outside a table is unpriced, never free.
import type { Side } from '../values/identity.ts';
import type { MicroUsd } from '../values/money.ts';
import { smaller } from '../values/rounding.ts';
import type { NanoShares } from '../values/shares.ts';
import type { NewYorkDate } from '../values/time.ts';

/** SEC §31 and FINRA's TAF fall on sells, CAT on both sides. */
export type FeeType = 'SEC' | 'TAF' | 'CAT';

interface FeePeriod {
  readonly from: NewYorkDate;
  readonly to: NewYorkDate;
  /** Femto-dollars per micro-dollar of proceeds (SEC) or per nano-share (TAF, CAT). */
  readonly rate: bigint;
  /** Femto-dollars a trade. */
  readonly cap?: bigint;
}

const FEMTOS_PER_CENT = 10_000_000_000_000n;

/** SEC fee rate advisories and the FINRA fee schedule. The tables end where the next rate is not known. */
const TABLE: Readonly<Record<FeeType, readonly FeePeriod[]>> = {
  SEC: [
    { from: '2024-05-22', to: '2025-05-13', rate: 27_800n },
    { from: '2025-05-14', to: '2026-04-03', rate: 0n },
    { from: '2026-04-04', to: '2026-12-31', rate: 20_600n },
  ],
  TAF: [
    { from: '2025-01-01', to: '2025-12-31', rate: 166n, cap: 830n * FEMTOS_PER_CENT },
    { from: '2026-01-01', to: '2026-09-30', rate: 195n, cap: 979n * FEMTOS_PER_CENT },
    { from: '2026-10-01', to: '2026-12-31', rate: 0n },
  ],
  CAT: [{ from: '2025-01-01', to: '2026-12-31', rate: 3n }],
};

/** Exact, in femto-dollars (10⁻¹⁵). */
export type ExactFee = bigint | 'unpriced';

export interface TradeFee {
  readonly type: FeeType;
  readonly femtos: ExactFee;
}

/** The fees of one fill, unrounded: rounding happens once a day and type. */
export function feesOf(side: Side, date: NewYorkDate, proceeds: MicroUsd, quantity: NanoShares): TradeFee[] {
  const types: readonly FeeType[] = side === 'sell' ? ['SEC', 'TAF', 'CAT'] : ['CAT'];
  return types.map((type) => ({ type, femtos: feeOf(type, date, type === 'SEC' ? proceeds : quantity) }));
}

/** A day's sum, rounded up to a cent. */
export function roundUpToCent(femtos: bigint): MicroUsd {
  return ((femtos + FEMTOS_PER_CENT - 1n) / FEMTOS_PER_CENT) * 10_000n;
}

function feeOf(type: FeeType, date: NewYorkDate, units: bigint): ExactFee {
  const period = TABLE[type].find(({ from, to }) => date >= from && date <= to);
  if (period === undefined) return 'unpriced';
  return period.cap === undefined ? units * period.rate : smaller(units * period.rate, period.cap);
}
