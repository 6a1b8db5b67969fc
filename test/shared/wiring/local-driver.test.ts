import { describe, expect, it } from 'vitest';
import type { AdvanceResult } from '../../../shared/contracts/events.ts';
import { type DriverParts, driveRun } from '../../../shared/wiring/local-driver.ts';

const RUN_ID = 'pair/2019-03-14/daily';
const waits = (waitSeconds: number): AdvanceResult => ({ runId: RUN_ID, done: false, waitSeconds });
const done: AdvanceResult = { runId: RUN_ID, done: true, waitSeconds: 0 };

/** Answers what it is told to, turn by turn, and keeps what passed. The last answer is given for ever. */
function aCrank(...answers: readonly (AdvanceResult | Error | string)[]) {
  const passed: number[] = [];
  const dead: string[] = [];
  const events: unknown[] = [];
  const left = [...answers];
  const parts: DriverParts = {
    execute: async (event) => {
      events.push(event);
      const answer = (left.length > 1 ? left.shift() : left[0]) ?? done;
      if (answer instanceof Error || typeof answer === 'string') throw answer;
      return answer;
    },
    pass: (ms) => void passed.push(ms),
    deadLetter: async ({ error }) => void dead.push(error),
    isStopped: () => false,
  };
  return { parts, passed, dead, events };
}

describe('the driver of a run at home', () => {
  it('turns and waits until the run has ended, as the state machine does', async () => {
    const { parts, passed, events } = aCrank(waits(5), waits(30), done);
    expect(await driveRun(RUN_ID, parts)).toBe('ended');
    expect(passed).toEqual([5_000, 30_000]);
    expect(events).toEqual([{ runId: RUN_ID }, { runId: RUN_ID }, { runId: RUN_ID }]);
  });

  it('repeats a turn that failed, after 10, 20 and 40 seconds', async () => {
    const failure = new TypeError('fetch failed');
    const { parts, passed, dead } = aCrank(failure, failure, failure, done);
    expect(await driveRun(RUN_ID, parts)).toBe('ended');
    expect([passed, dead]).toEqual([[10_000, 20_000, 40_000], []]);
  });

  it('begins to count again after a turn that did not fail', async () => {
    const failure = new Error('once in a while');
    const { parts, passed } = aCrank(failure, failure, waits(5), failure, failure, done);
    expect(await driveRun(RUN_ID, parts)).toBe('ended');
    expect(passed).toEqual([10_000, 20_000, 5_000, 10_000, 20_000]);
  });

  it.each([
    [new TypeError('fetch failed'), 'TypeError: fetch failed'],
    ['a text', 'a text'],
  ])('gives a run to a person after the fourth failure, with what was thrown: %s', async (failure, told) => {
    const { parts, passed, dead, events } = aCrank(failure);
    expect(await driveRun(RUN_ID, parts)).toBe('dead-letter');
    expect([events.length, passed, dead]).toEqual([4, [10_000, 20_000, 40_000], [told]]);
  });

  it('stops between turns when it is asked to, never in one', async () => {
    const { parts, events } = aCrank(waits(5));
    expect(await driveRun(RUN_ID, { ...parts, isStopped: () => events.length === 2 })).toBe('stopped');
    expect(events).toHaveLength(2);
  });

  it('does not turn for ever', async () => {
    const { parts } = aCrank(waits(1));
    await expect(driveRun(RUN_ID, parts)).rejects.toThrow(`run ${RUN_ID} has not ended after 2000 turns`);
  });
});
