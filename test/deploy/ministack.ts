// MiniStack, an emulator of AWS from PyPI: installed into a folder of its own, started on the loopback, stopped again.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createWriteStream, existsSync, rmSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { freePort } from './free-port.ts';

/** Pinned: what it emulates, and what it ignores, is what the tests were written against. */
const VERSION = '1.5.33';
const ROOT = resolve(import.meta.dirname, '../..');
const HOME = join(ROOT, 'node_modules/.cache', `ministack-${VERSION}`);
const START_MS = 60_000;

export interface Emulator {
  readonly url: string;
  /** What every client and the CDK need to find it, and nothing of the machine's own AWS. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
  stop(): Promise<void>;
}

/**
 * Installs it where that was not done yet.
 * @throws Error without Python 3.10 or later with venv, or without PyPI.
 */
function installed(): string {
  // Not that program itself: it names the place at which it was installed, and a checkout may be moved.
  const python = join(HOME, 'bin/python3');
  if (existsSync(join(HOME, 'bin/ministack'))) return python;
  rmSync(HOME, { recursive: true, force: true });
  execFileSync('python3', ['-m', 'venv', HOME], { stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync(join(HOME, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', `ministack==${VERSION}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return python;
}

/** @param folder for its log. */
export async function startEmulator(folder: string): Promise<Emulator> {
  const python = installed();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const logFile = join(folder, 'ministack.log');
  const log = createWriteStream(logFile);
  const child = spawn(python, ['-c', 'import sys; from ministack.app import main; sys.exit(main())'], {
    cwd: folder,
    env: {
      // The functions run on the Node of the project, not on the machine's.
      PATH: [join(ROOT, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter),
      HOME: folder,
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      LAMBDA_EXECUTOR: 'local',
      // Step Functions repeats and waits in a quarter of the time that it is told.
      SFN_WAIT_SCALE: '0.25',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  await answering(url, child, logFile);
  const environment = {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  return { url, environment, logFile, stop: () => stopped(child) };
}

async function answering(url: string, child: ChildProcess, logFile: string): Promise<void> {
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`MiniStack ended with ${child.exitCode}: see ${logFile}`);
    const isUp = await fetch(`${url}/_ministack/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  child.kill('SIGKILL');
  throw new Error(`MiniStack did not answer within ${START_MS / 1000} s: see ${logFile}`);
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exit;
  clearTimeout(insist);
}
