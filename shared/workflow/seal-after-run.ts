// The audit chain after a run's end, which nothing of the run depends on.
import type { Telemetry } from '../ports/telemetry.ts';
import type { AuditPorts } from './audit-ports.ts';
import { sealEndedRuns } from './seal-ended-runs.ts';

/** Never throws: what could not be added is told in the log, and added after the next run, or by the daily digest. */
export async function sealAfterRun(portfolio: string, ports: AuditPorts, telemetry: Telemetry): Promise<void> {
  try {
    const added = await sealEndedRuns(portfolio, ports);
    if (added > 0) telemetry.info('added to the audit chain', { runs: added });
  } catch (error) {
    telemetry.error('the audit chain was not added to', { portfolio, error });
  }
}
