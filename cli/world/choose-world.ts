// Which world a command speaks of: the deployment that the environment names, or the state that a demo left on this disk.
// One rule for every command.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { environmentNames } from '../../shared/contracts/environment.ts';
import { exchangeFile } from '../../shared/wiring/saved-exchange-file.ts';
import { CommandFailure } from '../failure.ts';

export interface WorldOptions {
  /** The state folder of a demo. */
  readonly state?: string;
}

export type WorldChoice =
  | { readonly kind: 'deployment' }
  /** `isNewest`: nobody named it. */
  | { readonly kind: 'demo'; readonly folder: string; readonly isNewest: boolean };

/** Below the working folder, where demos keep their state. */
const STATES = '.evenkeel';

/**
 * For a command that only looks: the folder that is named, else the deployment that the environment names, else the newest
 * demo here. One that changes anything takes no demo that nobody named: a halt that was meant for a deployment would stop
 * nothing and look as if it did.
 * @param below where `.evenkeel` is looked for; left out, the working folder.
 * @throws CommandFailure, exit 2, when there is nothing to look at.
 */
export function chooseWorld({ state }: WorldOptions, variables: NodeJS.ProcessEnv = process.env, below = ''): WorldChoice {
  if (state !== undefined) return { kind: 'demo', folder: state, isNewest: false };
  if (Object.values(environmentNames).some((name) => (variables[name] ?? '') !== '')) return { kind: 'deployment' };
  const folder = newestState(below);
  if (folder !== undefined) return { kind: 'demo', folder, isNewest: true };
  throw new CommandFailure(
    'no-world',
    'there is nothing to look at: no EVENKEEL_… variable names a deployment (the compute stack prints them as OperatorEnvironment), and no demo has left its state in .evenkeel (npx evenkeel demo makes one)',
    { exitCode: 2 },
  );
}

/** The state that was written last. */
function newestState(below: string): string | undefined {
  const found = namesIn(join(below, STATES)).flatMap((name) => {
    const folder = join(STATES, name);
    const file = statSync(exchangeFile(join(below, folder)), { throwIfNoEntry: false });
    return file === undefined ? [] : [{ folder, at: file.mtimeMs }];
  });
  return found.sort((a, b) => b.at - a.at)[0]?.folder;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw error;
  }
}
