// What every store of sweeps must do.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SweepStore } from '../../shared/ports/sweep-store.ts';

const [ONE, OTHER] = ['a'.repeat(64), 'b'.repeat(64)];

/** `makeStore` answers an empty store. */
export function sweepStoreContract(name: string, makeStore: () => SweepStore | Promise<SweepStore>): void {
  describe(`${name} as a store of sweeps`, () => {
    const rowsOf = async (store: SweepStore, sweep: string): Promise<readonly string[]> => {
      const texts: string[] = [];
      for await (const text of store.rows(sweep)) texts.push(text);
      return texts.sort();
    };

    it('keeps an input under the hash of its bytes, the same any number of times', async () => {
      const store = await makeStore();
      const bytes = Uint8Array.from({ length: 300_000 }, (_, at) => at % 251);
      const hash = createHash('sha256').update(bytes).digest('hex');
      for (let time = 0; time < 3; time += 1) expect(await store.keepInput(bytes)).toBe(hash);
      expect(Buffer.compare(await store.input(hash), bytes)).toBe(0);
    });

    it('fails where an input is not there', async () => {
      const store = await makeStore();
      await expect(store.input('0'.repeat(64))).rejects.toMatchObject({ name: 'StoreError', effect: 'none' });
    });

    it('keeps the rows of each batch once, and those of each sweep apart', async () => {
      const store = await makeStore();
      expect(await rowsOf(store, ONE)).toEqual([]);
      await store.keepRows(ONE, [0, 1], 'zero\none\n');
      await store.keepRows(ONE, [2], 'two\n');
      await store.keepRows(ONE, [0, 1], 'zero\none\n');
      await store.keepRows(ONE, [0], 'zero\n');
      await store.keepRows(OTHER, [2], 'another two\n');
      expect(await rowsOf(store, ONE)).toEqual(['two\n', 'zero\n', 'zero\none\n']);
      expect(await rowsOf(store, OTHER)).toEqual(['another two\n']);
    });
  });
}
