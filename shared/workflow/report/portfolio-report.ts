// What a portfolio did in a period and how it stood at its end, from its records alone: runs, trades, holdings, cash, lots, risk,
// surveillance. It asks no broker, so it says the same of a period whenever it is asked.
import type { ArtifactOf } from '../../contracts/artifacts.ts';
import type { LiveOverride } from '../../contracts/portfolio-policy.ts';
import type { RunRecord } from '../../contracts/run-record.ts';
import type { CashEntry, Entry } from '../../core/ledger/entry.ts';
import { foldLots } from '../../core/ledger/lots/fold-lots.ts';
import type { LotMethod, LotRemark, RealisedLot, TaxLot } from '../../core/ledger/lots/tax-lot.ts';
import { type WashSale, washSales } from '../../core/ledger/lots/wash-sales.ts';
import { tradeDateOf } from '../../core/ledger/settling.ts';
import { type SurveillanceFinding, surveil } from '../../core/ledger/surveillance.ts';
import { newYorkDate } from '../../core/market/new-york-time.ts';
import { type TailLosses, tailLosses } from '../../core/strategy/tail-loss.ts';
import type { RunId } from '../../core/values/identity.ts';
import type { MicroUsd } from '../../core/values/money.ts';
import type { NewYorkDate } from '../../core/values/time.ts';
import type { ArtifactStore } from '../../ports/artifact-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LedgerStore } from '../../ports/ledger-store.ts';
import type { RunStore } from '../../ports/run-store.ts';
import { eachAtMost } from '../each-at-most.ts';
import { readLedgerBatches } from '../read-ledger-entries.ts';
import { type RunWithArtifacts, readRun } from '../read-run.ts';
import { accountAfter, type Holdings, holdingsAfter } from './holdings.ts';
import { ordersOf, type RecordedTrade, type ReportedOrder, tradesOf } from './recorded-trades.ts';

/** Both included. */
export interface ReportPeriod {
  readonly from: NewYorkDate;
  readonly to: NewYorkDate;
}

export interface ReportPorts {
  readonly runStore: Pick<RunStore, 'list'>;
  readonly artifacts: Pick<ArtifactStore, 'get'>;
  readonly ledgers: Pick<LedgerStore, 'load'>;
  readonly clock: Clock;
}

export interface EquityPoint {
  readonly runId: RunId;
  readonly session: NewYorkDate;
  /** Of the account, as the run saw it last. */
  readonly equity: MicroUsd;
  readonly cash: MicroUsd;
}

export interface CashFlowLine {
  readonly on: NewYorkDate;
  readonly kind: CashEntry['kind'];
  /** The broker's word. */
  readonly word: string;
  readonly symbol: string | undefined;
  readonly amount: MicroUsd;
}

export interface RealisedLine extends RealisedLot {
  readonly washSale: WashSale;
}

export interface PortfolioReport {
  readonly portfolio: string;
  readonly period: ReportPeriod;
  readonly method: LotMethod;
  /** Of the period, oldest first, as are trades and orders. */
  readonly runs: readonly RunRecord[];
  /** Of the runs that a person let trade live without what they needed. */
  readonly overrides: ReadonlyMap<RunId, LiveOverride>;
  readonly trades: readonly RecordedTrade[];
  readonly orders: readonly ReportedOrder[];
  /** After the last run that looked at the account, of the period or before it. */
  readonly holdings: Holdings | undefined;
  /** The last before the period; undefined where the record begins within it. */
  readonly before: EquityPoint | undefined;
  readonly equity: readonly EquityPoint[];
  /** Of the period, oldest first. Trades are not among them. */
  readonly flows: readonly CashFlowLine[];
  /** At the end of the period. */
  readonly lots: readonly TaxLot[];
  readonly realised: readonly RealisedLine[];
  readonly lotRemarks: readonly LotRemark[];
  readonly risk: {
    readonly breaker: NonNullable<ArtifactOf['snapshot']['risk']>['breaker'] | undefined;
    readonly stress: ArtifactOf['review']['stress'];
    readonly tail: TailLosses;
  };
  readonly surveillance: readonly SurveillanceFinding[];
}

/** More than a lifetime of daily runs. */
const ALL = 100_000;
const READS_AT_ONCE = 6;
/** Each snapshot has about a month of closes: together two years of monthly runs, or two months of daily ones. */
const RUNS_OF_HISTORY = 24;

