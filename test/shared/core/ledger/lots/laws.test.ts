// What holds for the lots of every ledger, by both methods.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, FillEntry } from '../../../../../shared/core/ledger/entry.ts';
import { fold, type Ledger } from '../../../../../shared/core/ledger/ledger.ts';
import { apportion } from '../../../../../shared/core/ledger/lots/apportion.ts';
import { foldLots } from '../../../../../shared/core/ledger/lots/fold-lots.ts';
import { LOT_METHODS } from '../../../../../shared/core/ledger/lots/tax-lot.ts';
import { newYorkInstant } from '../../../../../shared/core/market/new-york-time.ts';
import { clientOrderIdOf } from '../../../../../shared/core/values/identity.ts';
import { addDays } from '../../../../../shared/core/values/time.ts';
import { action, opening } from './lot-entries.ts';

const EMPTY: Ledger = { holdings: [], cash: {}, orders: [], runs: [], activities: { from: 0, seen: [] } };
const SYMBOLS = ['SPY', 'TLT'] as const;

interface Drawn {
  readonly symbol: (typeof SYMBOLS)[number];
  readonly isBuy: boolean;
  readonly quantity: bigint;
  readonly amount: bigint;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  symbol: fc.constantFrom(...SYMBOLS),
  isBuy: fc.boolean(),
  quantity: fc.bigInt({ min: 2n, max: 5_000_000_000n }),
  amount: fc.bigInt({ min: 2n, max: 1_000_000_000n }),
});
const trades = fc.array(drawn, { minLength: 1, maxLength: 14 });
const method = fc.constantFrom(...LOT_METHODS);

/** Each on a day of its own. */
function fillsOf(drawnTrades: readonly Drawn[]): FillEntry[] {
  return drawnTrades.map(({ symbol, isBuy, quantity, amount }, place) => {
    const on = addDays('2024-01-02', place);
    const side = isBuy ? 'buy' : 'sell';
    const clientOrderId = clientOrderIdOf({ runId: `p/${on}/daily`, symbol, side, slice: 0, peg: 0 });
    const sign = isBuy ? 1n : -1n;
    return { kind: 'fill', at: newYorkInstant(on, 15, 36), symbol, quantity: sign * quantity, amount: -sign * amount, clientOrderId };
  });
}

function sum(amounts: readonly (bigint | null)[]): bigint {
  return amounts.reduce<bigint>((all, each) => all + (each ?? 0n), 0n);
}

describe('the lots of any trades', () => {
  it('are the holdings of the ledger, whatever was opened, split or taken', () => {
    const happened = fc.constantFrom<readonly [string, string]>(['SPLIT', '7'], ['SPLIT', '-3'], ['MA', '-5'], ['SPIN', '2']);
    fc.assert(
      fc.property(trades, fc.array(happened, { maxLength: 3 }), method, (all, actions, by) => {
        const entries: Entry[] = [
          opening('SPY', '2024-01-01', '4'),
          ...fillsOf(all),
          ...actions.map(([word, quantity], place) => action(word, 'SPY', addDays('2024-01-04', place * 3), quantity)),
        ];
        const { open } = foldLots(entries, by);
        const held = SYMBOLS.map((symbol) =>
          sum(open.map((lot) => (lot.symbol !== symbol ? 0n : lot.side === 'long' ? lot.quantity : -lot.quantity))),
        );
        const { holdings } = fold(EMPTY, entries);
        expect(held).toEqual(SYMBOLS.map((symbol) => holdings.find((holding) => holding.symbol === symbol)?.quantity ?? 0n));
        expect(open.every(({ quantity, amount }) => quantity > 0n && (amount === null || amount >= 0n))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('have gains that are proceeds less cost to the last micro-dollar, and all cash is in a gain or an open lot', () => {
    fc.assert(
      fc.property(trades, method, (all, by) => {
        const entries = fillsOf(all);
        const { open, realised } = foldLots(entries, by);
        const gains = sum(realised.map(({ gain }) => gain));
        expect(gains).toBe(sum(realised.map(({ proceeds }) => proceeds)) - sum(realised.map(({ cost }) => cost)));
        const inLots = sum(open.map(({ side, amount }) => (side === 'long' ? -(amount ?? 0n) : amount)));
        expect(gains + inLots).toBe(sum(entries.map(({ amount }) => amount)));
      }),
      { numRuns: 200 },
    );
  });

  it('are the same in however many pieces an order filled', () => {
    fc.assert(
      fc.property(trades, fc.nat(13), fc.bigInt({ min: 1n, max: 99n }), method, (all, which, part, by) => {
        const whole = fillsOf(all);
        const pieces = whole.flatMap((entry, place): FillEntry[] => {
          if (place !== which % whole.length) return [entry];
          const [quantity, amount] = [(entry.quantity * part) / 100n, (entry.amount * part) / 100n];
          const first = { ...entry, quantity, amount };
          const second = { ...entry, quantity: entry.quantity - quantity, amount: entry.amount - amount };
          return quantity === 0n || amount === 0n || second.amount === 0n ? [entry] : [first, second];
        });
        expect(foldLots(pieces, by)).toEqual(foldLots(whole, by));
      }),
      { numRuns: 200 },
    );
  });

  it('gain the same in all by either method, once everything is sold', () => {
    fc.assert(
      fc.property(trades, (all) => {
        const entries = fillsOf(all);
        const left = fold(EMPTY, entries).holdings.filter(({ quantity }) => quantity !== 0n);
        const closing = left.map(({ symbol, quantity }, place) => ({
          symbol: symbol as Drawn['symbol'],
          isBuy: quantity < 0n,
          quantity: quantity < 0n ? -quantity : quantity,
          amount: 1_000n + BigInt(place),
        }));
        const closed = fillsOf([...all, ...closing]);
        const [fifo, hifo] = LOT_METHODS.map((by) => foldLots(closed, by));
        expect([fifo?.open, hifo?.open]).toEqual([[], []]);
        expect(sum(fifo?.realised.map(({ gain }) => gain) ?? [])).toBe(sum(hifo?.realised.map(({ gain }) => gain) ?? [1n]));
      }),
      { numRuns: 100 },
    );
  });
});

describe('apportioning', () => {
  it('gives everything away, and no part is off by more than one', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 1_000n }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1_000_000n }), weights, (total, drawnWeights) => {
        const all = sum(drawnWeights);
        fc.pre(all > 0n);
        const parts = apportion(total, drawnWeights);
        expect(sum(parts)).toBe(total);
        for (const [place, part] of parts.entries()) {
          const off = part * all - total * (drawnWeights[place] ?? 0n);
          expect(off > -all && off < all).toBe(true);
        }
      }),
    );
  });
});
