// When a portfolio is looked at next.
import { nextRuns } from '../../shared/core/market/schedule-slot.ts';
import type { Desk } from './desk.ts';
import { namesOf } from './scope.ts';
import { instantText } from './switch-text.ts';

export interface NextDue {
  readonly schedule: string;
  /** The New York date of the session. */
  readonly session: string;
  /** "2026-11-30T20:35:00.000Z". */
  readonly at: string;
}

/** null where its schedules are not known, or the calendar ends. That files cannot be read is for `namesOf` to say. */
export async function nextDue(portfolio: string, desk: Desk): Promise<NextDue | null> {
  const known = await namesOf(desk);
  if (known.kind === 'unknown' || !known.names.includes(portfolio)) return null;
  const schedules = (await desk.policyOf(portfolio))?.schedules ?? [];
  const runs = schedules.flatMap((schedule) => nextRuns(schedule, desk.clock.now(), 1).map((run) => ({ schedule: schedule.name, ...run })));
  const [first] = runs.sort((a, b) => a.at - b.at);
  return first === undefined ? null : { schedule: first.schedule, session: first.session.date, at: new Date(first.at).toISOString() };
}

export function nextDueText(due: NextDue | null): string {
  return due === null ? 'no next run known here' : `next run ${instantText(Date.parse(due.at))} (${due.schedule})`;
}
