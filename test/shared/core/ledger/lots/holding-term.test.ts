import { describe, expect, it } from 'vitest';
import { holdingTerm } from '../../../../../shared/core/ledger/lots/holding-term.ts';
import type { NewYorkDate } from '../../../../../shared/core/values/time.ts';

describe('the holding term', () => {
  // 26 U.S.C. § 1222 and Rev. Rul. 66-7: the day of the trade does not count, the day of the sale does.
  it.each<[NewYorkDate, NewYorkDate, string]>([
    ['2023-06-15', '2024-06-15', 'short'],
    ['2023-06-15', '2024-06-16', 'long'],
    ['2020-02-28', '2021-02-28', 'short'],
    ['2020-02-28', '2021-03-01', 'long'],
    ['2020-02-29', '2021-02-28', 'short'],
    ['2020-02-29', '2021-03-01', 'long'],
    ['2019-02-28', '2020-02-29', 'short'],
    ['2019-02-28', '2020-03-01', 'long'],
    ['2023-12-31', '2024-12-31', 'short'],
    ['2023-12-31', '2025-01-01', 'long'],
  ])('of what was bought on %s and sold on %s is %s', (acquired, disposed, term) => {
    expect(holdingTerm({ side: 'long', acquired, origin: 'fill' }, disposed)).toBe(term);
  });

  it('of a short position is short however long it was owed', () => {
    expect(holdingTerm({ side: 'short', acquired: '2010-01-04', origin: 'fill' }, '2024-01-04')).toBe('short');
  });
});
