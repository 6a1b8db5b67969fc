// Tax lots by hand: what was acquired when and for how much, and what came of it.
import { describe, expect, it } from 'vitest';
import { foldLots } from '../../../../../shared/core/ledger/lots/fold-lots.ts';
import { usd } from '../../../../../shared/core/values/money.ts';
import { shares } from '../../../../../shared/core/values/shares.ts';
import { action, adopted, fill, lateFill, opening } from './lot-entries.ts';

const JAN = '2024-01-10';
const FEB = '2024-02-12';
const MAR = '2024-03-11';

describe('a sale', () => {
  const bought = [fill('SPY', JAN, '10', '-1000.00'), fill('SPY', FEB, '10', '-1200.00')];

  it('ends the oldest lot first, and part of the next', () => {
    const { open, realised } = foldLots([...bought, fill('SPY', MAR, '-15', '1650.00')]);
    // 1,650 for 15 shares: 1,100 for ten, 550 for five; half of the second lot cost 600.
    expect(realised).toMatchObject([
      { quantity: shares('10'), acquired: JAN, disposed: MAR, cost: usd('1000'), proceeds: usd('1100'), gain: usd('100'), term: 'short' },
      { quantity: shares('5'), acquired: FEB, cost: usd('600'), proceeds: usd('550'), gain: usd('-50') },
    ]);
    expect(open).toMatchObject([{ symbol: 'SPY', side: 'long', quantity: shares('5'), acquired: FEB, amount: usd('600') }]);
  });

  it('ends the most expensive lot first by hifo, and one of unknown cost last', () => {
    const entries = [opening('SPY', '2024-01-02', '5'), ...bought, fill('SPY', MAR, '-21', '2310.00')];
    const { realised, open } = foldLots(entries, 'hifo');
    expect(realised.map(({ acquired, gain }) => [acquired, gain])).toEqual([
      [FEB, usd('-100')],
      [JAN, usd('100')],
      ['2024-01-02', null],
    ]);
    expect(open).toMatchObject([{ acquired: '2024-01-02', quantity: shares('4'), amount: null }]);
  });

  it('beyond what is held makes a short lot, and a purchase ends it first', () => {
    const entries = [fill('SPY', JAN, '10', '-1000.00'), fill('SPY', FEB, '-30', '3300.00'), fill('SPY', MAR, '25', '-2500.00')];
    const { realised, open } = foldLots(entries);
    expect(realised).toMatchObject([
      { side: 'long', quantity: shares('10'), cost: usd('1000'), proceeds: usd('1100'), gain: usd('100') },
      { side: 'short', quantity: shares('20'), acquired: FEB, cost: usd('2000'), proceeds: usd('2200'), gain: usd('200'), term: 'short' },
    ]);
    expect(open).toMatchObject([{ side: 'long', quantity: shares('5'), acquired: MAR, amount: usd('500') }]);
  });

  it('by hifo ends the short lot that brought the least', () => {
    const entries = [fill('SPY', JAN, '-10', '1100.00'), fill('SPY', FEB, '-10', '1000.00'), fill('SPY', MAR, '10', '-900.00')];
    expect(foldLots(entries, 'hifo').realised).toMatchObject([{ acquired: FEB, gain: usd('100') }]);
    expect(foldLots(entries, 'fifo').realised).toMatchObject([{ acquired: JAN, gain: usd('200') }]);
  });

  it('that was told late belongs to the day on which it filled', () => {
    const entries = [fill('SPY', JAN, '10', '-1000.00'), fill('SPY', MAR, '5', '-600.00'), lateFill('SPY', FEB, '-10', '1100.00')];
    const { realised, open } = foldLots(entries);
    expect(realised).toMatchObject([{ disposed: FEB, gain: usd('100'), by: 'late-fill' }]);
    expect(open).toMatchObject([{ acquired: MAR, quantity: shares('5') }]);
  });
});

describe('what nobody told', () => {
  it('is unknown and never 0: openings, adopted differences, fills without a price', () => {
    const entries = [opening('SPY', JAN, '10'), adopted('TLT', JAN, '10'), fill('IEF', JAN, '10', '0.00')];
    const sold = ['SPY', 'TLT', 'IEF'].map((symbol) => fill(symbol, FEB, '-10', '1000.00'));
    const { realised, open } = foldLots([...entries, ...sold]);
    expect(open).toEqual([]);
    expect(realised.map(({ symbol, cost, proceeds, gain }) => ({ symbol, cost, proceeds, gain }))).toEqual(
      ['IEF', 'SPY', 'TLT'].map((symbol) => ({ symbol, cost: null, proceeds: usd('1000'), gain: null })),
    );
  });

  it('of the time before the record leaves the term open, until a year of it is certain', () => {
    const entries = [
      opening('SPY', '2023-01-03', '10'),
      fill('SPY', '2024-01-03', '-5', '500.00'),
      fill('SPY', '2024-01-04', '-5', '500.00'),
    ];
    expect(foldLots(entries).realised.map(({ term }) => term)).toEqual(['unknown', 'long']);
  });

  it('is known of a trade by hand that was adopted with its fills', () => {
    const { open } = foldLots([adopted('SPY', JAN, '10', { amount: usd('-1000'), isPriced: true })]);
    expect(open).toMatchObject([{ amount: usd('1000'), origin: 'adopted' }]);
  });
});

