import { describe, expect, it } from 'vitest';
import { averageFillPrice } from '../../../../shared/core/ledger/average-fill-price.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';

describe('the average fill price', () => {
  it('weighs each order by what it filled', () => {
    const orders = [
      { filledQuantity: shares('1'), averageFillPrice: usd('10') },
      { filledQuantity: shares('3'), averageFillPrice: usd('11') },
      { filledQuantity: 0n },
    ];
    expect(averageFillPrice(orders)).toBe(usd('10.75'));
  });

  it('is not known where nothing filled, or a fill has no price', () => {
    expect(averageFillPrice([{ filledQuantity: 0n }])).toBeUndefined();
    expect(
      averageFillPrice([{ filledQuantity: shares('1'), averageFillPrice: usd('10') }, { filledQuantity: shares('1') }]),
    ).toBeUndefined();
  });
});
