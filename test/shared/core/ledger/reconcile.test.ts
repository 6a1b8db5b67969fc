import { describe, expect, it } from 'vitest';
import { expectedQuantity } from '../../../../shared/core/ledger/ledger.ts';
import { adopt, isReconciled, openLedger, reconcile } from '../../../../shared/core/ledger/reconcile.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import { aFill, aFlow, aLedger, aLook, aManualFill, aSplit, CLAIM, NOON, ourOrder } from '../../../builders/ledger.ts';

const BY_ANNA = { who: 'anna@laptop', reason: 'sold for the roof', at: NOON };

function linesOf({ lines }: ReturnType<typeof reconcile>): string[] {
  return lines.map(({ symbol, expected, found }) => `${symbol} ${expected / 1_000_000_000n} ${found / 1_000_000_000n}`);
}

describe('the first sight of an account', () => {
  it('takes what is held of the symbols of the file, and nothing else', () => {
    const { ledger, entries } = openLedger(CLAIM, aLook({ SPY: '80', GME: '5' }));
    expect(ledger.holdings).toEqual([
      { symbol: 'SPY', quantity: shares('80') },
      { symbol: 'TLT', quantity: 0n },
    ]);
    expect(entries.map(({ kind, symbol }) => [kind, symbol])).toEqual([
      ['opening', 'SPY'],
      ['opening', 'TLT'],
    ]);
  });

  it('does not count what happened before it', () => {
    const earlier = aManualFill('SPY', 'buy', '80');
    const { ledger } = openLedger(CLAIM, aLook({ SPY: '80' }, [earlier]));
    const again = reconcile(ledger, CLAIM, aLook({ SPY: '80' }, [earlier]));
    expect(again.entries).toEqual([]);
    expect(isReconciled(again)).toBe(true);
  });
});

describe('expected and found', () => {
  it('are the same where nothing happened', () => {
    const found = reconcile(aLedger({ SPY: '80' }), CLAIM, aLook({ SPY: '80' }));
    expect(linesOf(found)).toEqual(['SPY 80 80', 'TLT 0 0']);
    expect(isReconciled(found)).toBe(true);
  });

  it('are told apart where no activity says why', () => {
    const found = reconcile(aLedger({ SPY: '80' }), CLAIM, aLook({ SPY: '79' }));
    expect(linesOf(found)).toEqual(['SPY 80 79', 'TLT 0 0']);
    expect(isReconciled(found)).toBe(false);
  });

  it('leave alone what the portfolio does not own', () => {
    const found = reconcile(aLedger({ SPY: '80' }), CLAIM, aLook({ SPY: '80', GME: '5' }, [aManualFill('GME', 'buy', '5')]));
    expect(isReconciled(found)).toBe(true);
    expect(found.entries).toEqual([]);
  });

  it('go on with a symbol that the file no longer names', () => {
    const found = reconcile(aLedger({ SPY: '80', TLT: '10' }), { ...CLAIM, symbols: ['SPY'] }, aLook({ SPY: '80' }));
    expect(linesOf(found)).toEqual(['SPY 80 80', 'TLT 10 0']);
  });

  it('count a short position as less than nothing', () => {
    expect(isReconciled(reconcile(aLedger({ SPY: '-3' }), CLAIM, aLook({ SPY: '-3' })))).toBe(true);
    expect(isReconciled(reconcile(aLedger({ SPY: '-3' }), CLAIM, aLook({ SPY: '3' })))).toBe(false);
  });
});

