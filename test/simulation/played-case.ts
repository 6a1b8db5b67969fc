// One case of the simulation: a session of a seed with its faults, the calm one after it, and every law held against both.

import type { DayKind } from './day-kind.ts';
import type { FaultKind } from './fault-kinds.ts';
import type { Faults } from './faults.ts';
import { focusOf, kindsOf } from './focus.ts';
import { guardsOf } from './guarded.ts';
import { brokenLaws } from './invariants.ts';
import { nextDay, readyAgain } from './next-day.ts';
import { brokenAccounts } from './other-account.ts';
import { brokenClearance, standingOf } from './real-money.ts';
import { type Replay, type SimulatedDay, simulateAfter, simulateDay } from './simulated-day.ts';
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

export function kindOf(seed: number): DayKind {
  const kinds = kindsOf(focusOf(seed));
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
  const brokenToday = [...brokenLaws(day), ...(await brokenClearance(day)), ...(await brokenAccounts(day))];
  const { broken: brokenBetween, last } = await playMore(day, { ...replay, onStep });
  const next = await nextDayOf(last);
  for (const { record, decided } of new Set([day, last])) {
    if (record !== undefined) counting.addEnding(record);
    for (const word of decided === undefined ? [] : guardsOf(decided)) counting.add('guards', word);
  }
  const standing = standingOf(seed);
  if (standing !== undefined) counting.add('standings', standing);
  if (next.record !== undefined) counting.addEnding(next.record);
  const { struck } = day.world.chance;
  for (const [kind, times] of struck) counting.add('faults', kind, times);
  const broken = [...brokenToday, ...brokenBetween, ...next.broken];
  return { seed, faults: day.faults, struck, broken, tally: counting.tally(), sessions: next.sessions + (last === day ? 0 : 1) };
}

/** The session after, where it meets faults of its own. */
async function playMore(day: SimulatedDay, replay: Replay): Promise<{ readonly broken: readonly string[]; readonly last: SimulatedDay }> {
  const { nextDay: faults } = day.faults;
  if (faults === undefined) return { broken: [], last: day };
  const { broken, due } = await readyAgain(day, faults);
  const last = await simulateAfter(day, due, faults, replay);
  return { broken: [...broken, ...brokenLaws(last)], last };
}

/** A world that is broken enough to stop its own next session is a broken law, not the end of the simulation. */
async function nextDayOf(day: SimulatedDay): Promise<Awaited<ReturnType<typeof nextDay>>> {
  try {
    return await nextDay(day);
  } catch (error) {
    return { broken: [error instanceof Error ? `${error.stack}` : String(error)], words: [], sessions: 1, record: undefined };
  }
}
