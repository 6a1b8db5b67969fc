// What holds for every ledger, whoever tells what first.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countFills, countRun, isOurs } from '../../../../shared/core/ledger/count-fills.ts';
import type { Entry } from '../../../../shared/core/ledger/entry.ts';
import {
  ACTIVITY_OVERLAP_MS,
  type ActivityMark,
  expectedQuantity,
  fold,
  markCounted,
  uncounted,
} from '../../../../shared/core/ledger/ledger.ts';
import { NANOS_PER_SHARE, shares } from '../../../../shared/core/values/shares.ts';
import { DAY_MS } from '../../../../shared/core/values/time.ts';
import { A_RUN, aFill, aFlow, aLedger, NOON, ourOrder } from '../../../builders/ledger.ts';

describe('the fills of an order of ours', () => {
  it('are counted once, whether the record or the activities tell them first, and however many are late', () => {
    const parts = fc.array(fc.bigInt({ min: 1n, max: 50n }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(parts, fc.nat({ max: 6 }), fc.nat({ max: 6 }), (sizes, recordedParts, countedAfter) => {
        const fills = sizes.map((size) => aFill('SPY', 'buy', String(size))).flatMap((fill) => (isOurs(fill, 'balanced') ? [fill] : []));
        const recorded = sizes.slice(0, recordedParts).reduce((sum, size) => sum + size, 0n) * NANOS_PER_SHARE;
        const order = { clientOrderId: ourOrder('SPY', 'buy'), symbol: 'SPY', side: 'buy' as const, filledQuantity: recorded };
        let ledger = aLedger({ SPY: '10' });
        const entries: Entry[] = [];
        for (let step = 0; step <= fills.length; step += 1) {
          if (step === Math.min(countedAfter, fills.length)) {
            // Twice, as after an answer that was lost.
            for (const _ of ['once', 'again']) {
              const counted = countRun(ledger, A_RUN, [order], NOON);
              ledger = counted.ledger;
              entries.push(...counted.entries);
            }
          }
          const counted = countFills(ledger, fills.slice(step, step + 1));
          ledger = counted.ledger;
          entries.push(...counted.entries);
        }
        const bought = sizes.reduce((sum, size) => sum + size, 0n) * NANOS_PER_SHARE;
        expect(expectedQuantity(ledger, 'SPY')).toBe(shares('10') + bought);
        // Told alike by both, it is forgotten; and the holdings are the entries' sum.
        expect(ledger.orders).toEqual([]);
        expect(fold(aLedger({ SPY: '10' }), entries).holdings).toEqual(ledger.holdings);
      }),
    );
  });

  it('that the activities have not told yet are remembered, and cost what they cost', () => {
    const order = { clientOrderId: ourOrder('SPY', 'sell'), symbol: 'SPY', side: 'sell' as const, filledQuantity: shares('3') };
    const { ledger, entries } = countRun(aLedger({ SPY: '10' }), A_RUN, [{ ...order, averageFillPrice: 100_333_333n }], NOON);
    expect(entries).toMatchObject([{ kind: 'fill', quantity: shares('-3'), amount: 300_999_999n }]);
    expect(ledger.orders).toEqual([{ clientOrderId: order.clientOrderId, recorded: shares('3'), seen: 0n }]);
    expect(ledger.cash).toEqual({ fill: 300_999_999n });
  });
});

describe('the mark of what is counted', () => {
  const nothing: ActivityMark = { from: NOON, seen: [] };

  it('never lets an activity be counted twice, nor one in the overlap be missed, in whatever order they come', () => {
    const when = fc.array(fc.nat({ max: 12 * 24 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(when, fc.nat({ max: 40 }), (hours, split) => {
        const activities = hours.map((hour, place) => ({ ...aFlow('fee', '-1'), id: `id-${place}`, at: NOON + (hour * DAY_MS) / 24 }));
        const [first, second] = [activities.slice(0, split), activities];
        const mark = markCounted(nothing, first);
        const fresh = uncounted(mark, second);
        expect(fresh.filter(({ id }) => first.some((each) => each.id === id))).toEqual([]);
        const latest = Math.max(NOON, ...first.map(({ at }) => at));
        const due = activities.slice(split).filter(({ at }) => at >= Math.max(NOON, latest - ACTIVITY_OVERLAP_MS));
        expect(fresh.map(({ id }) => id).sort()).toEqual(due.map(({ id }) => id).sort());
        expect(uncounted(markCounted(mark, second), second)).toEqual([]);
      }),
    );
  });

  it('stays small: after many activities it remembers the latest and counts none of the others again', () => {
    const many = Array.from({ length: 4_000 }, (_, place) => ({
      ...aFlow('fee', '-1'),
      id: `id-${place}`,
      at: NOON + Math.floor(place / 3),
    }));
    const mark = markCounted(nothing, many);
    expect(mark.seen.length).toBeLessThanOrEqual(1_500);
    expect(mark.seen.length).toBeGreaterThan(1_490);
    expect(uncounted(mark, many)).toEqual([]);
  });
});
