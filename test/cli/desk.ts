// The switch desk of a workflow world, whose runs go on while somebody waits there.
import { Output } from '../../cli/output.ts';
import type { Desk, DeskOptions } from '../../cli/switch/desk.ts';
import { RUN_ID, type WorkflowWorld } from '../shared/workflow/workflow-world.ts';

export interface DeskStatement {
  /** A run that does not get on: its turns fail. */
  readonly isStuck?: boolean;
  readonly isLive?: boolean;
  readonly portfolioNames?: Desk['portfolioNames'];
  readonly killSwitch?: Desk['killSwitch'];
  readonly runStore?: Desk['runStore'];
  readonly probes?: Desk['probes'];
}

export function deskOf(world: WorkflowWorld, stated: DeskStatement = {}): Desk {
  const { isStuck = false, isLive = true, portfolioNames = async () => ['balanced', 'cautious'] } = stated;
  return {
    killSwitch: stated.killSwitch ?? world.killSwitch,
    highWaterMarks: world.highWaterMarks,
    runStore: stated.runStore ?? world.runStore,
    clock: { now: () => world.now },
    isLive,
    portfolioNames,
    policyOf: async (name) => ({ ...world.source.policy, name }),
    pass: async (ms) => {
      world.now += ms;
      if (!isStuck) await world.advance();
    },
    probes: stated.probes ?? (() => []),
    close: async () => undefined,
  };
}

export interface Said {
  out: string;
  err: string;
  /** Thrown by the command. */
  failure: unknown;
}

/** What a command says at this desk, in a pipe. */
export async function at(
  desk: Desk,
  command: (output: Output, open: (options: DeskOptions) => Promise<Desk>) => Promise<void>,
  json = false,
): Promise<Said> {
  const said: Said = { out: '', err: '', failure: undefined };
  const writeOut = (text: string): void => {
    said.out += text;
  };
  const writeErr = (text: string): void => {
    said.err += text;
  };
  const output = new Output({ isTty: false, hasColor: false, writeOut, writeErr }, { json, verbose: false });
  await command(output, async () => desk).catch((error: unknown) => {
    said.failure = error;
  });
  return said;
}

export { RUN_ID };
