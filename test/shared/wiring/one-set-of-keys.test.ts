// One turn, one set of keys: what is stored meanwhile is for the next.
import { describe, expect, it } from 'vitest';
import { oneSetOfKeys } from '../../../shared/wiring/one-set-of-keys.ts';

describe('the keys of one turn', () => {
  it('stay what they were when they were first asked for, whatever is stored meanwhile', async () => {
    let stored = { keyId: 'one', secretKey: 'of-one' };
    const turn = oneSetOfKeys(async () => stored);
    expect(await Promise.all([turn(), turn()])).toEqual([stored, stored]);
    const before = stored;
    stored = { keyId: 'two', secretKey: 'of-two' };
    expect(await turn()).toBe(before);
    expect(await oneSetOfKeys(async () => stored)()).toBe(stored);
  });

  it('are asked for again after a failure', async () => {
    const keys = { keyId: 'one', secretKey: 'of-one' };
    let isDown = true;
    const turn = oneSetOfKeys(async () => {
      if (isDown) throw new Error('down');
      return keys;
    });
    await expect(turn()).rejects.toThrow('down');
    isDown = false;
    expect(await turn()).toBe(keys);
  });
});
