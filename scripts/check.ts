// `npm run check`: every static question at once, two at a time, and a last line that names what failed.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const BIN = join(ROOT, 'node_modules/.bin');
const AT_ONCE = 2;

interface Check {
  readonly name: string;
  readonly command: string;
}

// The slowest first: they decide how long the whole takes.
const CHECKS: readonly Check[] = [
  { name: 'types', command: 'tsc -p tsconfig.json' },
  { name: 'types of the infrastructure', command: 'tsc -p tsconfig.cdk.json' },
  { name: 'lint and format', command: 'biome ci --colors=off .' },
  { name: 'dead code', command: 'knip' },
  { name: 'import law', command: 'node scripts/import-law.ts' },
  { name: 'tidy', command: 'node scripts/tidy.ts' },
];

interface Outcome extends Check {
  readonly ok: boolean;
  readonly output: string;
  readonly seconds: number;
}

function run(check: Check): Promise<Outcome> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const env = { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}` };
    const child = spawn(check.command, { cwd: ROOT, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...check, ok: code === 0, output, seconds: (performance.now() - began) / 1000 }));
  });
}

const waiting = [...CHECKS];
const outcomes: Outcome[] = [];

async function drain(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    const outcome = await run(check);
    outcomes.push(outcome);
    console.log(`${outcome.ok ? 'ok    ' : 'FAILED'} ${outcome.name} (${outcome.seconds.toFixed(1)} s)`);
    if (!outcome.ok) console.log(outcome.output.trimEnd().replace(/^/gm, '       '));
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, drain));
const failed = outcomes.filter((outcome) => !outcome.ok).map((outcome) => outcome.name);
console.log(failed.length === 0 ? `all ${outcomes.length} checks passed` : `failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
