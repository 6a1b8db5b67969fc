// Runs the tidy rules over every file git tracks and prints `file:line rule: message`.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_RULES } from './tidy/core-rules.ts';
import { HOUSE_RULES } from './tidy/house-rules.ts';
import type { Rule } from './tidy/rule.ts';
import { readSource } from './tidy/source.ts';

const ROOT = join(import.meta.dirname, '..');

export const RULES: readonly Rule[] = [...CORE_RULES, ...HOUSE_RULES];

/** One line an offence, in the order of the rules. */
export function offencesIn(path: string, text: string): readonly string[] {
  const source = readSource(path, text);
  return RULES.filter((rule) => rule.appliesTo(path)).flatMap((rule) =>
    rule.find(source).map(({ line, message }) => `${path}:${line} ${rule.name}: ${message}`),
  );
}

function trackedFiles(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' });
  return listed.split('\0').filter((path) => path !== '' && existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).isFile());
}

function main(): number {
  const paths = trackedFiles();
  const offences = paths.flatMap((path) => offencesIn(path, readFileSync(join(ROOT, path), 'utf8')));
  for (const offence of offences) console.error(offence);
  const broken = RULES.filter((rule) => offences.some((offence) => offence.includes(` ${rule.name}: `)));
  for (const rule of broken) console.error(`  ${rule.name}: ${rule.reason}`);
  console.log(`tidy: ${paths.length} files, ${RULES.length} rules, ${offences.length} offences`);
  return paths.length === 0 || offences.length > 0 ? 1 : 0;
}

if (import.meta.main) process.exitCode = main();