/** @throws StoreError; UnreadableRecord; Error for an artifact that is not there or not whole: a report without it would be wrong. */
export async function reportPortfolio(
  portfolio: string,
  period: ReportPeriod,
  method: LotMethod,
  ports: ReportPorts,
): Promise<PortfolioReport> {
  const records = [...(await ports.runStore.list(portfolio, ALL))].filter(({ session }) => session <= period.to).sort(byTime);
  const within = records.filter(({ session }) => session >= period.from);
  const earlier = records.slice(0, records.length - within.length).slice(-RUNS_OF_HISTORY);
  const read = await readAll([...earlier, ...within], ports.artifacts);
  const runs = read.filter(({ record }) => record.session >= period.from);
  const entries = await entriesOf(portfolio, ports);
  const book = foldLots(
    entries.filter((entry) => dateOf(entry) <= period.to),
    method,
  );
  const isWithin = (date: NewYorkDate): boolean => date >= period.from && date <= period.to;
  const flags = washSales(book.realised, entries, newYorkDate(ports.clock.now()));
  const holdings = read.map((run) => holdingsAfter(run, book.open)).findLast((each) => each !== undefined);
  const orders = runs.flatMap(ordersOf);
  return {
    portfolio,
    period,
    method,
    runs: within,
    overrides: overridesOf(runs),
    trades: runs.flatMap(tradesOf),
    orders,
    holdings,
    before: read
      .filter(({ record }) => record.session < period.from)
      .flatMap(equityOf)
      .at(-1),
    equity: runs.flatMap(equityOf),
    flows: entries.flatMap((entry) => flowOf(entry) ?? []).filter(({ on }) => isWithin(on)),
    lots: book.open,
    realised: book.realised
      .map((each, place) => ({ ...each, washSale: flags[place] ?? { kind: 'unknown' as const } }))
      .filter(({ disposed }) => isWithin(disposed)),
    lotRemarks: book.remarks.filter(({ on }) => isWithin(on)),
    risk: riskOf(read, holdings),
    surveillance: surveil(orders),
  };
}

function overridesOf(runs: readonly RunWithArtifacts[]): ReadonlyMap<RunId, LiveOverride> {
  return new Map(
    runs.flatMap(({ record, snapshot }) => {
      const override = snapshot?.clearance?.override;
      return override === undefined ? [] : [[record.runId, override] as const];
    }),
  );
}

function byTime(a: RunRecord, b: RunRecord): number {
  return a.scheduledTime - b.scheduledTime || (a.runId < b.runId ? -1 : 1);
}

async function readAll(records: readonly RunRecord[], artifacts: ReportPorts['artifacts']): Promise<readonly RunWithArtifacts[]> {
  const read = new Map<RunId, RunWithArtifacts>();
  await eachAtMost(READS_AT_ONCE, records, async (record) => {
    read.set(record.runId, await readRun(record, artifacts));
  });
  return records.flatMap(({ runId }) => read.get(runId) ?? []);
}

async function entriesOf(portfolio: string, { ledgers, artifacts }: ReportPorts): Promise<readonly Entry[]> {
  const record = await ledgers.load(portfolio);
  if (record === undefined) return [];
  return (await readLedgerBatches(record, artifacts)).flatMap(({ batch }) => batch.entries);
}

/** The trade date of a fill. */
function dateOf(entry: Entry): NewYorkDate {
  return entry.kind === 'fill' || entry.kind === 'late-fill' ? tradeDateOf(entry.clientOrderId, entry.at) : newYorkDate(entry.at);
}

function flowOf(entry: Entry): CashFlowLine | undefined {
  if (!('word' in entry) || entry.kind === 'corporate-action') return undefined;
  const { kind, word, symbol, amount } = entry;
  return { on: dateOf(entry), kind, word, symbol, amount };
}

function equityOf(run: RunWithArtifacts): EquityPoint[] {
  const { runId, session } = run.record;
  const account = accountAfter(run);
  return account === undefined ? [] : [{ runId, session, equity: account.equity, cash: account.cash }];
}

/** Of the newest run that looked; the tail of what was held then, by all closes that the runs around it stored. */
function riskOf(runs: readonly RunWithArtifacts[], holdings: Holdings | undefined): PortfolioReport['risk'] {
  const newestFirst = runs.toReversed();
  const histories = newestFirst.slice(0, RUNS_OF_HISTORY).flatMap(({ snapshot }) => {
    const recent = snapshot?.risk?.history;
    return snapshot === undefined ? [] : [...(recent === undefined ? [] : [recent]), snapshot.history];
  });
  const held = (holdings?.lines ?? []).filter(({ symbol }) => symbol !== 'cash');
  return {
    breaker: newestFirst.find(({ snapshot }) => snapshot?.risk !== undefined)?.snapshot?.risk?.breaker,
    stress: newestFirst.find(({ review }) => review?.stress !== undefined)?.review?.stress,
    tail: tailLosses(held, histories),
  };
}
