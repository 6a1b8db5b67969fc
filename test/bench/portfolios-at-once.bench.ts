// Many portfolios whose schedules fire in the same minute, on one emulated AWS: how long until the run of each has ended,
// against one that is alone. Each has its account, its exchange and its functions. All are in this process, on the cores
// of one machine: on AWS each would have its own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { virtualClock } from '../../exchange/clock.ts';
import { executionHandler } from '../../lambdas/execution/execution-handler.ts';
import { signalHandler } from '../../lambdas/signal/signal-handler.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../../shared/adapters/local/embedded-aws.ts';
import { writtenPortfolio } from '../../shared/adapters/local/written-portfolio.ts';
import { environmentNames } from '../../shared/contracts/environment.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { usd } from '../../shared/core/values/money.ts';
import { MINUTE_MS } from '../../shared/core/values/time.ts';
import { type AwsWorld, awsWorld } from '../../shared/wiring/aws.ts';
import { driveRun } from '../../shared/wiring/local-driver.ts';
import { type LocalExchange, startLocalExchange } from '../../shared/wiring/local-exchange.ts';
import { functionEnvironment } from '../bundled/function-environment.ts';
import { type RemainingAws, startRemainingAws } from '../bundled/remaining-aws.ts';
import { CREDENTIALS, quietPrices } from '../deploy/emulated-market.ts';
import type { Bench } from './bench.ts';

const PORTFOLIOS = 50;
const SHARE = 0.95;
const SESSIONS = sessionsBetween('2019-03-04', '2019-03-22');

export const bench: Bench = {
  name: 'portfolios at once',
  unit: 'ms',
  floor: 'one that is alone',
  rounds: 1,
  // Done before the minute is over in which all of them came.
  limits: { subjectMax: MINUTE_MS },
  prepare: async () => {
    const load = await openLoad();
    return {
      subjects: [{ name: `p95 of ${PORTFOLIOS}`, measure: () => load.endOf(SHARE) }],
      floor: () => load.endOfOne(),
      dispose: () => load.close(),
    };
  },
};

interface Desk {
  readonly name: string;
  readonly exchange: LocalExchange;
  readonly world: AwsWorld;
  /** Of the sessions, how many it has traded in. */
  traded: number;
}

interface Load {
  /** Milliseconds until this share of the runs has ended; the rest end too before it answers. */
  endOf(share: number): Promise<number>;
  endOfOne(): Promise<number>;
  close(): Promise<void>;
}

async function openLoad(): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-load-'));
  const aws = await startEmbeddedAws();
  const remaining = await startRemainingAws(JSON.stringify(CREDENTIALS));
  const before = { ...process.env };
  const own = { [environmentNames.portfoliosDir]: join(folder, 'portfolios'), POWERTOOLS_METRICS_DISABLED: 'true' };
  Object.assign(process.env, functionEnvironment(aws, remaining), own);
  mkdirSync(join(folder, 'portfolios'));
  const names = Array.from({ length: PORTFOLIOS + 1 }, (_, place) => `portfolio-${place}`);
  for (const name of names) writeFileSync(join(folder, 'portfolios', `${name}.yaml`), portfolioText(name));
  const desks = await Promise.all(names.map(openDesk));
  const [alone, ...together] = desks;
  if (alone === undefined) throw new Error('there is no portfolio');
  return {
    endOf: async (share) => {
      const ends = await Promise.all(together.map(rebalance));
      const [started, deadLetters] = [remaining.started.size, ends.filter(Number.isNaN).length];
      if (deadLetters > 0 || started !== alone.traded + PORTFOLIOS * (together[0]?.traded ?? 0)) throw new Error('a run was lost');
      return ends.toSorted((left, right) => left - right)[Math.ceil(share * PORTFOLIOS) - 1] ?? Number.NaN;
    },
    endOfOne: () => rebalance(alone),
    close: async () => {
      process.env = before;
      await Promise.all(desks.map(({ exchange }) => exchange.close()));
      await closeAll(aws, remaining);
      rmSync(folder, { recursive: true });
    },
  };
}

async function closeAll(aws: EmbeddedAws, remaining: RemainingAws): Promise<void> {
  await remaining.close();
  await aws.close();
}

async function openDesk(name: string): Promise<Desk> {
  const exchange = await startLocalExchange({
    series: quietPrices(),
    clock: virtualClock(dueIn(0)),
    cash: usd('100000'),
    seed: 7,
    spreadBps: 4,
    accountNumber: name.toUpperCase(),
    credentials: CREDENTIALS,
    port: 0,
    requestsPerMinute: Number.POSITIVE_INFINITY,
  });
  const broker = { trading: { paper: exchange.url, live: exchange.url }, marketData: exchange.url };
  return { name, exchange, world: awsWorld(writtenPortfolio, { isQuiet: true, broker, clock: exchange.clock }), traded: 0 };
}

/** The next session of this portfolio, from the event to the end of its run. @returns milliseconds. */
async function rebalance(desk: Desk): Promise<number> {
  const { name, exchange, world } = desk;
  const due = dueIn(desk.traded);
  desk.traded += 1;
  exchange.clock.set(due);
  const began = performance.now();
  const event = { portfolio: name, schedule: 'daily', scheduledTime: new Date(due).toISOString() };
  const signaled = await signalHandler(() => world)(event);
  if (signaled.kind !== 'handed-over') throw new Error(`${name}: ${JSON.stringify(signaled)}`);
  const driven = await driveRun(signaled.runId, {
    execute: executionHandler(() => world),
    pass: (ms) => exchange.clock.advance(ms),
    deadLetter: (message) => Promise.reject(new Error(JSON.stringify(message))),
    isStopped: () => false,
  });
  if (driven !== 'ended') throw new Error(`${name}: ${driven}`);
  return performance.now() - began;
}

function dueIn(place: number): number {
  const session = SESSIONS[place];
  if (session === undefined) throw new RangeError(`there is no session ${place}`);
  return session.close - 25 * MINUTE_MS;
}

function portfolioText(name: string): string {
  return `portfolio: ${name}
schedules: { daily: { at: close-25m, every: day, band: { absolute: 0.5% } } }
sleeves: { core: { capital: 100%, strategy: { specified: { SPY: 50%, TLT: 50% } } } }
limits: { position: 60%, turnover: 100%, order-notional: 60000 USD }
`;
}
