// evenkeel demo: a real portfolio, rebalanced month after month by the handlers that run on AWS, over real HTTP.
import { resolve } from 'node:path';
import { ReplayError } from '../../exchange/market/line-over-prices.ts';
import { FolderInUse } from '../../shared/adapters/local/folder-hold.ts';
import { UnreadableRecord } from '../../shared/contracts/run-record.ts';
import { WATCHDOG_AFTER_CLOSE_MS } from '../../shared/contracts/watchdog-event.ts';
import { newYorkDate } from '../../shared/core/market/new-york-time.ts';
import { type LocalWorld, startLocalWorld } from '../../shared/wiring/local.ts';
import { UnusableState } from '../../shared/wiring/unusable-state.ts';
import { CommandFailure } from '../failure.ts';
import { cashOption, seedOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import { inUse, openFolder, unwritten } from './demo-folder.ts';
import { type DemoOptions, type DemoSetting, demoSetting } from './demo-setting.ts';
import { summarise } from './demo-summary.ts';
import { closingText, sessionTable } from './demo-text.ts';
import { writeDemoMarket } from './market-file.ts';
import { sessionsWithoutClose } from './missing-closes.ts';
import { rebalanceSessions, type SessionStep, type SessionWays } from './rebalance-sessions.ts';

/** Half a tenth of a percent either side of the path: liquid US stocks and funds trade inside that. */
const SPREAD_BPS = 4;

/** Two signals closer than this are one. */
const SAME_INTERRUPT_MS = 500;

/** @throws CommandFailure: exit 2 for what cannot be run, exit 1 for a run that was stopped or cannot be explained. */
export async function runDemo(options: DemoOptions, output: Output): Promise<void> {
  const deposit = cashOption(options.cash);
  const seed = seedOption(options.seed);
  const setting = await demoSetting(options);
  await openFolder(setting.folder, options.fresh === true);
  const prices = (options.prices ?? []).map((folder) => resolve(folder));
  try {
    writeDemoMarket(setting.folder, { portfolioFile: setting.source.text, prices, seed, spreadBps: SPREAD_BPS });
  } catch (error) {
    throw unwritten(setting.folder, error);
  }
  introduce(setting, output);

  const interrupted = listenForInterrupt(output);
  try {
    const world = await openWorld(setting, deposit, seed);
    const ways = { isStopped: interrupted.isStopped, approve: options.approve === true };
    await rebalance(setting, world, deposit, options.fresh === true, ways, output).finally(() => world.close());
  } catch (error) {
    throw explained(error, setting.folder);
  } finally {
    interrupted.stopListening();
  }
}

async function rebalance(
  setting: DemoSetting,
  world: LocalWorld,
  deposit: bigint,
  isFresh: boolean,
  ways: SessionWays,
  output: Output,
): Promise<void> {
  refuseEarlierEnd(setting, world);
  const ordersBefore = world.exchange.desk.book.orders.size;
  const steps = await collect(setting, world, ways, output);
  const sessions = steps.map(({ report }) => report);
  if (ways.isStopped() && steps.length < setting.due.length) {
    if (steps.length > 0) output.note(sessionTable(sessions, output.colors));
    const message = `stopped after ${steps.length} of ${count(setting.due.length, 'session')}; run the same command${isFresh ? ' without --fresh' : ''} to go on`;
    throw new CommandFailure('interrupted', message, { exitCode: 1 });
  }
  const summary = await summarise(setting.source.policy.name, steps, ordersBefore, deposit, world);
  output.result(
    { ...summary, sessions },
    `${sessionTable(sessions, output.colors)}\n\n${closingText(summary, setting.folder, isFresh, output.colors)}`,
  );
  refuseUnexplained(steps);
}

/** The account's figures are those of its own day: beside the sessions of an earlier range they would be untrue. */
function refuseEarlierEnd({ due }: DemoSetting, { exchange }: LocalWorld): void {
  const last = due.at(-1)?.session;
  if (last === undefined || exchange.clock.now() <= last.close + WATCHDOG_AFTER_CLOSE_MS) return;
  const reached = newYorkDate(exchange.clock.now());
  const message = `this account has come to ${reached} already: say --to ${reached} or later, or start over with --fresh`;
  throw new CommandFailure('already-further', message, { exitCode: 2 });
}

function introduce({ source, series, due, isEmbedded }: DemoSetting, output: Output): void {
  const { bold } = output.colors;
  output.note(
    `${bold(source.policy.name)}: ${series.map(({ symbol }) => symbol).join(', ')}; ${count(due.length, 'session')}, ${due[0]?.session.date} to ${due.at(-1)?.session.date}.`,
  );
  output.note(
    isEmbedded
      ? 'Prices: adjusted month-end closes from the package vega-datasets; from August 2004, when all five trade, without the partial March 2010.'
      : 'Prices: daily closes from the folders given.',
  );
  const missing = isEmbedded ? [] : sessionsWithoutClose(series, due);
  for (const { symbol, count: days, first } of missing) {
    output.note(
      output.colors.yellow(
        `${symbol} has no close on ${count(days, 'session')}, the first ${first}: made up like all that lies between two closes.`,
      ),
    );
  }
  output.note('What lies between two closes is a seeded bridge; quotes stand 2 bp either side of it.');
  if (isEmbedded) output.note('The first day has nothing to bridge from: its prices move around its own close.');
  output.note('');
}

async function openWorld({ source, series, due, folder }: DemoSetting, cash: bigint, seed: number): Promise<LocalWorld> {
  const start = due[0]?.session.open;
  if (start === undefined) throw new Error('no session is due');
  return startLocalWorld({ folder, source, series, start, cash, seed, spreadBps: SPREAD_BPS });
}

/** What went wrong in words for a person, where it is neither the market's fault nor ours. */
function explained(error: unknown, folder: string): unknown {
  if (error instanceof FolderInUse) return inUse(folder, error);
  if (error instanceof ReplayError) return new CommandFailure('bad-prices', error.message, { exitCode: 2, cause: error });
  if (!(error instanceof UnusableState || error instanceof UnreadableRecord)) return error;
  return new CommandFailure('unusable-state', `${error.message}; to start over, add --fresh to the same command`, {
    exitCode: 1,
    cause: error,
  });
}

async function collect({ source, due }: DemoSetting, world: LocalWorld, ways: SessionWays, output: Output): Promise<SessionStep[]> {
  const steps: SessionStep[] = [];
  for await (const step of rebalanceSessions(source, due, world, ways)) {
    steps.push(step);
    output.progress(`session ${steps.length} of ${due.length}  ${step.report.date}  ${step.report.ending}`);
  }
  output.progress('');
  return steps;
}

/** The first Ctrl-C ends after the turn that is being made; the second ends at once, which loses nothing either. */
function listenForInterrupt(output: Output): { isStopped: () => boolean; stopListening: () => void } {
  let isStopped = false;
  let stoppedAt = 0;
  const onInterrupt = (): void => {
    // A terminal signals the launcher and us, and the launcher passes it on: that is one Ctrl-C.
    if (isStopped && Date.now() - stoppedAt > SAME_INTERRUPT_MS) process.exit(1);
    if (isStopped) return;
    isStopped = true;
    stoppedAt = Date.now();
    output.note('\nStopping after this turn …');
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  return {
    isStopped: () => isStopped,
    stopListening: () => {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onInterrupt);
    },
  };
}

/** The result was said; what follows is why it must not pass for a success. */
function refuseUnexplained(steps: readonly SessionStep[]): void {
  const refused = steps.filter(({ report }) => report.ending === 'refused');
  const bad = steps.flatMap(({ report, deadLetter }) => {
    if (deadLetter !== undefined) return [`${report.runId} went to the dead-letter queue: ${deadLetter}`];
    if (report.unexplained.length > 0)
      return [`${report.runId} left ${report.unexplained.join(', ')} outside the band without a recorded reason`];
    if (report.ending === 'unresolved') return [`${report.runId} is unresolved: ${report.detail}`];
    return [];
  });
  if (bad.length > 0) throw new CommandFailure('unexplained', bad.join('\n'), { exitCode: 1 });
  if (refused.length > 0)
    throw new CommandFailure('refused', `${count(refused.length, 'session')} of ${steps.length} refused`, { exitCode: 1 });
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
