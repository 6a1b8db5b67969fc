// A run record of which a test states only what matters.
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import { runIdOf } from '../../shared/core/values/identity.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';

interface Stated {
  readonly portfolio?: string;
  readonly session?: NewYorkDate;
  readonly schedule?: string;
  readonly version?: number;
  readonly updatedAt?: number;
  readonly phase?: RunRecord['phase'];
}

/** 2026-11-20 20:35 UTC, 25 minutes before that session's close. */
export const DUE_AT = Date.UTC(2026, 10, 20, 20, 35);

export function aRunRecord(stated: Stated = {}): RunRecord {
  const { portfolio = 'sixty-forty', session = '2026-11-20', schedule = 'month-end', version = 1, phase = { kind: 'claimed' } } = stated;
  return {
    schemaVersion: 1,
    runId: runIdOf({ portfolio, session, schedule }),
    version,
    portfolio,
    schedule,
    session,
    scheduledTime: DUE_AT,
    claimedAt: DUE_AT,
    updatedAt: stated.updatedAt ?? DUE_AT,
    artifacts: {},
    phase,
  };
}
