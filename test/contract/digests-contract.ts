// What every keeper of digests must do.
import { describe, expect, it } from 'vitest';
import type { Digest } from '../../shared/contracts/digest.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { Digests } from '../../shared/ports/digests.ts';

function aDigest(session: NewYorkDate, stated: Partial<Digest> = {}): Digest {
  const anchors = {
    runs: [{ runId: `pair/${session}/daily`, version: 3, head: 'a'.repeat(64) }],
    ledger: { version: 2, head: 'b'.repeat(64) },
  };
  return {
    schemaVersion: 1,
    portfolio: 'pair',
    session,
    at: Date.UTC(2026, 10, 20, 21, 45),
    text: `what ${session} came to — ±`,
    anchors,
    ...stated,
  };
}

export function digestsContract(name: string, makeDigests: () => Digests | Promise<Digests>): void {
  describe(`${name} as the keeper of digests`, () => {
    it('gives back what it was given, newest session first, as many as are wanted', async () => {
      const digests = await makeDigests();
      for (const session of ['2026-11-19', '2026-11-23', '2026-11-20'] as const) await digests.keep(aDigest(session));
      expect(await digests.latest('pair', 2)).toEqual([aDigest('2026-11-23'), aDigest('2026-11-20')]);
      expect(await digests.latest('pair', 9)).toHaveLength(3);
    });

    it('gives all of them, however much they say', async () => {
      const digests = await makeDigests();
      const sessions = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'] as const;
      for (const session of sessions) await digests.keep(aDigest(session, { text: 'x'.repeat(300_000) }));
      expect((await digests.latest('pair', 100_000)).map(({ session }) => session)).toEqual([...sessions].reverse());
    });

    it('keeps one a session, the later one, and those of each portfolio apart', async () => {
      const digests = await makeDigests();
      await digests.keep(aDigest('2026-11-20'));
      await digests.keep(aDigest('2026-11-20', { text: 'again', anchors: { runs: [] } }));
      await digests.keep(aDigest('2026-11-20', { portfolio: 'pair-two' }));
      expect(await digests.latest('pair', 9)).toEqual([aDigest('2026-11-20', { text: 'again', anchors: { runs: [] } })]);
      expect(await digests.latest('nobody', 9)).toEqual([]);
    });
  });
}
