import { describe, expect, it } from 'vitest';
import { billedMs, fits } from './billed.ts';
import { hasMemoryToSpare } from './profile-text.ts';

describe('the estimate of what is billed', () => {
  it.each([
    // 100 ms of one processor; 512 MB have 512/1769 = 28.94 % of one: 345.5 ms.
    ['computes longer with a share of a processor', { cpuMs: 100, wallMs: 100 }, 512, 346],
    // At 128 MB 7.24 %: 1382.03 ms, and the 50 ms of waiting as they are.
    ['waits as long at any setting', { cpuMs: 100, wallMs: 150 }, 128, 1_433],
    ['has no more than one processor', { cpuMs: 100, wallMs: 100 }, 3_538, 100],
    ['counts work on several threads as work', { cpuMs: 100, wallMs: 60 }, 1_769, 100],
  ])('%s', (_, used, memoryMb, expected) => {
    expect(billedMs(used, memoryMb)).toBe(expected);
  });

  it('leaves a tenth of the memory free', () => {
    expect([fits(115, 128), fits(116, 128)]).toEqual([true, false]);
    // Nine tenths of 512 are 460.8.
    expect([hasMemoryToSpare({ name: 'signal', peakMb: 460 }), hasMemoryToSpare({ name: 'signal', peakMb: 461 })]).toEqual([true, false]);
  });
});
