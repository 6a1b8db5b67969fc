import { describe, expect, it } from 'vitest';
import { Output } from '../../cli/output.ts';
import { parity } from '../../cli/parity/parity.ts';
import { parityFailure } from '../../cli/parity/parity-failure.ts';
import type { RecordDesk } from '../../cli/world/record-desk.ts';
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

describe('a comparison of no run', () => {
  const saidOf = async (json: boolean) => {
    let out = '';
    const writeOut = (text: string): void => {
      out += text;
    };
    const output = new Output({ isTty: false, hasColor: false, writeOut, writeErr: () => undefined }, { json, verbose: false });
    const desk = { world: { kind: 'demo' }, worldText: 'a demo', portfolioNames: async () => [], close: async () => undefined };
    await expect(parity({ since: '2030-01-01' }, output, async () => desk as unknown as RecordDesk)).rejects.toThrow(
      'no run could be compared',
    );
    return out;
  };

  it('is an error alone, and in the document beside it', async () => {
    expect(await saidOf(false)).toBe('');
    expect(JSON.parse(await saidOf(true))).toMatchObject({ error: { code: 'nothing-to-compare' }, parity: { runs: [] } });
  });
});

describe('what a comparison ends with', () => {
  const same = { runId: 'a', isSame: true, why: null };
  const other = { runId: 'b', isSame: false, why: null };
  const left = { runId: 'c', isSame: null, why: 'snapshot' };

  it('is well only where every run was compared and is the same', () => {
    expect(parityFailure([same, same])).toBeUndefined();
    expect(parityFailure([same, left, other])).toMatchObject({ code: 'differs', message: 'not what the backtest comes to: b' });
    expect(parityFailure([left])).toMatchObject({ code: 'nothing-to-compare', exitCode: 1 });
    expect(parityFailure([])).toMatchObject({ code: 'nothing-to-compare' });
  });

  it('passes over what was refused before it looked at the market, unless there is nothing else', () => {
    const refused = { runId: 'e', isSame: null, why: 'no-snapshot' };
    expect(parityFailure([same, refused])).toBeUndefined();
    expect(parityFailure([refused, other])).toMatchObject({ code: 'differs' });
    expect(parityFailure([refused])).toMatchObject({ code: 'nothing-to-compare' });
  });

  it('names the runs that could not be compared beside those that could', () => {
    expect(parityFailure([same, left, { ...left, runId: 'd' }])).toMatchObject({
      code: 'not-compared',
      exitCode: 1,
      message: 'those that could be compared are the same; these could not be: c (snapshot), d (snapshot)',
    });
  });
});
