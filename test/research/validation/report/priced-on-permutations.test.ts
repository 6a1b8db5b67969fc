// What a strategy is priced on: the days that its record lived, in another order, and no others.
import { describe, expect, it } from 'vitest';
import { NO_COSTS, USUAL_OPTIONS } from '../../../../research/backtest/backtest-options.ts';
import { priceTable } from '../../../../research/backtest/price-table.ts';
import { subjectOfStrategy } from '../../../../research/backtest/subject.ts';
import { pricedOnPermutations } from '../../../../research/validation/report/priced-on-permutations.ts';
import { closesBetween } from '../../../../shared/core/market/asset-calendar.ts';
import { DEFAULT_OPTIONS } from '../../../../shared/core/strategy/options.ts';
import type { NewYorkDate } from '../../../../shared/core/values/time.ts';
import { asset } from '../../../builders/strategy.ts';

const held = subjectOfStrategy({
  name: 'held',
  strategy: asset('UP'),
  rebalance: { kind: 'every', every: 'month' },
  decideOn: 'last-close',
  options: DEFAULT_OPTIONS,
});
const options = { ...USUAL_OPTIONS, costs: NO_COSTS };
const dates = closesBetween('equities', '2018-01-02', '2019-12-31');

/** Rises by 0.2 % and falls by 0.1 % in turn in the first year; the second is as it is told. */
function prices(secondYear: number) {
  let close = 100;
  const bars = dates.map((date, day) => {
    close *= 1 + (date < '2019-01-01' ? (day % 2 === 0 ? 0.002 : -0.001) : secondYear * (day % 3 === 0 ? 1 : 0.5));
    return { date, close };
  });
  return priceTable([{ symbol: 'UP', bars }], 'equities');
}

const priced = (secondYear: number, span: { readonly from?: NewYorkDate; readonly to?: NewYorkDate }) =>
  pricedOnPermutations(held, prices(secondYear), { ...options, ...span }, { seed: 1, permutations: 20 }, async () => undefined);

describe('a strategy priced on permuted markets', () => {
  it('says nothing of what is held throughout, whatever the days before and after its record were like', async () => {
    const to = '2018-12-31';
    expect((await priced(-0.02, { to })).p).toBe(1);
    expect((await priced(0.02, { from: '2019-01-02' })).p).toBe(1);
  });

  it('is the same whatever comes after the last day that is lived', async () => {
    const to = '2018-12-31';
    expect(await priced(-0.02, { to })).toEqual(await priced(0.05, { to }));
  });
});
