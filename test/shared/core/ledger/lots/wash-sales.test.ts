import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../../shared/core/ledger/entry.ts';
import { foldLots } from '../../../../../shared/core/ledger/lots/fold-lots.ts';
import { washSales } from '../../../../../shared/core/ledger/lots/wash-sales.ts';
import type { NewYorkDate } from '../../../../../shared/core/values/time.ts';
import { fill, opening } from './lot-entries.ts';

const SOLD: NewYorkDate = '2024-06-14';
const LATER: NewYorkDate = '2024-12-31';
const atALoss: readonly Entry[] = [fill('SPY', '2024-01-10', '10', '-1000.00'), fill('SPY', SOLD, '-10', '900.00')];

function flagsOf(entries: readonly Entry[], asOf = LATER) {
  return washSales(foldLots(entries).realised, entries, asOf);
}

describe('a loss', () => {
  it.each<[NewYorkDate, string]>([
    ['2024-05-14', 'no'],
    ['2024-05-15', 'flagged'],
    ['2024-06-14', 'flagged'],
    ['2024-07-14', 'flagged'],
    ['2024-07-15', 'no'],
  ])('with a purchase of the same symbol on %s: %s', (on, kind) => {
    expect(flagsOf([...atALoss, fill('SPY', on, '1', '-90.00')])[0]?.kind).toBe(kind);
  });

  it('names the dates', () => {
    const again = [fill('SPY', '2024-07-01', '1', '-90.00'), fill('SPY', '2024-06-03', '1', '-90.00')];
    expect(flagsOf([...atALoss, ...again])[0]).toEqual({ kind: 'flagged', acquired: ['2024-06-03', '2024-07-01'] });
  });

  it('is not flagged by its own purchase, unless part of that is still held', () => {
    const bought = fill('SPY', '2024-06-03', '10', '-1000.00');
    expect(flagsOf([bought, fill('SPY', SOLD, '-10', '900.00')])).toEqual([{ kind: 'no' }]);
    expect(flagsOf([bought, fill('SPY', SOLD, '-4', '360.00')])).toEqual([{ kind: 'flagged', acquired: ['2024-06-03'] }]);
  });

  it('is not flagged by another symbol', () => {
    expect(flagsOf([...atALoss, fill('VOO', '2024-06-20', '10', '-900.00')])[0]).toEqual({ kind: 'no' });
  });

  it('says so while its 30 days are not over', () => {
    expect(flagsOf(atALoss, '2024-07-13')).toEqual([{ kind: 'open', until: '2024-07-14' }]);
    expect(flagsOf(atALoss, '2024-07-14')).toEqual([{ kind: 'no' }]);
  });

  it('of a short position is flagged by another short sale', () => {
    const covered = [fill('SPY', '2024-01-10', '-10', '900.00'), fill('SPY', SOLD, '10', '-1000.00')];
    expect(flagsOf([...covered, fill('SPY', '2024-06-20', '-5', '500.00')])[0]?.kind).toBe('flagged');
    expect(flagsOf([...covered, fill('SPY', '2024-06-20', '5', '-500.00')])[0]?.kind).toBe('no');
  });
});

describe('what is no loss', () => {
  it('is never flagged, and what is not known is not guessed', () => {
    const gained = [fill('SPY', '2024-06-03', '10', '-1000.00'), fill('SPY', SOLD, '-5', '600.00')];
    expect(flagsOf(gained)).toEqual([{ kind: 'no' }]);
    expect(flagsOf([opening('SPY', '2024-01-10', '10'), fill('SPY', SOLD, '-10', '900.00')])).toEqual([{ kind: 'unknown' }]);
  });
});
