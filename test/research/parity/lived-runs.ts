// Runs that took place on the simulated exchange, the last ones that the prices have, and what they recorded.
import { marketOf } from '../../../research/backtest/market.ts';
import type { PriceTable } from '../../../research/backtest/price-table.ts';
import { driveRun } from '../../../research/full/drive-run.ts';
import { type FullWorld, fullWorld } from '../../../research/full/full-world.ts';
import { parsePortfolioFile } from '../../../shared/contracts/portfolio-file.ts';
import type { RunRecord } from '../../../shared/contracts/run-record.ts';
import type { Session } from '../../../shared/core/market/calendar.ts';
import { isDue } from '../../../shared/core/market/schedule-slot.ts';
import type { AuditPorts } from '../../../shared/workflow/audit-ports.ts';
import { sealEndedRuns } from '../../../shared/workflow/seal-ended-runs.ts';
import { anEmptyAudit } from '../../builders/audit.ts';

interface Stated {
  readonly runs: number;
  readonly prices: PriceTable;
  readonly halfSpreadBps: number;
}

type LivedWorld = Pick<FullWorld['ports'], 'artifacts' | 'runStore' | 'clock'> & Pick<AuditPorts, 'ledgers' | 'trail' | 'auditKeys'>;

/** Each sealed when it ended. @param text of a portfolio file that is looked at once a month or more often. */
export async function livedRuns(
  text: string,
  { runs, prices, halfSpreadBps }: Stated,
): Promise<{ readonly records: RunRecord[] } & LivedWorld> {
  const source = parsePortfolioFile(text, 'test');
  if (source.kind === 'refused') throw new Error(JSON.stringify(source.problems));
  const world = fullWorld({
    options: { equity: 1_000_000, halfSpreadBps, fees: 'dated', partialFillPpm: 300_000, seed: 3 },
    accountNumber: 'TEST',
    market: marketOf(prices),
    symbols: prices.columns.map(({ symbol }) => symbol),
    hasOpens: true,
  });
  const { artifacts, runStore, ledgers, clock } = world.ports;
  const audit = { ...anEmptyAudit(), runStore, ledgers };
  const records: RunRecord[] = [];
  const [schedule] = source.policy.schedules;
  for (
    let day = world.market.sessions.length - 1 - 21 * (runs + 1);
    day < world.market.sessions.length && records.length < runs;
    day += 1
  ) {
    const session = world.market.sessions[day] as Session;
    if (schedule === undefined || !isDue(schedule, session)) continue;
    records.push(await driveRun(schedule, session, source, world));
    await sealEndedRuns(source.policy.name, audit);
  }
  return { records, artifacts, clock, ...audit };
}
