import { describe, expect, it } from 'vitest';
import type { ExecutionRules } from '../../../../shared/core/execution/rules.ts';
import { slicePlan } from '../../../../shared/core/execution/slice-plan.ts';
import type { Trade } from '../../../../shared/core/rebalance/plan.ts';
import type { Side } from '../../../../shared/core/values/identity.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { notional, shares } from '../../../../shared/core/values/shares.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../shared/core/values/time.ts';
import { percent } from '../../../../shared/core/values/weight.ts';
import { aQuote, RULES } from './execution-builder.ts';

const SESSION = { open: 0, close: 6.5 * HOUR_MS };
const FROM = SESSION.close - 25 * MINUTE_MS;
const SLICED: ExecutionRules = { ...RULES, slicing: { slicesMax: 20, volumeMax: percent('1%'), participationMax: percent('10%') } };
const UNITS = { minimumTrade: usd('25'), shareUnit: 'whole' } as const;

function aTrade(side: Side, symbol: string, quantity = '1000'): Trade {
  const traded = shares(quantity);
  return { symbol, side, quantity: traded, arrival: usd('100'), notional: notional(usd('100'), traded, 'half-even') };
}

/** Minutes after the plan. */
function minutesOf(trades: readonly Trade[], rules = SLICED): Record<string, number[] | string> {
  const known = (symbol: string) =>
    symbol === 'NONE' ? undefined : { quote: aQuote(symbol, '99.99', '100.01'), volume: shares('1000000'), volatility: percent('1%') };
  const slicings = slicePlan({ trades }, known, FROM, SESSION, rules, UNITS);
  return Object.fromEntries(
    [...slicings].map(([symbol, { code, slices }]) => [symbol, slices?.map(({ from }) => (from - FROM) / MINUTE_MS) ?? code]),
  );
}

describe('the slices of a plan', () => {
  it('have all the time to the deadline where only one side trades', () => {
    // Three steps of at most a minute each: six slices in twenty minutes.
    const thirds = [0, 20 / 6, 40 / 6, 10, 80 / 6, 100 / 6];
    expect(minutesOf([aTrade('buy', 'AAA')])['AAA']).toEqual(thirds);
    expect(minutesOf([aTrade('sell', 'AAA')])['AAA']).toEqual(thirds);
  });

  it('have the first half of it where they pay for others, and the second where they are paid for', () => {
    const both = minutesOf([aTrade('sell', 'AAA'), aTrade('buy', 'BBB')]);
    expect(both).toEqual({ AAA: [0, 10 / 3, 20 / 3], BBB: [10, 40 / 3, 50 / 3] });
  });

  it('have all of it where what pays for them is one order', () => {
    const both = minutesOf([aTrade('sell', 'AAA', '100'), aTrade('buy', 'BBB')]);
    expect(both).toEqual({ AAA: 'small-impact', BBB: [0, 20 / 6, 40 / 6, 10, 80 / 6, 100 / 6] });
  });

  it('are of what pays for an auction, until its last call', () => {
    // From 25 to 10.5 minutes before the close: four of 3.6 minutes each.
    const both = minutesOf([aTrade('sell', 'AAA'), aTrade('buy', 'BBB')], { ...SLICED, auction: 'close' });
    expect(both).toEqual({ AAA: [0, 3.625, 7.25, 10.875] });
    expect(minutesOf([aTrade('sell', 'AAA')], { ...SLICED, auction: 'close' })).toEqual({});
  });

  it('are none where the rules know none, and none of a symbol that had no quote', () => {
    expect(minutesOf([aTrade('buy', 'AAA')], RULES)).toEqual({});
    expect(minutesOf([aTrade('buy', 'NONE')])).toEqual({});
  });
});
