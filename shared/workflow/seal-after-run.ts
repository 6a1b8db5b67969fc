// The audit chain after a run's end, which nothing of the run depends on, and which nothing of it waits for long.
import { SECOND_MS } from '../core/values/time.ts';
import { OutsideError } from '../ports/outside-error.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { AuditPorts } from './audit-ports.ts';
import { sealEndedRuns } from './seal-ended-runs.ts';

/** In real time. A function that is cut off here would be invoked again, and in the end be told as a run that failed. */
const PATIENCE_MS = 10 * SECOND_MS;

/** Never throws: what could not be added is told in the log, and added after the next run, or by the daily digest. */
export async function sealAfterRun(
  portfolio: string,
  ports: AuditPorts,
  telemetry: Telemetry,
  patienceMs: number = PATIENCE_MS,
): Promise<void> {
  try {
    const added = await within(patienceMs, sealEndedRuns(portfolio, ports));
    if (added > 0) telemetry.info('added to the audit chain', { runs: added });
  } catch (error) {
    telemetry.error('the audit chain was not added to', { portfolio, error });
  }
}

/** What is left behind does no harm: each link is added under a condition. */
async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    const late = () => reject(new OutsideError(`sealing takes longer than ${ms} ms`, { effect: 'unknown', code: 'timeout' }));
    timer = setTimeout(late, ms);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
