// What every keeper of high-water marks must do.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usd } from '../../shared/core/values/money.ts';
import type { HighWaterMarks } from '../../shared/ports/high-water-marks.ts';

/** `makeMarks` answers one without marks. */
export function highWaterMarksContract(name: string, makeMarks: () => HighWaterMarks | Promise<HighWaterMarks>): void {
  describe(`${name} as high-water marks`, () => {
    it('has no mark before the first', async () => {
      const marks = await makeMarks();
      expect(await marks.read('sixty-forty')).toBeUndefined();
    });

    it('rises with the equity and stays when the equity falls', async () => {
      const marks = await makeMarks();
      expect(await marks.raise('sixty-forty', usd('100000'))).toBe(usd('100000'));
      expect(await marks.raise('sixty-forty', usd('120000'))).toBe(usd('120000'));
      expect(await marks.raise('sixty-forty', usd('90000'))).toBe(usd('120000'));
      expect(await marks.raise('sixty-forty', usd('120000'))).toBe(usd('120000'));
      expect(await marks.read('sixty-forty')).toBe(usd('120000'));
    });

    it('compares as numbers: nine dollars are less than ten', async () => {
      const marks = await makeMarks();
      await marks.raise('sixty-forty', usd('10'));
      expect(await marks.raise('sixty-forty', usd('9'))).toBe(usd('10'));
    });

    it('keeps every micro-dollar of figures that a float would round', async () => {
      const marks = await makeMarks();
      const large = 2n ** 53n + 1n;
      expect(await marks.raise('sixty-forty', large)).toBe(large);
      expect(await marks.raise('sixty-forty', large - 1n)).toBe(large);
      expect(await marks.raise('sixty-forty', large + 1n)).toBe(large + 1n);
      expect(await marks.read('sixty-forty')).toBe(large + 1n);
    });

    it('keeps one mark a portfolio', async () => {
      const marks = await makeMarks();
      await marks.raise('sixty-forty', 5n);
      expect(await marks.read('golden-butterfly')).toBeUndefined();
    });

    it('ends at the largest figure whatever the order of concurrent writers', async () => {
      const marks = await makeMarks();
      let portfolios = 0;
      const figures = fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 18n }), { minLength: 2, maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(figures, async (equities) => {
          portfolios += 1;
          const portfolio = `portfolio-${portfolios}`;
          const answers = await Promise.all(equities.map((equity) => marks.raise(portfolio, equity)));
          const largest = equities.reduce((most, equity) => (equity > most ? equity : most));
          expect(await marks.read(portfolio)).toBe(largest);
          expect(answers.map((answer, index) => answer >= equities[index]!)).toEqual(equities.map(() => true));
        }),
        { numRuns: 15 },
      );
    });
  });
}
