import { describe, expect, it } from 'vitest';
import { evenkeel } from './spoken.ts';

const RUN = 'demo/2004-09-30/monthly';

describe('evenkeel parity', () => {
  it.each([
    [[], 'either --run or --since'],
    [['--run', RUN, '--since', '2004-08-01'], 'either --run or --since'],
    [['--run', RUN, '--portfolio', 'demo'], '--portfolio goes with --since'],
    [['--since', 'soon'], 'a date such as'],
  ])('refuses %j before it looks at any world', async (wrong, said) => {
    const { code, err } = await evenkeel(['parity', ...wrong]);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });
});
