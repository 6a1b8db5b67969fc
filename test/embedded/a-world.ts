// An embedded world of two funds in a quiet market, on the afternoon of one session, driven through the real handlers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Fault } from '../../exchange/faults/fault.ts';
import type { ArmedFault } from '../../exchange/faults/fault-book.ts';
import type { BookOrder } from '../../exchange/matching/book-order.ts';
import { executionHandler } from '../../lambdas/execution/execution-handler.ts';
import { signalHandler } from '../../lambdas/signal/signal-handler.ts';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import type { ScheduleEvent } from '../../shared/contracts/events.ts';
import { liveStandings } from '../../shared/contracts/hypothesis/live-clearance.ts';
import { type LiveDocuments, NO_DOCUMENTS } from '../../shared/contracts/hypothesis/live-documents.ts';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import type { Ending, RunRecord } from '../../shared/contracts/run-record.ts';
import type { WebhookTarget } from '../../shared/contracts/webhook-target.ts';
import type { Outcome } from '../../shared/core/ledger/outcome.ts';
import type { DailySeries } from '../../shared/core/market/bar.ts';
import { sessionOn, sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import type { RebalancePlan } from '../../shared/core/rebalance/plan.ts';
import { usd } from '../../shared/core/values/money.ts';
import { formatShares } from '../../shared/core/values/shares.ts';
import { type EpochMs, MINUTE_MS, type NewYorkDate } from '../../shared/core/values/time.ts';
import type { PortfolioSource } from '../../shared/ports/portfolios.ts';
import type { BrokerCredentials } from '../../shared/ports/secrets.ts';
import { type LocalWorld, startLocalWorld } from '../../shared/wiring/local.ts';
import { type Driven, type DriverParts, driveRun } from '../../shared/wiring/local-driver.ts';
import { readArtifact } from '../../shared/workflow/read-artifact.ts';
import type { SignalResult } from '../../shared/workflow/signal-run.ts';
import type { World } from '../../shared/workflow/world.ts';

/** A Thursday; trades of that day settle on the 18th. */
export const DAY: NewYorkDate = '2019-03-14';
export const NEXT_DAY: NewYorkDate = '2019-03-15';
export const RUN_ID = `pair/${DAY}/daily`;

const PORTFOLIO = `portfolio: pair
schedules: { daily: { at: close-25m, every: day, band: { absolute: 0.5% } } }
sleeves: { core: { capital: 100%, strategy: { specified: { SPY: 50%, TLT: 50% } } } }
limits: { position: 60%, turnover: 100%, order-notional: 60000 USD }
`;

export interface WorldStatement {
  /** Changes the text of the portfolio file. */
  readonly portfolio?: (text: string) => string;
  readonly credentials?: BrokerCredentials;
  readonly webhook?: WebhookTarget;
  /** Of a live portfolio. */
  readonly documents?: (policy: PortfolioPolicy) => LiveDocuments;
  /** Left out, a new one that goes with the world. */
  readonly folder?: string;
}

export class EmbeddedDay {
  readonly world: LocalWorld;
  readonly folder: string;
  readonly source: PortfolioSource;
  /** What the engine gave up, in order. */
  readonly deadLetters: { readonly runId: string; readonly error: string }[] = [];

  constructor(world: LocalWorld, folder: string, source: PortfolioSource) {
    this.world = world;
    this.folder = folder;
    this.source = source;
  }

  /** The scheduler's event of that session, 25 minutes before its close. */
  event(date: NewYorkDate = DAY): ScheduleEvent {
    return { portfolio: 'pair', schedule: 'daily', scheduledTime: new Date(dueAt(date)).toISOString() };
  }

  signal(event: unknown = this.event()): Promise<SignalResult> {
    return signalHandler(() => this.world)(event);
  }

  /** Turns the crank of a run until it ends or is given up. */
  async drive(runId: string = RUN_ID, world: World = this.world): Promise<Driven> {
    const parts: DriverParts = {
      execute: executionHandler(() => world),
      pass: (ms) => this.world.exchange.clock.advance(ms),
      deadLetter: async (message) => {
        this.deadLetters.push(message);
        await this.world.deadLetter(message);
      },
      isStopped: () => false,
    };
    return driveRun(runId, parts);
  }

  /** Time goes on to the slot of a session, and its run to its end. */
  async rebalance(date: NewYorkDate = DAY): Promise<Driven> {
    this.goTo(dueAt(date));
    await this.signal(this.event(date));
    return this.drive(`pair/${date}/daily`);
  }

  goTo(at: EpochMs): void {
    this.world.exchange.clock.set(at);
  }

  /** Over the control endpoint, as anybody would. */
  async arm(fault: Fault): Promise<ArmedFault> {
    const answer = await fetch(`${this.world.exchange.url}/control/v1/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
    if (answer.status !== 201) throw new Error(`the fault was not armed: ${await answer.text()}`);
    return (await answer.json()) as ArmedFault;
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.world.exchange.url}/control/v1/faults`, { method: 'DELETE' });
  }

  /** Every order that the exchange ever accepted. */
  orders(): readonly BookOrder[] {
    return [...this.world.exchange.desk.book.orders.values()];
  }

  /** What the account holds, in shares. */
  shares(): Readonly<Record<string, string>> {
    const { holdings } = this.world.exchange.desk.book;
    return Object.fromEntries([...holdings].sort().map(([symbol, { quantity }]) => [symbol, formatShares(quantity)]));
  }

  /** What the plan of a run wanted, in shares. */
  async planned(runId: string = RUN_ID): Promise<Readonly<Record<string, string>>> {
    return Object.fromEntries((await this.plan(runId)).trades.map(({ symbol, quantity }) => [symbol, formatShares(quantity)]));
  }

  async plan(runId: string = RUN_ID): Promise<RebalancePlan> {
    return (await readArtifact(this.world.artifacts, await this.record(runId), 'plan')).plan;
  }

  async outcome(runId: string = RUN_ID): Promise<Outcome> {
    return (await readArtifact(this.world.artifacts, await this.record(runId), 'outcome')).outcome;
  }

  /** "SPY rejected" of everything that was planned and not done. */
  async residuals(runId: string = RUN_ID): Promise<readonly string[]> {
    const { trades } = await this.outcome(runId);
    return trades.flatMap(({ symbol, residual }) => (residual === undefined ? [] : [`${symbol} ${residual.code}`]));
  }

  async record(runId: string = RUN_ID): Promise<RunRecord> {
    const record = await this.world.runStore.load(runId);
    if (record === undefined) throw new Error(`no run ${runId}`);
    return record;
  }

  async ending(runId: string = RUN_ID): Promise<Ending | undefined> {
    const { phase } = await this.record(runId);
    return phase.kind === 'ended' ? phase.ending : undefined;
  }

  notices(): Promise<readonly string[]> {
    return messagesOf(this.world, this.world.aws.noticesQueueUrl);
  }

  queuedDeadLetters(): Promise<readonly string[]> {
    return messagesOf(this.world, this.world.aws.deadLetterQueueUrl);
  }

  async close(): Promise<void> {
    await this.world.close();
  }
}

export async function aWorld({
  portfolio = (text) => text,
  credentials,
  webhook,
  documents,
  folder = newFolder(),
}: WorldStatement = {}): Promise<EmbeddedDay> {
  const text = portfolio(PORTFOLIO);
  const parsed = parsePortfolioFile(text, 'pair.yaml');
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.problems));
  const { policy } = parsed;
  const source: PortfolioSource = {
    text,
    policy,
    ...(policy.account.mode === 'paper' ? {} : { live: liveStandings(policy, documents?.(policy) ?? NO_DOCUMENTS) }),
  };
  const options = { folder, source, series: quietPrices(), start: dueAt(DAY), cash: usd('100000'), seed: 7, spreadBps: 4 };
  const world = await startLocalWorld({
    ...options,
    ...(credentials === undefined ? {} : { credentials }),
    ...(webhook === undefined ? {} : { webhook }),
  });
  return new EmbeddedDay(world, folder, source);
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'evenkeel-embedded-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

export function dueAt(date: NewYorkDate): EpochMs {
  const session = sessionOn(date);
  if (session === undefined) throw new Error(`${date} is no session`);
  return session.close - 25 * MINUTE_MS;
}

/** SPY at $ 100 until the day, at $ 104 from the next one on; TLT at $ 50 throughout. Within a day nothing much moves. */
function quietPrices(): readonly DailySeries[] {
  const seriesOf = (symbol: string, priceOn: (date: NewYorkDate) => number): DailySeries => ({
    symbol,
    bars: sessionsBetween('2019-03-01', '2019-03-29').map(({ date }) => {
      const price = priceOn(date);
      return { date, open: price, high: price * 1.0005, low: price * 0.9995, close: price };
    }),
  });
  return [seriesOf('SPY', (date) => (date > DAY ? 104 : 100)), seriesOf('TLT', () => 50)];
}

async function messagesOf({ aws }: LocalWorld, url: string): Promise<readonly string[]> {
  const sqs = new SQSClient(clientSettings({ endpoint: aws.endpoints.sqs }));
  try {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }));
    return Messages.map(({ Body }) => Body ?? '');
  } finally {
    sqs.destroy();
  }
}
