// What every artifact store must do.
import { describe, expect, it } from 'vitest';
import { canonicalJson, contentHash } from '../../shared/contracts/canonical-json.ts';
import type { ArtifactStore } from '../../shared/ports/artifact-store.ts';

/** `makeStore` answers an empty store. */
export function artifactStoreContract(name: string, makeStore: () => ArtifactStore | Promise<ArtifactStore>): void {
  describe(`${name} as an artifact store`, () => {
    it('answers undefined for what was never stored', async () => {
      const store = await makeStore();
      expect(await store.get(contentHash('{}'))).toBeUndefined();
    });

    it('gives back the same text, also beyond ASCII', async () => {
      const store = await makeStore();
      const text = canonicalJson({ reason: 'inside the band — ±5 % · 目標', empty: '' });
      await store.put(contentHash(text), text);
      expect(await store.get(contentHash(text))).toBe(text);
    });

    it('takes the same artifact any number of times, also at once', async () => {
      const store = await makeStore();
      const text = '{"kind":"plan"}';
      await Promise.all(Array.from({ length: 5 }, () => store.put(contentHash(text), text)));
      expect(await store.get(contentHash(text))).toBe(text);
    });

    it('holds an artifact of two megabytes', async () => {
      const store = await makeStore();
      const text = JSON.stringify('x'.repeat(2_000_000));
      await store.put(contentHash(text), text);
      expect(await store.get(contentHash(text))).toBe(text);
    });

    it('refuses an artifact under a hash that is not its own', async () => {
      const store = await makeStore();
      await expect(store.put(contentHash('{"a":1}'), '{"a":2}')).rejects.toThrow(RangeError);
      expect(await store.get(contentHash('{"a":1}'))).toBeUndefined();
    });
  });
}
