// What every keeper of high-water marks must do.
import { describe, expect, it } from 'vitest';
import { BREAKER_LEVELS, type BreakerStanding } from '../../shared/core/risk/breaker.ts';
import { usd } from '../../shared/core/values/money.ts';
import type { HighWaterMarks } from '../../shared/ports/high-water-marks.ts';

function aStanding(stated: Partial<BreakerStanding> = {}): BreakerStanding {
  return { mark: usd('100000'), transfers: 0n, level: 'normal', ...stated };
}

/** `makeMarks` answers one without marks. */
export function highWaterMarksContract(name: string, makeMarks: () => HighWaterMarks | Promise<HighWaterMarks>): void {
  describe(`${name} as high-water marks`, () => {
    it('has no mark before the first', async () => {
      const marks = await makeMarks();
      expect(await marks.read('sixty-forty')).toBeUndefined();
    });

    it('keeps all that a standing says, and forgets the day that the next one does not name', async () => {
      const marks = await makeMarks();
      const day = { session: '2026-11-20' as const, equity: usd('99000') };
      const steps = BREAKER_LEVELS.map((level, place) => aStanding({ level, transfers: usd(`${-5 * place}`), day }));
      let before: BreakerStanding | undefined;
      for (const after of [...steps, aStanding({ mark: -1n })]) {
        expect(await marks.move('sixty-forty', before, after)).toBe('moved');
        expect(await marks.read('sixty-forty')).toEqual(after);
        before = after;
      }
    });

    it('moves nothing for one who looked at something else', async () => {
      const marks = await makeMarks();
      const day = { session: '2026-11-20' as const, equity: usd('99000') };
      const stored = aStanding({ day });
      expect(await marks.move('sixty-forty', stored, aStanding())).toBe('stale');
      expect(await marks.read('sixty-forty')).toBeUndefined();
      await marks.move('sixty-forty', undefined, stored);
      const others: (BreakerStanding | undefined)[] = [
        undefined,
        aStanding(),
        aStanding({ day: { ...day, session: '2026-11-19' } }),
        aStanding({ day: { ...day, equity: usd('99000.01') } }),
        aStanding({ day, mark: usd('100000.01') }),
        aStanding({ day, level: 'caution' }),
        aStanding({ day, transfers: 1n }),
      ];
      for (const other of others) expect(await marks.move('sixty-forty', other, aStanding({ level: 'stopped' }))).toBe('stale');
      expect(await marks.read('sixty-forty')).toEqual(stored);
    });

    it('keeps every micro-dollar of figures that a float would round', async () => {
      const marks = await makeMarks();
      const large = 2n ** 53n + 1n;
      await marks.move('sixty-forty', undefined, aStanding({ mark: large }));
      expect(await marks.move('sixty-forty', aStanding({ mark: large - 1n }), aStanding())).toBe('stale');
      expect(await marks.move('sixty-forty', aStanding({ mark: large }), aStanding({ mark: large + 1n }))).toBe('moved');
      expect(await marks.read('sixty-forty')).toEqual(aStanding({ mark: large + 1n }));
    });

    it('keeps one standing a portfolio', async () => {
      const marks = await makeMarks();
      await marks.move('sixty-forty', undefined, aStanding());
      expect(await marks.read('golden-butterfly')).toBeUndefined();
    });

    it('lets exactly one of many move what all of them looked at', async () => {
      const marks = await makeMarks();
      await marks.move('sixty-forty', undefined, aStanding());
      const wanted = [1n, 2n, 3n, 4n, 5n].map((mark) => aStanding({ mark }));
      const answers = await Promise.all(wanted.map((after) => marks.move('sixty-forty', aStanding(), after)));
      expect(answers.filter((answer) => answer === 'moved')).toHaveLength(1);
      expect(await marks.read('sixty-forty')).toEqual(wanted[answers.indexOf('moved')]);
    });
  });
}
