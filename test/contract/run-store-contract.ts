// What every run store must do, whoever implements it.
import { describe, expect, it } from 'vitest';
import { runIdOf } from '../../shared/core/values/identity.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { aRunRecord, DUE_AT } from './run-record-builder.ts';

/** `makeStore` answers an empty store. */
export function runStoreContract(name: string, makeStore: () => RunStore | Promise<RunStore>): void {
  describe(`${name} as a run store`, () => {
    it('knows no run that nobody claimed', async () => {
      const store = await makeStore();
      expect(await store.load(aRunRecord().runId)).toBeUndefined();
    });

    it('lets the first claimant in and shows later ones the record that stands', async () => {
      const store = await makeStore();
      expect(await store.claim(aRunRecord())).toEqual({ kind: 'claimed' });
      const late = aRunRecord({ updatedAt: DUE_AT + 60_000 });
      expect(await store.claim(late)).toEqual({ kind: 'exists', record: aRunRecord() });
      expect(await store.load(late.runId)).toEqual(aRunRecord());
    });

    it('lets exactly one of 20 concurrent claimants in, even when their records are the same to the byte', async () => {
      const store = await makeStore();
      const claims = await Promise.all(Array.from({ length: 20 }, () => store.claim(aRunRecord())));
      expect(claims.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
      expect(claims.filter(({ kind }) => kind === 'exists')).toHaveLength(19);
    });

    it('saves the next version', async () => {
      const store = await makeStore();
      await store.claim(aRunRecord());
      const ended = aRunRecord({
        version: 2,
        phase: { kind: 'ended', ending: { kind: 'nothing-to-trade', detail: 'inside the band', at: DUE_AT } },
      });
      expect(await store.save(ended)).toBe('saved');
      expect(await store.load(ended.runId)).toEqual(ended);
    });

    it('lets exactly one of 20 concurrent saves of the same version in, even when they are the same to the byte', async () => {
      const store = await makeStore();
      await store.claim(aRunRecord());
      const saves = await Promise.all(Array.from({ length: 20 }, () => store.save(aRunRecord({ version: 2 }))));
      expect(saves.filter((answer) => answer === 'saved')).toHaveLength(1);
      expect(saves.filter((answer) => answer === 'stale')).toHaveLength(19);
    });

    it('writes nothing for a stale writer', async () => {
      const store = await makeStore();
      await store.claim(aRunRecord());
      await store.save(aRunRecord({ version: 2, updatedAt: DUE_AT + 1_000 }));
      expect(await store.save(aRunRecord({ version: 2, updatedAt: DUE_AT + 2_000 }))).toBe('stale');
      expect((await store.load(aRunRecord().runId))?.updatedAt).toBe(DUE_AT + 1_000);
    });

    it('calls a save stale that skips a version or whose run nobody claimed', async () => {
      const store = await makeStore();
      expect(await store.save(aRunRecord({ version: 2 }))).toBe('stale');
      await store.claim(aRunRecord());
      expect(await store.save(aRunRecord({ version: 3 }))).toBe('stale');
      expect((await store.load(aRunRecord().runId))?.version).toBe(1);
    });

    it('never hands out a record it would still be changed through', async () => {
      const store = await makeStore();
      const record = aRunRecord();
      await store.claim(record);
      record.artifacts.plan = 'f'.repeat(64);
      expect((await store.load(record.runId))?.artifacts).toEqual({});
    });

    it('lists the runs of one portfolio, newest session first, within the limit', async () => {
      const store = await makeStore();
      for (const session of ['2026-09-30', '2026-11-20', '2026-10-30'] as const) await store.claim(aRunRecord({ session }));
      await store.claim(aRunRecord({ portfolio: 'sixty-forty-two', session: '2026-12-31' }));
      const sessionsOf = async (limit: number) => (await store.list('sixty-forty', limit)).map(({ session }) => session);
      expect(await sessionsOf(10)).toEqual(['2026-11-20', '2026-10-30', '2026-09-30']);
      expect(await sessionsOf(2)).toEqual(['2026-11-20', '2026-10-30']);
      expect(await store.list('golden-butterfly', 10)).toEqual([]);
    });

    it('throws at what only a mistake in the program can ask for', async () => {
      const store = await makeStore();
      await expect(store.claim(aRunRecord({ version: 2 }))).rejects.toThrow(RangeError);
      await expect(store.save(aRunRecord({ version: 1 }))).rejects.toThrow(RangeError);
      await expect(store.list('sixty-forty', 0)).rejects.toThrow(RangeError);
      await expect(store.load('not a run')).rejects.toThrow(RangeError);
      expect(await store.load(runIdOf({ portfolio: 'sixty-forty', session: '2026-11-20', schedule: 'month-end' }))).toBeUndefined();
    });
  });
}