describe('an activity', () => {
  it('that is a fill of an order of ours is a late fill', () => {
    const found = reconcile(aLedger({ SPY: '80' }), CLAIM, aLook({ SPY: '85' }, [aFill('SPY', 'buy', '5')]));
    expect(isReconciled(found)).toBe(true);
    expect(found.entries).toMatchObject([{ kind: 'late-fill', symbol: 'SPY', quantity: shares('5'), amount: usd('-500') }]);
    expect(expectedQuantity(found.ledger, 'SPY')).toBe(shares('85'));
  });

  it('is counted once, however often it is read', () => {
    const late = aFill('SPY', 'sell', '5');
    const first = reconcile(aLedger({ SPY: '80' }), CLAIM, aLook({ SPY: '75' }, [late]));
    const second = reconcile(first.ledger, CLAIM, aLook({ SPY: '75' }, [late]));
    expect(second.entries).toEqual([]);
    expect(second.ledger).toEqual(first.ledger);
    expect(isReconciled(second)).toBe(true);
  });

  it('that is a trade by hand stops, even where the broker agrees with us by chance', () => {
    const day = [aManualFill('SPY', 'buy', '5'), aManualFill('SPY', 'sell', '5')];
    const found = reconcile(aLedger({ SPY: '80' }), CLAIM, aLook({ SPY: '80' }, day));
    expect(linesOf(found)[0]).toBe('SPY 80 80');
    expect(found.unexplained.map(({ id }) => id)).toEqual(day.map(({ id }) => id));
    expect(isReconciled(found)).toBe(false);
  });

  it.each([
    ['another portfolio', ourOrder('SPY', 'buy', 0, 'other/2026-11-20/daily')],
    ['another portfolio whose name begins alike', ourOrder('SPY', 'buy', 0, 'balanced-two/2026-11-20/daily')],
    ['our portfolio, in another symbol', ourOrder('TLT', 'buy')],
    ['our portfolio, on the other side', ourOrder('SPY', 'sell')],
    ['something like our portfolio', `${ourOrder('SPY', 'buy')}_1`],
  ])('of an order of %s is not ours', (_, clientOrderId) => {
    const found = reconcile(aLedger({ SPY: '80' }), CLAIM, aLook({ SPY: '85' }, [aFill('SPY', 'buy', '5', { clientOrderId })]));
    expect(found.unexplained).toHaveLength(1);
    expect(linesOf(found)[0]).toBe('SPY 80 85');
  });

  it('of an order that the broker does not know any more is not ours', () => {
    const { clientOrderId: _, ...nameless } = aFill('SPY', 'buy', '5');
    expect(reconcile(aLedger({ SPY: '80' }), CLAIM, aLook({ SPY: '85' }, [nameless])).unexplained).toHaveLength(1);
  });

  it('that is a split explains the new quantity', () => {
    const found = reconcile(aLedger({ SPY: '80' }), CLAIM, aLook({ SPY: '160' }, [aSplit('SPY', '80')]));
    expect(isReconciled(found)).toBe(true);
    expect(found.entries).toMatchObject([{ kind: 'corporate-action', word: 'SPLIT', quantity: shares('80') }]);
  });

  it('that is a split which does not say what is found explains nothing', () => {
    expect(isReconciled(reconcile(aLedger({ SPY: '80' }), CLAIM, aLook({ SPY: '160' }, [aSplit('SPY', '160')])))).toBe(false);
  });

  it('of a word that we do not know is unexplained where it touches a quantity of ours, and else only noted', () => {
    const unknown = { kind: 'unknown' as const, at: NOON + 1, word: 'NEWS', amount: usd('-1') };
    const touching = { ...unknown, id: 'a', symbol: 'SPY', quantity: shares('1') };
    const elsewhere = { ...unknown, id: 'b', symbol: 'GME', quantity: shares('1') };
    const money = { ...unknown, id: 'c', quantity: 0n };
    const found = reconcile(aLedger({ SPY: '80' }), CLAIM, aLook({ SPY: '81' }, [touching, elsewhere, money]));
    expect(found.unexplained.map(({ id }) => id)).toEqual(['a']);
    expect(found.entries).toMatchObject([{ kind: 'unknown', word: 'NEWS', activity: 'c' }]);
  });

  it('of money is summed by kind: dividends of our own symbols, fees, interest and transfers', () => {
    const flows = [
      aFlow('dividend', '12.50', 'SPY'),
      aFlow('dividend', '99', 'GME'),
      aFlow('fee', '-0.03'),
      aFlow('fee', '-0.02'),
      aFlow('interest', '1.10'),
      aFlow('transfer', '5000'),
      aFlow('transfer', '-200'),
    ];
    const { ledger } = reconcile(aLedger({ SPY: '80' }), CLAIM, aLook({ SPY: '80' }, flows));
    expect(ledger.cash).toEqual({ dividend: usd('12.50'), fee: usd('-0.05'), interest: usd('1.10'), transfer: usd('4800') });
  });
});

