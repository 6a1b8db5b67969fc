// What a report is asked to show beside the backtest.

import { CommandFailure } from '../failure.ts';
import type { AskedVerdict } from '../hypothesis/reported-verdict.ts';

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
