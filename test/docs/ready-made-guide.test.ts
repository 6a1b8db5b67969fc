import { describe, expect, it } from 'vitest';
import { parameterText } from '../../shared/contracts/strategy-file/ready-made-schema.ts';
import { usualOf } from '../../shared/core/strategy/ready-made/ready-made.ts';
import { READY_MADES } from '../../shared/core/strategy/ready-made/ready-mades.ts';
import { codeIn, expectSaid, tableUnder } from './guide.ts';

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
