// The real process. Each start costs a third of a second: only what cannot be seen in process.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const launcher = join(root, 'bin', 'evenkeel');
const oldNode = findOldNode();
const withOldNode = oldNode === undefined ? ' (skipped: no Node older than 24 on the path)' : '';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(command: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(command, args, (_, out, err) => resolve({ code: child.exitCode, out, err }));
  });
}

describe('bin/evenkeel', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'evenkeel-launcher-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('prints the committed JSON Schema', async () => {
    const { code, out } = await start(process.execPath, [launcher, 'schema']);
    expect([code, out]).toEqual([0, readFileSync(join(root, 'portfolios', 'portfolio.schema.json'), 'utf8')]);
  });

  it('ends quietly when its reader goes away', async () => {
    const child = spawn(process.execPath, [launcher, 'schema'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, err]).toEqual([0, '']);
  });

  it.each([
    [['exchange', '--json'], 'out'],
    [['demo'], 'err'],
  ] as const)('says of %j that it was interrupted, before the command listens itself', async (args, stream) => {
    // Every import takes its time: one that waits stands for the files of a slow disk.
    const slow = join(folder, 'slow.mjs');
    writeFileSync(
      slow,
      `import { registerHooks } from 'node:module';
const WAITING = 'await new Promise(() => setInterval(() => 0, 1_000)); export const failed = 0, outputFor = 0, run = 0;';
registerHooks({
  load(url, context, next) {
    if (url.endsWith('/cli/run.ts')) {
      process.stderr.write('loading');
      process.kill(process.pid, 'SIGINT');
      return { ...next(url, context), source: WAITING, format: 'module' };
    }
    return next(url, context);
  },
});`,
    );
    const { code, out, err } = await start(process.execPath, ['--import', slow, launcher, ...args]);
    expect(code).toBe(1);
    if (stream === 'out') expect(JSON.parse(out)).toMatchObject({ error: { code: 'interrupted' } });
    else expect([out, err]).toEqual(['', 'loadingerror: interrupted before it was done\n']);
  });

  it.skipIf(oldNode === undefined)(`restarts on the Node of the lockfile and passes the exit code on${withOldNode}`, async () => {
    const { code, out } = await start(oldNode ?? '', [launcher, 'check', '--json', 'nowhere.yaml']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'bad-portfolio', problems: [{ value: 'no such file' }] } });
  });

  it.skipIf(oldNode === undefined)(`passes a signal on and ends as the command did${withOldNode}`, async () => {
    lonelyLauncher(folder);
    // A Node for this platform that only waits, to be told to stop.
    const brought = join(folder, 'node_modules', `node-${process.platform}-${process.arch}`);
    mkdirSync(join(brought, 'bin'), { recursive: true });
    writeFileSync(join(brought, 'package.json'), '{}');
    writeFileSync(
      join(brought, 'bin', 'node'),
      "#!/bin/sh\ntrap 'exit 7' TERM\necho ready\nfor turn in 1 2 3 4 5 6 7 8 9; do sleep 0.2; done\n",
      { mode: 0o755 },
    );
    const child = spawn(oldNode ?? '', [join(folder, 'bin', 'evenkeel')], { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.once('data', () => child.kill('SIGTERM'));
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(7);
    rmSync(join(folder, 'node_modules'), { recursive: true });
  });

  it.skipIf(oldNode === undefined)(`says which Node it needs where none was brought${withOldNode}`, async () => {
    lonelyLauncher(folder);
    const { code, out, err } = await start(oldNode ?? '', [join(folder, 'bin', 'evenkeel'), 'check']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^evenkeel needs Node 24 or newer and this is v\d+\./);
  });
});

/** The launcher alone, without node_modules beside it. */
function lonelyLauncher(folder: string): void {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  copyFileSync(launcher, join(folder, 'bin', 'evenkeel'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
}

function findOldNode(): string | undefined {
  for (const directory of (process.env['PATH'] ?? '').split(delimiter)) {
    const node = join(directory, 'node');
    if (!existsSync(node)) continue;
    const major = Number(execFileSync(node, ['--version'], { encoding: 'utf8' }).slice(1).split('.')[0]);
    if (major >= 18 && major < 24) return node;
  }
  return undefined;
}
