// The smallest price step, by date: Rule 612's half-penny ticks come with a later row.
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

/** True when the price is a whole number of ticks. */
export function isOnTick(price: MicroUsd, date: NewYorkDate): boolean {
  const period = PERIODS.find(({ from }) => date >= from);
  if (period === undefined) throw new RangeError(`no tick size is known for ${date}`);
  return price % (price >= ONE_DOLLAR ? period.fromOneDollar : period.belowOneDollar) === 0n;
}
