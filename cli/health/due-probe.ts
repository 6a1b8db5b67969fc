// Whether the latest run that was due left a record. What nobody started leaves none, and nothing else shows it.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { newYorkDate } from '../../shared/core/market/new-york-time.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import type { Schedule } from '../../shared/core/market/schedule.ts';
import { isDue, type ScheduledRun, slotInstant } from '../../shared/core/market/schedule-slot.ts';
import { runIdOf } from '../../shared/core/values/identity.ts';
import { DAY_MS, type EpochMs, MINUTE_MS } from '../../shared/core/values/time.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { instantText } from '../switch/switch-text.ts';
import { good, type Probe } from './health.ts';

/** Until then a late event may still begin it. */
const GRACE_MS = 15 * MINUTE_MS;
const LOOK_BACK_MS = 400 * DAY_MS;

export function dueProbe({ name, schedules }: PortfolioPolicy, runStore: Pick<RunStore, 'load' | 'list'>, now: () => EpochMs): Probe {
  return {
    part: `runs ${name}`,
    look: async () => {
      // Before its first run nobody knows since when it is deployed.
      const [oldest] = (await runStore.list(name, 100)).slice(-1);
      if (oldest === undefined) return { state: 'odd', detail: 'no run on record yet' };
      const due = schedules.flatMap((schedule) => {
        const last = lastDue(schedule, now());
        return last === undefined || last.at < oldest.scheduledTime ? [] : [{ schedule, ...last }];
      });
      const missing = [];
      for (const { schedule, session, at } of due) {
        const runId = runIdOf({ portfolio: name, session: session.date, schedule: schedule.name });
        if ((await runStore.load(runId)) === undefined) missing.push(`${runId}, due ${instantText(at)}`);
      }
      if (missing.length > 0) return { state: 'bad', detail: `left no record: ${missing.join('; ')}` };
      return good(due.length === 0 ? 'none was due since the first' : 'the latest that was due is on record');
    },
  };
}

function lastDue(schedule: Schedule, now: EpochMs): ScheduledRun | undefined {
  return sessionsBetween(newYorkDate(now - LOOK_BACK_MS), newYorkDate(now))
    .toReversed()
    .map((session) => ({ session, at: slotInstant(schedule.at, session) }))
    .find(({ session, at }) => at < now - GRACE_MS && isDue(schedule, session));
}
