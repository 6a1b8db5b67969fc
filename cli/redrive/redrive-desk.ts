// Where a stopped run is let go on: its record, its execution, its dead letters, and the ports of its account. Of a
// deployment with its owner's credentials, or of a demo that does not run, whose crank is then turned here.
import { executionHandler } from '../../lambdas/execution/execution-handler.ts';
import { signalHandler } from '../../lambdas/signal/signal-handler.ts';
import { FolderInUse } from '../../shared/adapters/local/folder-hold.ts';
import { UnreadableRecord } from '../../shared/contracts/run-record.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { DeadLetters } from '../../shared/ports/dead-letters.ts';
import type { Executions } from '../../shared/ports/executions.ts';
import type { Portfolios } from '../../shared/ports/portfolios.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import type { Signals } from '../../shared/ports/signals.ts';
import { type LocalWorld, startLocalWorld } from '../../shared/wiring/local.ts';
import { driveRun } from '../../shared/wiring/local-driver.ts';
import { exchangeFile, readSavedExchange } from '../../shared/wiring/saved-exchange-file.ts';
import { UnusableState } from '../../shared/wiring/unusable-state.ts';
import type { World } from '../../shared/workflow/world.ts';
import { inUse } from '../demo/demo-folder.ts';
import { keptMarket } from '../demo/kept-market.ts';
import { openDeployment } from '../deployment.ts';
import { CommandFailure } from '../failure.ts';
import { deployedOperations } from '../operations/operations-desk.ts';
import { chooseWorld, type WorldOptions } from '../world/choose-world.ts';
import { type WorldDocument, worldDocument, worldText } from '../world/world-text.ts';

export interface RedriveDesk {
  readonly world: WorldDocument;
  /** The same in words. */
  readonly worldText: string;
  readonly runStore: Pick<RunStore, 'load'>;
  readonly deadLetters: DeadLetters;
  readonly executions: Executions;
  readonly signals: Signals;
  readonly portfolios: Portfolios;
  readonly portsFor: World['portsFor'];
  readonly clock: Clock;
  /** Somebody else turns the crank; at home it has been turned when a step was taken. */
  readonly isLive: boolean;
  /** Lets time pass while somebody else turns the crank. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** @throws CommandFailure: exit 2 when there is no such state or deployment, exit 1 when another process works there. */
export async function openRedriveDesk(options: WorldOptions): Promise<RedriveDesk> {
  const choice = chooseWorld(options);
  if (choice.kind === 'deployment') {
    const world = openDeployment();
    return {
      ...deployedOperations(),
      world: worldDocument(choice, world.stage),
      worldText: worldText(choice, world.stage),
      runStore: world.runStore,
      portfolios: world.portfolios,
      portsFor: world.portsFor,
      clock: world.clock,
      isLive: true,
      pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      close: async () => undefined,
    };
  }
  const told = { world: worldDocument(choice, undefined), worldText: worldText(choice, undefined) };
  return { ...demoDesk(await openDemo(choice.folder)), ...told };
}

/** A world at home as such a desk: it has no engine that works by itself. */
export function demoDesk(world: LocalWorld): Omit<RedriveDesk, 'world' | 'worldText'> {
  const drive = async (runId: string): Promise<void> => {
    await driveRun(runId, {
      execute: executionHandler(() => world),
      pass: (ms) => world.exchange.clock.advance(ms),
      deadLetter: (message) => world.deadLetter(message),
      isStopped: () => false,
    });
  };
  return {
    runStore: world.runStore,
    deadLetters: world.deadLetters,
    executions: {
      standing: async (runId) => {
        const phase = (await world.runStore.load(runId))?.phase.kind;
        if (phase === 'ended') return { kind: 'succeeded' };
        return phase === 'executing' ? { kind: 'stopped', how: 'aborted' } : { kind: 'never-started' };
      },
      isReady: async () => true,
      redrive: async (runId) => {
        await drive(runId);
        return 'resumed';
      },
    },
    signals: {
      send: async (event) => {
        const told = await signalHandler(() => world)(event);
        for (let started = world.engine.take(); started !== undefined; started = world.engine.take()) await drive(started);
        return JSON.stringify(told);
      },
    },
    portfolios: world.portfolios,
    portsFor: (policy, runId) => world.portsFor(policy, runId),
    clock: world.exchange.clock,
    isLive: false,
    pass: async () => undefined,
    close: () => world.close(),
  };
}

async function openDemo(folder: string): Promise<LocalWorld> {
  try {
    // The account is there already: what a new one would begin with is of no use.
    const saved = readSavedExchange(exchangeFile(folder));
    if (saved === undefined) throw new UnusableState(`${folder} holds no state of a demo`);
    return await startLocalWorld({ folder, ...keptMarket(folder), start: saved.at, cash: 0n });
  } catch (error) {
    if (error instanceof FolderInUse) throw inUse(folder, error);
    if (!(error instanceof UnusableState || error instanceof UnreadableRecord)) throw error;
    throw new CommandFailure('unusable-state', error.message, { exitCode: 1, cause: error });
  }
}
