// evenkeel demo: a real portfolio, rebalanced month after month by the handlers that run on AWS, over real HTTP.
import { mkdir, rm } from 'node:fs/promises';
import { FolderInUse } from '../../shared/adapters/local/folder-hold.ts';
import { type LocalWorld, startLocalWorld } from '../../shared/wiring/local.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { cashOption, seedOption } from '../option-values.ts';
import { type DemoOptions, type DemoSetting, demoSetting } from './demo-setting.ts';
import { summarise } from './demo-summary.ts';
import { closingText, sessionTable } from './demo-text.ts';
import { rebalanceSessions, type SessionStep, type SessionWays } from './rebalance-sessions.ts';

/** Half a tenth of a percent either side of the path: liquid US stocks and funds trade inside that. */
const SPREAD_BPS = 4;

/** @throws CommandFailure: exit 2 for what cannot be run, exit 1 for a run that was stopped or cannot be explained. */
export async function runDemo(options: DemoOptions, output: Output): Promise<void> {
  const setting = demoSetting(options);
  const deposit = cashOption(options.cash);
  const seed = seedOption(options.seed);
  if (options.fresh === true) await rm(setting.folder, { recursive: true, force: true });
  await mkdir(setting.folder, { recursive: true });
  introduce(setting, output);

  const world = await openWorld(setting, deposit, seed);
  const interrupted = listenForInterrupt(output);
  try {
    const ordersBefore = world.exchange.desk.book.orders.size;
    const steps = await collect(setting, world, { isStopped: interrupted.isStopped, approve: options.approve === true }, output);
    const summary = await summarise(setting.source.policy.name, steps, ordersBefore, deposit, world);
    const sessions = steps.map(({ report }) => report);
    if (interrupted.isStopped() && steps.length < setting.due.length) {
      output.note(sessionTable(sessions, output.colors));
      throw new CommandFailure('interrupted', `stopped after ${steps.length} of ${setting.due.length} sessions; run the same command to go on`, { exitCode: 1 });
    }
    output.result({ ...summary, sessions }, `${sessionTable(sessions, output.colors)}\n\n${closingText(summary, setting.folder, output.colors)}`);
    if (steps.some(isBroken)) output.fail();
  } finally {
    interrupted.stopListening();
    await world.close();
  }
}

function introduce({ source, series, due, isEmbedded }: DemoSetting, output: Output): void {
  const { bold } = output.colors;
  output.note(`${bold(source.policy.name)}: ${series.map(({ symbol }) => symbol).join(', ')}; ${due.length} sessions, ${due[0]?.session.date} to ${due.at(-1)?.session.date}.`);
  output.note(
    isEmbedded
      ? 'Prices: adjusted month-end closes from the package vega-datasets; from August 2004, when all five trade, without the partial March 2010.'
      : 'Prices: daily closes from the folders given.',
  );
  output.note('What lies between two closes is a seeded bridge; quotes stand 2 bp either side of it.');
  if (isEmbedded) output.note('The first day has nothing to bridge from: its prices move around its own close.');
  output.note('');
}

async function openWorld({ source, series, due, folder }: DemoSetting, cash: bigint, seed: number): Promise<LocalWorld> {
  const start = due[0]?.session.open;
  if (start === undefined) throw new Error('no session is due');
  try {
    return await startLocalWorld({ folder, source, series, start, cash, seed, spreadBps: SPREAD_BPS });
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    throw new CommandFailure('in-use', `another evenkeel is working in ${folder}`, { exitCode: 1, cause: error });
  }
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
  const onInterrupt = (): void => {
    if (isStopped) process.exit(1);
    isStopped = true;
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

/** A session that did not come to its end, or whose drift the record cannot explain. */
function isBroken({ report }: SessionStep): boolean {
  return report.unexplained.length > 0 || report.ending === 'not-ended' || report.ending === 'unresolved';
}

