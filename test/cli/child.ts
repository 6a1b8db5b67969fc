// The command line as a process of its own, in a folder of its own, with what it said and how it ended.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const launcher = join(root, 'bin', 'evenkeel');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Child {
  readonly process: ChildProcess;
  /** What it has said so far. */
  readonly out: () => string;
  readonly ended: Promise<Ended>;
}

/** Starts `evenkeel …` in a pipe, with `folder` as its working folder. */
export function startEvenkeel(args: readonly string[], folder: string): Child {
  const child = spawn(process.execPath, [launcher, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...said }));
  });
  return { process: child, out: () => said.out, ended };
}

export function runEvenkeel(args: readonly string[], folder: string): Promise<Ended> {
  return startEvenkeel(args, folder).ended;
}

/** Every log line of the demo that keeps its state below `folder`, as its message. */
export function logOf(folder: string): readonly string[] {
  const text = textOf(folder, 'log.jsonl');
  // The last line may be half written.
  return text.split('\n').flatMap((line) => (line.endsWith('}') ? [(JSON.parse(line) as { message: string }).message] : []));
}

/** '' while there is no such file. */
export function textOf(folder: string, file: string): string {
  const state = stateFolder(folder);
  try {
    return state === undefined ? '' : readFileSync(join(state, file), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** The one folder below `.evenkeel`; undefined while there is none. */
export function stateFolder(folder: string): string | undefined {
  try {
    const [name] = readdirSync(join(folder, '.evenkeel'));
    return name === undefined ? undefined : join(folder, '.evenkeel', name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Looks every millisecond until it is so, or until the process has ended. */
export async function until(isSo: () => boolean, child: Child): Promise<void> {
  while (!isSo() && child.process.exitCode === null && child.process.signalCode === null) await sleep(1);
}
