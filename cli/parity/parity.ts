// Holds the runs that were asked for to the backtest, and says where they differ and what was paid.
import { CAUSES, type Cause } from '../../research/parity/attribute-trade.ts';
import { calibrateCosts } from '../../research/parity/calibrate-costs.ts';
import { parityOfRun, type RunParity } from '../../research/parity/parity-of-run.ts';
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import { failedResult } from '../failed-result.ts';
import { CommandFailure } from '../failure.ts';
import { dateOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import { findRun } from '../records/find-run.ts';
import { requireKnown } from '../switch/scope.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { openRecordDesk, type RecordDesk } from '../world/record-desk.ts';
import { parityFailure } from './parity-failure.ts';
import { type ParityDocument, parityText } from './parity-text.ts';

export interface AskedParity extends WorldOptions {
  readonly run?: string;
  readonly since?: string;
  readonly portfolio?: string;
}

const RUNS_MAX = 10_000;

/** @throws CommandFailure: exit 2 for bad usage, exit 1 where a run differs or could not be compared. */
export async function parity(asked: AskedParity, output: Output, open = openRecordDesk): Promise<void> {
  if ((asked.run === undefined) === (asked.since === undefined))
    throw new CommandFailure('usage', 'expected either --run or --since', { exitCode: 2 });
  if (asked.portfolio !== undefined && asked.since === undefined)
    throw new CommandFailure('usage', '--portfolio goes with --since; a run names its own', { exitCode: 2 });
  const from = dateOption('--since', asked.since);
  const desk = await open(asked);
  try {
    const compared: (readonly [RunRecord, RunParity])[] = [];
    for (const record of await recordsOf(asked, from ?? '', desk)) {
      compared.push([record, await parityOfRun(record, desk.artifacts)]);
      output.progress(`${compared.length} runs compared`);
    }
    output.progress('');
    const document = documentOf(compared);
    const said = { world: desk.world, parity: document };
    const text = [desk.worldText, parityText(document, output.colors)].join('\n\n');
    const failure = parityFailure(document.runs);
    if (failure === undefined) output.result(said, text);
    // Without a run, a table of nothing would look like a measurement.
    else throw failedResult(failure, said, document.runs.length === 0 ? undefined : text, output);
  } finally {
    await desk.close();
  }
}

/** Ascending. */
async function recordsOf({ run, portfolio }: AskedParity, from: string, desk: RecordDesk): Promise<readonly RunRecord[]> {
  if (run !== undefined) return [await findRun(run, desk)];
  if (portfolio !== undefined) await requireKnown(portfolio, desk);
  const records: RunRecord[] = [];
  for (const name of portfolio === undefined ? await desk.portfolioNames() : [portfolio])
    records.push(...(await desk.runStore.list(name, RUNS_MAX)).filter(({ session }) => session >= from).toReversed());
  return records;
}

function documentOf(compared: readonly (readonly [RunRecord, RunParity])[]): ParityDocument {
  const trades = compared.flatMap(([, run]) => (run.kind === 'compared' ? run.trades : []));
  const samples = compared.flatMap(([, run]) => (run.kind === 'compared' ? run.samples : []));
  // What is not known of one trade is not known of all.
  const sumOf = (cause: Cause): number | null =>
    trades.reduce<number | null>((sum, trade) => (sum === null || trade[cause] === null ? null : sum + trade[cause]), 0);
  return {
    runs: compared.map(([{ runId }, run]) =>
      run.kind === 'not-compared'
        ? { runId, isSame: null, why: run.why, targets: null, orders: null, trades: [] }
        : {
            runId,
            isSame: run.targets === undefined && run.orders === undefined,
            why: null,
            targets: run.targets ?? null,
            orders: run.orders ?? null,
            trades: run.trades,
          },
    ),
    traded: trades.reduce((sum, { notional }) => sum + notional, 0),
    shortfall: Object.fromEntries(CAUSES.map((cause) => [cause, sumOf(cause)])) as Record<Cause, number | null>,
    costs: calibrateCosts(samples),
  };
}
