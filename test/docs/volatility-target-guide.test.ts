import { expect, it } from 'vitest';
import { parseStrategyYaml } from '../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { evaluate } from '../../shared/core/strategy/evaluate.ts';
import { DEFAULT_OPTIONS } from '../../shared/core/strategy/options.ts';
import { percentsOf } from '../builders/ready-made.ts';
import { asset, dateAt, volatilityTarget } from '../builders/strategy.ts';
import { expectSaid } from './guide.ts';
import { closesOf, endingTogether } from './made-up-closes.ts';

const held = (...percents: readonly number[]) =>
  percentsOf(
    evaluate(
      volatilityTarget('10%', 20, asset('SPY')),
      endingTogether({ SPY: closesOf(21, ...percents) }),
      undefined,
      dateAt(20),
      DEFAULT_OPTIONS,
    ),
  );

it('the guide says how much a volatility target holds', () => {
  expectSaid('A fund that moved by 20 % a year gets half of the capital at `annual: 10%`, one that moved by 8 % gets all of it');
  // Ten returns of +m and ten of −m deviate by m · √(20/19); a year's is 20 % where m = 20 % / √(252 · 20/19) = 1.22798 %.
  const move = (yearly: number) => yearly / Math.sqrt((252 * 20) / 19);
  expect(move(20)).toBeCloseTo(1.22798, 5);
  expect(held(move(20), -move(20))).toEqual({ SPY: '50%', cash: '50%' });
  expect(held(move(8), -move(8))).toEqual({ SPY: '100%', cash: '0%' });
  expectSaid('What did not move at all gets everything.');
  expect(held(0)).toEqual({ SPY: '100%', cash: '0%' });
});

it('the guide says what a volatility target is written as', () => {
  expectSaid('`{ annual: 10%, window: 20, of: <strategy> }`');
  const read = parseStrategyYaml('strategy: x\nrebalance: none\ntree: { volatility-target: { annual: 10%, window: 20, of: SPY } }', 'x');
  expect(read).toMatchObject({ kind: 'strategy', strategy: { tree: volatilityTarget('10%', 20, asset('SPY')) } });
  for (const wrong of [
    'annual: 0%, window: 20, of: SPY',
    'annual: 10%, window: 0, of: SPY',
    'annual: 10%, window: 20',
    'annual: 10%, of: SPY',
  ])
    expect(parseStrategyYaml(`strategy: x\nrebalance: none\ntree: { volatility-target: { ${wrong} } }`, 'x').kind).toBe('refused');
});