describe('a corporate action', () => {
  const bought = [fill('SPY', JAN, '10', '-1000.00'), fill('SPY', FEB, '5', '-600.00')];

  it.each(['SPLIT', 'SSP'])('%s keeps what each lot cost and when', (word) => {
    const { open, remarks } = foldLots([...bought, action(word, 'SPY', MAR, '15')]);
    expect(open.map(({ quantity, amount, acquired }) => [quantity, amount, acquired])).toEqual([
      [shares('20'), usd('1000'), JAN],
      [shares('10'), usd('600'), FEB],
    ]);
    expect(remarks).toEqual([]);
  });

  it('of a reverse split with cash for a fraction keeps the cost, and names the cash', () => {
    const { open, remarks } = foldLots([...bought, action('SPLIT', 'SPY', MAR, '-12', '12.34')]);
    expect(open.map(({ quantity, amount }) => [quantity, amount])).toEqual([
      [shares('2'), usd('1000')],
      [shares('1'), usd('600')],
    ]);
    expect(remarks).toMatchObject([{ code: 'cash-in-lieu', amount: usd('12.34') }]);
  });

  it('is one, also where the broker tells what went and what came apart', () => {
    const { open, remarks } = foldLots([...bought, action('SSP', 'SPY', MAR, '-15'), action('SSP', 'SPY', MAR, '60')]);
    expect(open.map(({ quantity, amount }) => [quantity, amount])).toEqual([
      [shares('40'), usd('1000')],
      [shares('20'), usd('600')],
    ]);
    expect(remarks).toEqual([]);
    const renumbered = foldLots([...bought, action('NC', 'SPY', MAR, '-15'), action('NC', 'SPY', MAR, '15')]);
    expect(renumbered).toEqual(foldLots(bought));
  });

  it('splits what is short too', () => {
    const { open } = foldLots([fill('SPY', JAN, '-10', '1000.00'), action('SPLIT', 'SPY', MAR, '-10')]);
    expect(open).toMatchObject([{ side: 'short', quantity: shares('20'), amount: usd('1000') }]);
  });

  it('that brings shares leaves the cost with the parent, and names them', () => {
    const { open, remarks } = foldLots([...bought, action('SPIN', 'NEW', MAR, '3')]);
    expect(open).toMatchObject([
      { symbol: 'NEW', quantity: shares('3'), amount: null },
      { symbol: 'SPY', amount: usd('1000') },
      { symbol: 'SPY', amount: usd('600') },
    ]);
    expect(remarks).toMatchObject([{ symbol: 'NEW', code: 'shares-of-unknown-cost', word: 'SPIN' }]);
  });

  it('that pays cash for all shares is a sale', () => {
    const { realised, remarks } = foldLots([...bought, action('MA', 'SPY', MAR, '-15', '1650.00')]);
    expect(realised.map(({ gain, by }) => [gain, by])).toEqual([
      [usd('100'), 'corporate-action'],
      [usd('-50'), 'corporate-action'],
    ]);
    expect(remarks).toEqual([]);
  });

  it('that gives other shares, with cash or not, has no gain that is known', () => {
    for (const cash of ['0.00', '500.00']) {
      const { open, realised, remarks } = foldLots([...bought, action('MA', 'SPY', MAR, '-15', cash), action('MA', 'NEW', MAR, '7')]);
      expect(realised.map(({ gain }) => gain)).toEqual([null, null]);
      expect(open).toMatchObject([{ symbol: 'NEW', amount: null }]);
      expect(remarks.map(({ symbol, code }) => `${symbol} ${code}`).sort()).toEqual([
        'NEW shares-of-unknown-cost',
        'SPY exchanged-for-others',
      ]);
    }
  });

  it('that takes shares for nothing is named', () => {
    const { realised, remarks } = foldLots([...bought, action('REORG', 'SPY', MAR, '-15')]);
    expect(realised.map(({ gain }) => gain)).toEqual([null, null]);
    expect(remarks).toMatchObject([{ code: 'gone-for-nothing' }]);
  });

  it('that takes more than is held leaves what is owed', () => {
    const { open } = foldLots([fill('SPY', JAN, '10', '-1000.00'), action('SC', 'SPY', MAR, '-12')]);
    expect(open).toMatchObject([{ side: 'short', quantity: shares('2'), amount: null }]);
  });

  it('of cash alone touches no lot', () => {
    const { open, remarks } = foldLots([...bought, action('CIL', 'SPY', MAR, '0', '3.21')]);
    expect(open).toHaveLength(2);
    expect(remarks).toMatchObject([{ code: 'cash-in-lieu', amount: usd('3.21') }]);
  });
});
