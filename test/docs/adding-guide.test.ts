import { expect, it } from 'vitest';
import { decide } from '../../shared/core/strategy/decide.ts';
import { percent } from '../../shared/core/values/weight.ts';
import { dateAt, someHistory } from '../builders/strategy.ts';
import { EXAMPLES, expectSaid } from './guide.ts';

it('the guide says what a tier adds and how far it raises the stop', () => {
  expectSaid('If SPY is entered at 100 and closes at 105, it becomes 15 % of the sleeve, and its stop rises from 92 to 96.19');
  const sleeve = EXAMPLES.find(({ name }) => name === 'adding')?.policy?.sleeves[0];
  if (sleeve?.exits === undefined) throw new Error('the guide has no example of tiers');
  const { strategy, rebalance, options, exits } = sleeve;
  const history = someHistory({ SPY: [100, 105] });
  const first = decide(strategy, rebalance, history, undefined, { asOf: dateAt(0), session: dateAt(1) }, options, exits);
  if (first.kind === 'undefined') throw new Error(first.detail);
  const second = decide(strategy, rebalance, history, first.state, { asOf: dateAt(1), session: dateAt(2) }, options, exits);
  if (second.kind === 'undefined') throw new Error(second.detail);
  expect(second.targets.weights).toEqual([{ symbol: 'SPY', weight: percent('15%') }]);
  expect(second.adds).toMatchObject([{ symbol: 'SPY', tier: 1, weight: percent('5%'), close: 105 }]);
  expect(second.adds[0]?.stop.toFixed(2)).toBe('96.19');
});
