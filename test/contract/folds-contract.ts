// What every memory of what the owner was told must do.
import { describe, expect, it } from 'vitest';
import type { Folds, Taking } from '../../shared/ports/folds.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const MINUTE = 60_000;

function aTaking(by: string, at = NOON, until = NOON + 10 * MINUTE): Taking {
  return { by, title: `title of ${by}`, at, until };
}

export function foldsContract(name: string, makeFolds: () => Folds | Promise<Folds>): void {
  describe(`${name} as the memory of what was told`, () => {
    it('lets one message take a key, and names it to every other', async () => {
      const folds = await makeFolds();
      expect(await folds.take('outage', aTaking('first'))).toEqual({ kind: 'taken' });
      expect(await folds.take('outage', aTaking('second', NOON + MINUTE))).toEqual({
        kind: 'folded',
        first: { by: 'first', title: 'title of first', at: NOON, isTold: false },
      });
      expect(await folds.take('another', aTaking('second'))).toEqual({ kind: 'taken' });
    });

    it('lets exactly one of many take a key at once', async () => {
      const folds = await makeFolds();
      const taken = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((by) => folds.take('k', aTaking(by))));
      expect(taken.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
    });

    it('lets the same message take it again until it is settled, and not after', async () => {
      const folds = await makeFolds();
      await folds.take('k', aTaking('first'));
      expect(await folds.take('k', aTaking('first', NOON + MINUTE))).toEqual({ kind: 'taken' });
      await folds.settle('k', aTaking('first', NOON + MINUTE, NOON + 60 * MINUTE));
      expect(await folds.take('k', aTaking('first', NOON + 2 * MINUTE))).toMatchObject({ kind: 'folded', first: { isTold: true } });
    });

    it('is free again when its time is over, for a message that died on the way too', async () => {
      const folds = await makeFolds();
      await folds.take('k', aTaking('died'));
      expect(await folds.take('k', aTaking('second', NOON + 10 * MINUTE - 1))).toMatchObject({ kind: 'folded' });
      expect(await folds.take('k', aTaking('second', NOON + 10 * MINUTE, NOON + 20 * MINUTE))).toEqual({ kind: 'taken' });
      await folds.settle('k', aTaking('second', NOON + 10 * MINUTE, NOON + 60 * MINUTE));
      expect(await folds.take('k', aTaking('third', NOON + 59 * MINUTE))).toMatchObject({ kind: 'folded', first: { by: 'second' } });
      expect(await folds.take('k', aTaking('third', NOON + 60 * MINUTE, NOON + 70 * MINUTE))).toEqual({ kind: 'taken' });
    });

    it('is not settled by a message that took too long, so that another took it', async () => {
      const folds = await makeFolds();
      await folds.take('k', aTaking('slow'));
      await folds.take('k', aTaking('second', NOON + 10 * MINUTE, NOON + 20 * MINUTE));
      await folds.settle('k', aTaking('slow', NOON, NOON + 600 * MINUTE));
      expect(await folds.take('k', aTaking('third', NOON + 20 * MINUTE, NOON + 30 * MINUTE))).toEqual({ kind: 'taken' });
    });
  });
}
