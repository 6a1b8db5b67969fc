// Posts the fees of a trade date, one sum a type.

import { type FeeType, roundUpToCent } from '../../shared/core/ledger/fee-table.ts';
import type { MicroUsd } from '../../shared/core/values/money.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';
import { activityId, type Book } from './book.ts';
import { rememberDayStart } from './record-fill.ts';
import { stamp } from './stamp.ts';

/** A type outside the fee table is posted as unpriced with no amount; a fee of nothing is not posted. */
export function postFees(book: Book, at: EpochMs): void {
  const accrual = book.feeAccrual;
  if (accrual === undefined) return;
  book.feeAccrual = undefined;
  const { date } = accrual;
  rememberDayStart(book, date);
  for (const [feeType, femtos] of accrual.byType) {
    const isUnpriced = femtos === 'unpriced';
    const amount = isUnpriced ? 0n : roundUpToCent(femtos);
    if (amount === 0n && !isUnpriced) continue;
    book.cash -= amount;
    book.activities.push({
      kind: 'FEE',
      id: activityId(book),
      at: stamp(book, at),
      date,
      cashChange: -amount,
      feeType,
      isUnpriced,
    });
  }
}

/** Fees of fills that are not posted yet, as far as they are priced. */
export function accruedFees({ feeAccrual }: Book): MicroUsd {
  if (feeAccrual === undefined) return 0n;
  return [...feeAccrual.byType.values()].reduce<MicroUsd>((sum, femtos) => sum + (femtos === 'unpriced' ? 0n : roundUpToCent(femtos)), 0n);
}

/** The trade dates and types whose fees no table prices. Empty means that every posted fee is complete. */
export function unpricedFees(book: Book): { date: NewYorkDate; feeType: FeeType }[] {
  return book.activities.flatMap((activity) =>
    activity.kind === 'FEE' && activity.isUnpriced ? [{ date: activity.date, feeType: activity.feeType }] : [],
  );
}
