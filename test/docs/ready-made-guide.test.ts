import { describe, expect, it } from 'vitest';
import { parseStrategyYaml } from '../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { parameterText } from '../../shared/contracts/strategy-file/ready-made-schema.ts';
import { closesNeeded } from '../../shared/core/strategy/evaluate.ts';
import { DEFAULT_OPTIONS } from '../../shared/core/strategy/options.ts';
import { usualOf } from '../../shared/core/strategy/ready-made/ready-made.ts';
import { READY_MADES } from '../../shared/core/strategy/ready-made/ready-mades.ts';
import { givenOf, readyMadeTree } from '../builders/ready-made.ts';
import { codeIn, expectSaid, tableUnder } from './guide.ts';

it('the guide shows how values of your own are written', () => {
  expectSaid('`values: { 2024-01-31: { SPY: 1.3, EFA: 0.9 } }`');
  expectSaid('`values: { file: values.csv }`, with the header `date,symbol,value`');
  const rank = (values: string) =>
    parseStrategyYaml(
      `strategy: x\nrebalance: none\ntree: { factor-rank: { of: [SPY, EFA], top: 1, values-weight: 1, ${values} } }`,
      'x',
      () => 'date,symbol,value\n2024-01-31,SPY,1.3\n2024-01-31,EFA,0.9\n',
    );
  const inPlace = rank('values: { 2024-01-31: { SPY: 1.3, EFA: 0.9 } }');
  expect(inPlace.kind).toBe('strategy');
  expect(rank('values: { file: values.csv }')).toEqual(inPlace);
});

describe.each(READY_MADES)('the guide on $name', ({ name, about, source, parameters }) => {
  it('says what it is and where it is from', () => {
    expectSaid(`${about} Source: ${source}.`);
  });

  it('has every parameter with its usual value and its meaning', () => {
    const rows = tableUnder(name).map(([key, usual, meaning]) => [codeIn(key)[0], usual, meaning]);
    expect(rows).toEqual(
      Object.entries(parameters).map(([key, parameter]) => {
        const usual = usualOf(parameter);
        return [key, usual === undefined ? '' : String(parameterText(parameter, usual)), parameter.about];
      }),
    );
  });
});

it('the guide says how far back the strategies that remember look', () => {
  // A year, and sixteen times the 15 bars of the range and one; ten times five and the same; ten times ten and the window.
  const needed = ['trend-following', 'mean-reversion', 'pairs'].map((name) => {
    const kind = READY_MADES.find((each) => each.name === name);
    if (kind === undefined) throw new Error(name);
    return closesNeeded(readyMadeTree(name, givenOf(kind)), DEFAULT_OPTIONS);
  });
  expect(needed).toEqual([252 + 241, 50 + 241, 100 + 60]);
  expectSaid('a run reads 493 closes for `trend-following`, 291 for `mean-reversion` and 160 for `pairs`');
});
