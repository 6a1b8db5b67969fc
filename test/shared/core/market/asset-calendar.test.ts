import { describe, expect, it } from 'vitest';
import { type AssetClass, assetClassOf, closesBetween, commonClassOf } from '../../../../shared/core/market/asset-calendar.ts';

describe('the class of an asset', () => {
  it.each<[string, AssetClass]>([
    ['SPY', 'equities'],
    ['BRK.B', 'equities'],
    ['EURUSD', 'fx'],
    ['JPYUSD', 'fx'],
    ['BTCUSD', 'crypto'],
    ['1INCHUSD', 'crypto'],
    // An exchange-traded fund, not a pair: one letter names no currency.
    ['UUSD', 'equities'],
  ])('%s is %s', (symbol, assetClass) => {
    expect(assetClassOf(symbol)).toBe(assetClass);
  });
});

describe('the common class', () => {
  it('is that of all, and that of the exchange where they differ or there are none', () => {
    expect([['BTCUSD', 'ETHUSD'], ['EURUSD'], ['BTCUSD', 'EURUSD'], ['BTCUSD', 'SPY'], []].map(commonClassOf)).toEqual([
      'crypto',
      'fx',
      'equities',
      'equities',
      'equities',
    ]);
  });
});

// 2024-12-24 is a Tuesday and an early close, 2025-01-01 a Wednesday; the exchange also closes on Christmas.
describe('the closes of a class', () => {
  it('are the sessions of the exchange for equities', () => {
    expect(closesBetween('equities', '2024-12-24', '2024-12-30')).toEqual(['2024-12-24', '2024-12-26', '2024-12-27', '2024-12-30']);
  });

  it('are all days for crypto', () => {
    expect(closesBetween('crypto', '2024-12-27', '2024-12-30')).toEqual(['2024-12-27', '2024-12-28', '2024-12-29', '2024-12-30']);
  });

  it('are Monday to Friday for currencies, but New Year and Christmas', () => {
    expect(closesBetween('fx', '2024-12-24', '2025-01-02')).toEqual([
      '2024-12-24',
      '2024-12-26',
      '2024-12-27',
      '2024-12-30',
      '2024-12-31',
      '2025-01-02',
    ]);
    // Thanksgiving closes the exchange, not the banks of the world.
    expect(closesBetween('fx', '2024-11-28', '2024-11-28')).toEqual(['2024-11-28']);
  });

  it('are none where the end is before the beginning', () => {
    expect((['equities', 'crypto', 'fx'] as const).map((each) => closesBetween(each, '2024-12-30', '2024-12-27'))).toEqual([[], [], []]);
  });
});
