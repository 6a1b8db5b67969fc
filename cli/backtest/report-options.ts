// What a report is asked to show beside the backtest, and whether it can be written at all.

import { CommandFailure, type FailureExit } from '../failure.ts';
import type { AskedVerdict } from '../hypothesis/reported-verdict.ts';
import { canWriteNewFile } from '../new-file.ts';

export interface AskedReport extends AskedVerdict {
  readonly report?: string;
}

/** @throws CommandFailure, exit 2: a verdict that is shown nowhere would look as if it had been taken. */
export function refuseWithoutReport({ report, verdict, keys }: AskedReport): void {
  if (report === undefined && verdict !== undefined)
    throw new CommandFailure('usage', `--verdict ${verdict}: it is shown in a report, expected --report too`, { exitCode: 2 });
  if (verdict === undefined && keys !== undefined)
    throw new CommandFailure('usage', `--keys ${keys}: the public keys of a verdict, expected --verdict too`, { exitCode: 2 });
}

/** Before the work that it tells of, which may take minutes, count trials or open a holdout. @throws CommandFailure, exit 2. */
export async function refuseUnwritable(report: string | undefined): Promise<void> {
  if (report === undefined) return;
  const asked = await canWriteNewFile(report, { replace: true });
  if (asked.kind === 'refused') throw unwritableReport(report, asked.reason, 2);
}

export function unwritableReport(report: string, reason: string, exitCode: FailureExit): CommandFailure {
  return new CommandFailure('bad-output', `--report ${report}: it cannot be written (${reason})`, { exitCode });
}
