// The CDK command line, as a process of its own: it synthesizes, compares and deploys what bin/app.ts describes.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { CommandFailure } from '../failure.ts';
import type { Stage } from '../stage-option.ts';

export interface Cdk {
  /** What would change, as CDK says it. */
  diff(stage: Stage): Promise<string>;
  /** Deploys both stacks; `onText` gets its words as they come. */
  deploy(stage: Stage, onText: (text: string) => void): Promise<void>;
  /** Writes the templates into a folder. */
  synth(stage: Stage, folder: string): Promise<void>;
}

const LINES_KEPT = 30;

/** @throws CommandFailure, exit 2, where there is no checkout with its packages. */
export function localCdk(folder = process.cwd()): Cdk {
  if (!existsSync(join(folder, 'cdk.json'))) {
    throw new CommandFailure('no-checkout', 'there is no cdk.json here: type this in the checkout of evenkeel', { exitCode: 2 });
  }
  const run = (args: readonly string[], onText: (text: string) => void) => runCdk(binary(folder), args, folder, onText);
  return {
    diff: async (stage) => {
      let said = '';
      await run(['diff', '--all', '-c', `stage=${stage}`], (text) => {
        said += text;
      });
      return said;
    },
    deploy: (stage, onText) =>
      run(['deploy', '--all', '--require-approval', 'never', '--progress', 'events', '-c', `stage=${stage}`], onText),
    synth: (stage, out) => run(['synth', '--quiet', '--output', out, '-c', `stage=${stage}`], () => undefined),
  };
}

function binary(folder: string): string {
  try {
    return join(dirname(createRequire(join(folder, 'package.json')).resolve('aws-cdk/package.json')), 'bin', 'cdk');
  } catch (cause) {
    throw new CommandFailure('no-cdk', 'the package aws-cdk is not installed here: npm ci', { exitCode: 2, cause });
  }
}

/** @throws CommandFailure, exit 1, with CDK's last words. */
function runCdk(cdk: string, args: readonly string[], folder: string, onText: (text: string) => void): Promise<void> {
  // CDK starts the app with the `node` of the path, which may be older than ours.
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  const child = spawn(process.execPath, [cdk, ...args, '--no-color'], {
    cwd: folder,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let last = '';
  const hear = (chunk: Buffer): void => {
    const text = chunk.toString();
    last = `${last}${text}`.split('\n').slice(-LINES_KEPT).join('\n');
    onText(text);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new CommandFailure('cdk', `cdk ${args[0]} failed:\n${last.trim()}`, { exitCode: 1 }));
    });
  });
}
