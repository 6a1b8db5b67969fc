import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../../shared/core/ledger/outcome.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { notional, shares } from '../../../../shared/core/values/shares.ts';
import { anyPrice, anySide } from '../../../arbitraries/values.ts';
import { aFilledOrder, aLeg, anExecutionState } from '../../../builders/execution.ts';
import { aLine } from '../../../builders/plan.ts';

const DONE = { kind: 'done' } as const;
const OUTSIDE = { weight: '50%', target: '60%', isInside: false };

/** The shortfall of one leg with these fills. */
function shortfallOf(side: 'buy' | 'sell', arrival: string, ...fills: readonly [quantity: string, average: string][]): bigint | undefined {
  const closedOrders = fills.map(([quantity, average]) => aFilledOrder(quantity, average));
  const state = anExecutionState([aLeg({ side, arrival: usd(arrival), closedOrders, stage: DONE })]);
  return outcomeOf(state, [], []).trades[0]?.executionShortfall;
}

describe('the execution shortfall', () => {
  it('is what a buy paid above its arrival, and negative where it paid less', () => {
    expect(shortfallOf('buy', '100', ['10', '100.02'])).toBe(usd('0.20'));
    expect(shortfallOf('buy', '100', ['10', '99.99'])).toBe(usd('-0.10'));
    expect(shortfallOf('buy', '100', ['10', '100'])).toBe(0n);
  });

  it('is what a sell got below its arrival, and negative where it got more', () => {
    expect(shortfallOf('sell', '100', ['10', '99.97'])).toBe(usd('0.30'));
    expect(shortfallOf('sell', '100', ['10', '100.01'])).toBe(usd('-0.10'));
  });

  it('adds up over the orders of a leg', () => {
    expect(shortfallOf('buy', '100', ['4', '100.01'], ['6', '100.03'])).toBe(usd('0.22')); // 0.04 + 0.18
  });

  it('is rounded up, so that a cost is never understated and a gain never overstated', () => {
    // A micro-dollar a share on half a share is half a micro-dollar.
    expect(shortfallOf('buy', '100', ['0.5', '100.000001'])).toBe(1n);
    expect(shortfallOf('sell', '100', ['0.5', '100.000001'])).toBe(0n);
    expect(shortfallOf('buy', '100', ['1.5', '99.999999'])).toBe(-1n);
  });

  it('is nothing for an order that filled nothing', () => {
    const { averageFillPrice: _, ...unfilled } = aFilledOrder('10', '100', { status: 'canceled', filledQuantity: 0n });
    const { trades } = outcomeOf(anExecutionState([aLeg({ closedOrders: [unfilled], stage: DONE })]), [], []);
    expect(trades[0]).toMatchObject({ executionShortfall: 0n, filledQuantity: 0n, orders: [unfilled] });
  });

  it('mirrors: what a buy loses at a price a sell gains, to the micro-dollar that is rounded up', () => {
    fc.assert(
      fc.property(anySide, anyPrice, anyPrice, fc.bigInt({ min: 0n, max: 10n ** 13n }), (side, arrival, average, quantity) => {
        const order = aFilledOrder('1', '1', { averageFillPrice: average, quantity, filledQuantity: quantity });
        const costOf = (each: 'buy' | 'sell') =>
          outcomeOf(anExecutionState([aLeg({ side: each, arrival, closedOrders: [order], stage: DONE })]), [], []).trades[0]
            ?.executionShortfall ?? 0n;
        const both = costOf('buy') + costOf('sell');
        expect(both === 0n || both === 1n).toBe(true);
        const paidMore = notional(average, quantity, 'floor') - notional(arrival, quantity, 'ceil');
        expect(side === 'sell' || costOf('buy') >= paidMore).toBe(true);
      }),
    );
  });
});

describe('the outcome', () => {
  it('tells each trade with its fills and its residual', () => {
    const residual = { quantity: shares('4'), code: 'deadline', figures: { status: 'canceled' } } as const;
    const order = aFilledOrder('6', '100.01', { status: 'canceled', quantity: shares('10') });
    const state = anExecutionState([aLeg({ closedOrders: [order], stage: { kind: 'done', residual } })]);
    expect(outcomeOf(state, [], []).trades).toEqual([
      {
        symbol: 'SPY',
        side: 'buy',
        quantity: shares('10'),
        filledQuantity: shares('6'),
        arrival: usd('100'),
        executionShortfall: usd('0.06'),
        // 6 · 0.01; CAT of 6 shares; what the other four would cost by now, nobody said.
        shortfall: { delay: 0n, execution: usd('0.06'), fees: usd('0.000018') },
        orders: [order],
        residual,
      },
    ]);
  });

  it('has no residual member where nothing is left', () => {
    const state = anExecutionState([aLeg({ closedOrders: [aFilledOrder('10', '100')], stage: DONE })]);
    expect(outcomeOf(state, [], []).trades[0]).not.toHaveProperty('residual');
  });

  it('explains nothing where every symbol is inside its band', () => {
    expect(outcomeOf(anExecutionState([]), [aLine('SPY'), aLine('cash')], [])).toMatchObject({ unexplained: [] });
  });

  it('finds unexplained what is outside its band and was neither traded nor skipped, cash included', () => {
    const lines = [aLine('AGG', OUTSIDE), aLine('SPY'), aLine('cash', OUTSIDE)];
    expect(outcomeOf(anExecutionState([]), lines, []).unexplained).toEqual(['AGG', 'cash']);
  });

  it('finds unexplained a leg that ended short of its quantity without a residual', () => {
    const state = anExecutionState([aLeg({ closedOrders: [aFilledOrder('9', '100')], stage: DONE })]);
    expect(outcomeOf(state, [aLine('SPY', OUTSIDE)], []).unexplained).toEqual(['SPY']);
  });

  it('is explained by a skipped trade, by a residual, or by a trade that filled to the last share', () => {
    const lines = [aLine('AGG', OUTSIDE), aLine('GLD', OUTSIDE), aLine('SPY', OUTSIDE), aLine('cash', OUTSIDE)];
    const residual = { quantity: shares('10'), code: 'quote-wide', figures: {} } as const;
    const state = anExecutionState([
      aLeg({ symbol: 'GLD', stage: { kind: 'done', residual } }),
      aLeg({ symbol: 'SPY', closedOrders: [aFilledOrder('10', '100')], stage: DONE }),
    ]);
    const skipped = [{ symbol: 'AGG', code: 'below-one-share', figures: {} }] as const;
    expect(outcomeOf(state, lines, skipped).unexplained).toEqual([]);
    expect(outcomeOf(state, lines, []).unexplained).toEqual(['AGG']);
  });
});
