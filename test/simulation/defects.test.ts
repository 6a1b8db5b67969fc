// The simulation held against defects that are planted into the product's source while it is loaded. All of them are
// searched for by `npm run simulate -- --defects`, which CI runs; here the few that are found at once.
import { describe, expect, it } from 'vitest';
import { DEFECTS } from './defects.ts';
import { patchedTexts } from './plant.ts';
import { searchDefects } from './search-defects.ts';

/** In a thread of its own, whose loader plants the defect, so the tests' own modules stay whole. */
const FOUND_AT_ONCE = [
  'an order that is not found is sent again under a new id',
  'orders are sent before the record is written',
  'the remainder is what was planned, not what is left',
  'the ledger counts a fill twice',
];

describe('a planted defect', () => {
  it('has a name of its own, and there are at least twenty', () => {
    expect(new Set(DEFECTS.map(({ name }) => name)).size).toBe(DEFECTS.length);
    expect(DEFECTS.length).toBeGreaterThanOrEqual(20);
  });

  it.each(DEFECTS)('fits exactly once into the source of the product: $name', (defect) => {
    expect([...patchedTexts(defect).keys()]).toHaveLength(new Set(defect.patches.map(({ file }) => file)).size);
  });

  it('is refused where it does not fit', () => {
    const file = 'shared/core/execution/state.ts';
    const rotten = { name: 'rotten', patches: [{ file, find: 'nothing of the kind', replace: '' }] };
    expect(() => patchedTexts(rotten)).toThrow('the defect "rotten" fits 0 times into shared/core/execution/state.ts, expected once');
    const vague = { name: 'vague', patches: [{ file, find: 'import', replace: '' }] };
    expect(() => patchedTexts(vague)).toThrow(/fits \d+ times/);
  });

  it.for(FOUND_AT_ONCE)('is found: %s', { timeout: 60_000 }, async (name, { annotate }) => {
    const [found] = await searchDefects({ first: 0, count: 200 }, 1, [name]);
    expect(found?.broken).toEqual(expect.stringMatching(/./));
    await annotate(`found at seed ${found?.seed}`);
  });
});
