// The smallest price step (Rule 612 of Regulation NMS), by date: half-penny ticks come with a later row.
// The exchange's own knowledge on purpose: taken from the product, it would agree with the product's mistakes.
import { type MicroUsd, usd } from '../../shared/core/values/money.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';

interface TickPeriod {
  readonly from: NewYorkDate;
  readonly fromOneDollar: MicroUsd;
  readonly belowOneDollar: MicroUsd;
}

/** Latest first. */
const PERIODS: readonly TickPeriod[] = [{ from: '1990-01-01', fromOneDollar: usd('0.01'), belowOneDollar: usd('0.0001') }];

const ONE_DOLLAR = usd('1');

/**
 * The step of the grid at `price`, in dollars a share.
 * @throws RangeError for a date before the table.
 */
export function tickOf(price: MicroUsd, date: NewYorkDate): MicroUsd {
  const period = PERIODS.find(({ from }) => date >= from);
  if (period === undefined) throw new RangeError(`no tick size is known for ${date}`);
  return price >= ONE_DOLLAR ? period.fromOneDollar : period.belowOneDollar;
}

/** True when the price is a whole number of ticks. */
export function isOnTick(price: MicroUsd, date: NewYorkDate): boolean {
  return price % tickOf(price, date) === 0n;
}
