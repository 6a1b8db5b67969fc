import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../shared/contracts/canonical-json.ts';
import { firstDifference } from '../../../shared/contracts/first-difference.ts';

describe('the first difference', () => {
  it.each([
    [
      { a: 1, b: [1, 2] },
      { a: 1, b: [1, 3] },
      { path: 'b[1]', recorded: 2, replayed: 3 },
    ],
    [
      { b: 1, a: 1 },
      { b: 2, a: 2 },
      { path: 'a', recorded: 1, replayed: 2 },
    ],
    [{ a: [1] }, { a: [1, 2] }, { path: 'a[1]', recorded: undefined, replayed: 2 }],
    [{ a: { b: 1 } }, { a: {} }, { path: 'a.b', recorded: 1, replayed: undefined }],
    [{ a: [] }, { a: {} }, { path: 'a', recorded: [], replayed: {} }],
    [undefined, { a: 1 }, { path: '', recorded: undefined, replayed: { a: 1 } }],
    [{ a: null }, { a: 0 }, { path: 'a', recorded: null, replayed: 0 }],
  ])('of %j and %j', (recorded, replayed, difference) => {
    expect(firstDifference(recorded, replayed)).toEqual(difference);
  });

  it('is there exactly when the canonical texts differ', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const isSame = canonicalJson(one) === canonicalJson(other);
        expect(firstDifference(JSON.parse(canonicalJson(one)), JSON.parse(canonicalJson(other))) === undefined).toBe(isSame);
        expect(firstDifference(JSON.parse(canonicalJson(one)), JSON.parse(canonicalJson(one)))).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });
});
