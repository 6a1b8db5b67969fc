// `npm run readiness [-- --without NAME,NAME]`: runs what the rows of readiness/requirements.ts name, each once, and writes
// docs/readiness.md. Commands that are left out are told as not run. Exit 1 when anything failed.
import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { COMMANDS, type ReadinessCommand } from './readiness/commands.ts';
import { type JudgedRow, judge, type Ran } from './readiness/judge.ts';
import { readinessText } from './readiness/readiness-text.ts';
import type { Check } from './readiness/requirement.ts';
import { REQUIREMENTS } from './readiness/requirements.ts';
import { ranUnder, runTests } from './readiness/run-tests.ts';

const ROOT = resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { without: { type: 'string', default: '' } } });
const without = new Set(values.without.split(',').filter((name) => name !== ''));
const unknown = [...without].filter((name) => !COMMANDS.some((each) => each.name === name));
if (unknown.length > 0)
  throw new Error(`no such command: ${unknown.join(', ')}; there are: ${COMMANDS.map(({ name }) => name).join(', ')}`);

function runCommand({ program, args }: ReadinessCommand): Promise<Ran> {
  const env = {
    ...process.env,
    PATH: `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`,
    CI: 'true',
    NO_COLOR: '1',
  };
  return new Promise((done, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) => done({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }));
  });
}

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
const occasion = { date: new Date().toISOString().slice(0, 10), commit, node: process.version };

function write(ranOf: (check: Check) => Ran | undefined): readonly JudgedRow[] {
  const rows = REQUIREMENTS.map((each) => judge(each, ranOf));
  writeFileSync(join(ROOT, 'docs/readiness.md'), readinessText(rows, occasion));
  return rows;
}

// Tests look at the page too: they are to find these rows, and whoever stops this half-way is to find nothing passed.
write(() => undefined);
const checks = REQUIREMENTS.flatMap((each) => each.checks);
const paths = [...new Set(checks.flatMap((check) => (check.kind === 'tests' ? [check.path] : [])))].sort();
console.error(`tests: ${paths.length} files and folders …`);
const tests = await runTests(paths);
const commands = new Map<string, Ran>();
for (const each of COMMANDS.filter(({ name }) => !without.has(name))) {
  console.error(`${each.typed} …`);
  commands.set(each.name, await runCommand(each));
}

const rows = write((check) => (check.kind === 'tests' ? ranUnder(check.path, tests) : commands.get(check.name)));
for (const { id, verdict, says } of rows) if (verdict !== 'passed') console.log(`${verdict.padEnd(8)} ${id.padEnd(4)} ${says}`);
console.log(`docs/readiness.md: ${rows.filter(({ verdict }) => verdict === 'passed').length} of ${rows.length} passed`);
process.exitCode = rows.some(({ verdict }) => verdict === 'failed') ? 1 : 0;
