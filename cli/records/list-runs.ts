// The runs of portfolios, newest first: how each ended, what it traded, what it left, what it cost.
import { type RunRecord, UnreadableRecord } from '../../shared/contracts/run-record.ts';
import { sumOfShortfalls } from '../../shared/core/ledger/shortfall.ts';
import { formatUsd } from '../../shared/core/values/money.ts';
import { notional } from '../../shared/core/values/shares.ts';
import { eachAtMost } from '../../shared/workflow/each-at-most.ts';
import { readArtifact } from '../../shared/workflow/read-artifact.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { requireKnown } from '../switch/scope.ts';
import { textTable } from '../text-table.ts';
import { visibleText } from '../visible-text.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { openRecordDesk, type RecordDesk } from '../world/record-desk.ts';
import { dollarsText } from './money-text.ts';
import { type ShortfallDocument, shortfallDocument } from './run-document.ts';
import { phaseText } from './run-text.ts';

export interface RunsOptions extends WorldOptions {
  readonly limit: string;
}

export interface RunRow {
  readonly runId: string;
  readonly session: string;
  readonly schedule: string;
  readonly phase: RunRecord['phase']['kind'];
  readonly ending: string | null;
  readonly code: string | null;
  readonly detail: string | null;
  /** US dollars that filled. */
  readonly traded: string;
  readonly orders: number;
  readonly residuals: readonly { readonly symbol: string; readonly code: string }[];
  /** null before the end, or where a trade was not measured. */
  readonly shortfall: ShortfallDocument | null;
}

const LIMIT_MAX = 1_000;
const READS_AT_ONCE = 6;

/** @throws CommandFailure: exit 2 for bad usage, exit 1 where the runs of a portfolio cannot be read; the rest is said first. */
export async function listRuns(portfolio: string | undefined, options: RunsOptions, output: Output, open = openRecordDesk): Promise<void> {
  const limit = limitOption(options.limit);
  const desk = await open(options);
  try {
    if (portfolio !== undefined) await requireKnown(portfolio, desk);
    const names = portfolio === undefined ? await desk.portfolioNames() : [portfolio];
    const problems: string[] = [];
    const portfolios: { readonly portfolio: string; readonly runs: readonly RunRow[] }[] = [];
    for (const name of names) {
      try {
        portfolios.push({ portfolio: name, runs: await rowsOf(await desk.runStore.list(name, limit), desk) });
      } catch (error) {
        if (!(error instanceof UnreadableRecord)) throw error;
        problems.push(`the runs of ${name} cannot be read: ${error.message}`);
      }
    }
    const blocks = portfolios.map((each) => `${output.colors.bold(each.portfolio)}\n${rowsText(each.runs, output.colors)}`);
    output.result({ world: desk.world, portfolios, problems }, [desk.worldText, ...blocks].join('\n\n'));
    if (problems.length > 0) throw new CommandFailure('unreadable', problems.join('\n'), { exitCode: 1 });
  } finally {
    await desk.close();
  }
}

function limitOption(text: string): number {
  const limit = Number(text);
  if (/^\d{1,4}$/.test(text) && limit >= 1 && limit <= LIMIT_MAX) return limit;
  throw new CommandFailure('usage', `--limit ${JSON.stringify(text)}: expected a number of runs from 1 to ${LIMIT_MAX}`, { exitCode: 2 });
}

async function rowsOf(records: readonly RunRecord[], desk: Pick<RecordDesk, 'artifacts'>): Promise<readonly RunRow[]> {
  const rows = new Map<string, RunRow>();
  await eachAtMost(READS_AT_ONCE, records, async (record) => {
    rows.set(record.runId, await rowOf(record, desk));
  });
  return records.flatMap(({ runId }) => rows.get(runId) ?? []);
}

async function rowOf(record: RunRecord, { artifacts }: Pick<RecordDesk, 'artifacts'>): Promise<RunRow> {
  const { runId, session, schedule, phase } = record;
  const legs = phase.kind === 'claimed' ? [] : (phase.execution?.legs ?? []);
  const orders = legs.flatMap(({ closedOrders }) => closedOrders);
  const traded = orders.reduce(
    (sum, { averageFillPrice, limitPrice, filledQuantity }) => sum + notional(averageFillPrice ?? limitPrice, filledQuantity, 'half-even'),
    0n,
  );
  const ending = phase.kind === 'ended' ? phase.ending : undefined;
  return {
    runId,
    session,
    schedule,
    phase: phase.kind,
    ending: ending?.kind ?? null,
    code: ending?.code ?? null,
    detail: ending?.detail ?? null,
    traded: formatUsd(traded),
    orders: orders.length,
    residuals: legs.flatMap(({ symbol, stage }) =>
      stage.kind === 'done' && stage.residual !== undefined ? [{ symbol, code: stage.residual.code }] : [],
    ),
    shortfall: record.artifacts.outcome === undefined ? null : await shortfallOf(record, artifacts),
  };
}

async function shortfallOf(record: RunRecord, artifacts: RecordDesk['artifacts']): Promise<ShortfallDocument | null> {
  const { trades } = (await readArtifact(artifacts, record, 'outcome')).outcome;
  const known = trades.flatMap(({ shortfall }) => shortfall ?? []);
  return known.length < trades.length ? null : shortfallDocument(sumOfShortfalls(known));
}

function rowsText(rows: readonly RunRow[], colors: Output['colors']): string {
  if (rows.length === 0) return 'no run on record';
  const cells = rows.map((row) => [
    row.session,
    row.schedule,
    phaseText(row, colors),
    dollarsText(row.traded, 0),
    `${row.orders}`,
    row.shortfall === null ? '-' : dollarsText(totalOf(row.shortfall)),
    remarkOf(row, colors),
  ]);
  return textTable(['session', 'schedule', 'ending', 'traded', 'orders', 'shortfall', 'left'], cells, {
    left: [0, 1, 2, 6],
    header: colors.dim,
  });
}

/** All parts that are known. Fees that are not priced are unknown, and said so by `show`. */
function totalOf({ delay, execution, opportunity, fees }: ShortfallDocument): string {
  return String([delay, execution, opportunity, fees].reduce((sum, part) => sum + Number(part ?? '0'), 0));
}

/** What is as it should be needs no word. */
function remarkOf({ ending, detail, residuals }: RunRow, { yellow }: Output['colors']): string {
  if (residuals.length > 0) return yellow(residuals.map(({ symbol, code }) => `${symbol} ${code}`).join(', '));
  return ending === 'refused' || ending === 'unresolved' ? yellow(visibleText(detail ?? '', 60)) : '';
}