describe('a symbol that the file names for the first time', () => {
  const named = { ...CLAIM, symbols: ['SPY', 'TLT', 'GLD'] };

  it('is expected to be empty, so that what is held of it asks for a word', () => {
    expect(isReconciled(reconcile(aLedger({ SPY: '80' }), named, aLook({ SPY: '80', GLD: '7' })))).toBe(false);
    const empty = reconcile(aLedger({ SPY: '80' }), named, aLook({ SPY: '80' }));
    expect(isReconciled(empty)).toBe(true);
    expect(empty.entries).toMatchObject([{ kind: 'opening', symbol: 'GLD', quantity: 0n }]);
  });

  it('is taken over where the file says so, whoever bought it', () => {
    const look = aLook({ SPY: '80', GLD: '7' }, [aManualFill('GLD', 'buy', '7')]);
    const found = reconcile(aLedger({ SPY: '80' }), { ...named, adoptsUnowned: true }, look);
    expect(isReconciled(found)).toBe(true);
    expect(expectedQuantity(found.ledger, 'GLD')).toBe(shares('7'));
  });

  it('is not taken over a second time', () => {
    const first = reconcile(aLedger({ SPY: '80' }), { ...named, adoptsUnowned: true }, aLook({ SPY: '80', GLD: '7' }));
    const second = reconcile(first.ledger, { ...named, adoptsUnowned: true }, aLook({ SPY: '80', GLD: '9' }));
    expect(isReconciled(second)).toBe(false);
  });
});

describe('adopting', () => {
  it('makes what is found what is expected, and says who and why and which trades', () => {
    const trade = aManualFill('SPY', 'sell', '5');
    const found = adopt(reconcile(aLedger({ SPY: '80' }), CLAIM, aLook({ SPY: '74' }, [trade])), BY_ANNA);
    expect(isReconciled(found)).toBe(true);
    expect(found.entries).toEqual([
      { kind: 'adopted', symbol: 'SPY', quantity: shares('-6'), amount: usd('500'), activities: [trade.id], ...BY_ANNA },
    ]);
    const next = reconcile(found.ledger, CLAIM, aLook({ SPY: '74' }, [trade]));
    expect(isReconciled(next)).toBe(true);
    expect(next.entries).toEqual([]);
  });

  it('says what it cost where trades of one side are all there is to it, and nowhere else', () => {
    const bought = [aManualFill('SPY', 'buy', '2'), aManualFill('SPY', 'buy', '3')];
    const entryOf = (held: string, trades: ReturnType<typeof aManualFill>[]) =>
      adopt(reconcile(aLedger({ SPY: '80' }), CLAIM, aLook({ SPY: held }, trades)), BY_ANNA).entries[0];
    expect(entryOf('85', bought)).toMatchObject({ quantity: shares('5'), amount: usd('-500'), isPriced: true });
    expect(entryOf('86', bought)).not.toHaveProperty('isPriced');
    expect(entryOf('83', [...bought, aManualFill('SPY', 'sell', '2')])).not.toHaveProperty('isPriced');
    expect(entryOf('85', [])).not.toHaveProperty('isPriced');
  });

  it('leaves an entry for trades that cancel out', () => {
    const day = [aManualFill('SPY', 'buy', '5'), aManualFill('SPY', 'sell', '5')];
    const { entries } = adopt(reconcile(aLedger({ SPY: '80' }), CLAIM, aLook({ SPY: '80' }, day)), BY_ANNA);
    expect(entries).toMatchObject([{ kind: 'adopted', quantity: 0n, amount: 0n, activities: day.map(({ id }) => id) }]);
  });

  it('writes nothing where nothing is left to adopt', () => {
    expect(adopt(reconcile(aLedger({ SPY: '80' }), CLAIM, aLook({ SPY: '80' })), BY_ANNA).entries).toEqual([]);
  });
});
