// One case of the simulation: a session of a seed with its faults, the calm one after it, and every law held against both.

import type { FaultKind } from './fault-kinds.ts';
import type { Faults } from './faults.ts';
import { focusOf } from './focus.ts';
import { brokenLaws } from './invariants.ts';
import { nextDay } from './next-day.ts';
import { type DayKind, DUE, type Replay, type SimulatedDay, simulateDay } from './simulated-day.ts';
import { Counting, type Tally } from './tally.ts';

export interface PlayedCase {
  readonly seed: number;
  readonly faults: Faults;
  readonly struck: ReadonlyMap<FaultKind, number>;
  /** Every law that did not hold. */
  readonly broken: readonly string[];
  readonly tally: Tally;
  /** How many sessions were played. */
  readonly sessions: number;
}

/** Half of the seeds buy and sell in a margin account; the others may hold short positions, or have no margin. */
const KINDS: readonly DayKind[] = ['long-only', 'cash', 'long-only', 'long-short'];
const KINDS_SHORT_OF_MONEY: readonly DayKind[] = ['long-short', 'cash', 'long-only', 'long-short'];

export function kindOf(seed: number): DayKind {
  const kinds = focusOf(seed) === 'scarce-money' ? KINDS_SHORT_OF_MONEY : KINDS;
  return kinds[seed % kinds.length] ?? 'long-only';
}

export async function playCase(seed: number, replay: Replay = {}): Promise<PlayedCase> {
  const counting = new Counting();
  const onStep: Replay['onStep'] = (step, at) => {
    if (step.kind === 'stored') counting.addRecord(step.record);
    replay.onStep?.(step, at);
  };
  const day = await simulateDay(seed, kindOf(seed), { ...replay, onStep });
  // Before the next session, whose fills would be held against this one.
  const brokenToday = brokenLaws(day);
  const next = await nextDayOf(day);
  if (day.record !== undefined) counting.addEnding(day.record);
  if (next.record !== undefined) counting.addEnding(next.record);
  for (const [kind, times] of day.struck) counting.add('faults', kind, times);
  const broken = [...brokenToday, ...next.broken];
  return { seed, faults: day.faults, struck: day.struck, broken, tally: counting.tally(), sessions: next.sessions };
}

/** A world that is broken enough to stop its own next session is a broken law, not the end of the simulation. */
async function nextDayOf(day: SimulatedDay): Promise<Awaited<ReturnType<typeof nextDay>>> {
  try {
    return await nextDay(day, DUE);
  } catch (error) {
    return { broken: [error instanceof Error ? `${error.stack}` : String(error)], words: [], sessions: 1, record: undefined };
  }
}
