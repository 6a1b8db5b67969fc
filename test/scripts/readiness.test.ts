// The readiness page has every requirement, names only checks that there are, and calls nothing passed that did not run.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../scripts/readiness/commands.ts';
import { judge, type Ran } from '../../scripts/readiness/judge.ts';
import { readinessText } from '../../scripts/readiness/readiness-text.ts';
import { command, type Requirement, row, tests } from '../../scripts/readiness/requirement.ts';
import { REQUIREMENTS } from '../../scripts/readiness/requirements.ts';
import { ranUnder, readTestRun } from '../../scripts/readiness/run-tests.ts';

const ROOT = new URL('../../', import.meta.url);
const PAGE = readFileSync(new URL('docs/readiness.md', ROOT), 'utf8');
const packageScripts = Object.keys((JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as { scripts: object }).scripts);

const ROWS = PAGE.split('\n').flatMap((line) => {
  const cells = line.slice(2, -2).split(' | ');
  return /^[A-Z]{2}\d$/.test(cells[0] ?? '') ? [cells] : [];
});

// How many there are of each area.
const AREAS = { SG: 8, RS: 8, RK: 6, EX: 9, ST: 3, AU: 3, OP: 8, SE: 5, DE: 5, UX: 3, DO: 2 };

describe('the requirements', () => {
  it('are all there, each once', () => {
    const wanted = Object.entries(AREAS).flatMap(([area, count]) => Array.from({ length: count }, (_, place) => `${area}${place + 1}`));
    expect(REQUIREMENTS.map(({ id }) => id)).toEqual(wanted);
  });

  it.each(REQUIREMENTS)('$id names checks that there are, or what is missing', ({ checks, gaps }) => {
    for (const check of checks) {
      if (check.kind === 'tests') expect(existsSync(new URL(check.path, ROOT)), check.path).toBe(true);
      else expect(COMMANDS.map(({ name }) => name)).toContain(check.name);
    }
    if (checks.length === 0) expect(gaps).not.toEqual([]);
  });

  it.each(COMMANDS)('the command $name is started by what is there', ({ typed, program, args }) => {
    expect(program === 'node' ? existsSync(new URL(args[0] ?? '', ROOT)) : existsSync(new URL(`node_modules/.bin/${program}`, ROOT))).toBe(
      true,
    );
    const script = /^npm run ([a-z:-]+)/.exec(typed)?.[1];
    if (script !== undefined) expect(packageScripts).toContain(script);
  });

  it('have no command that no row names', () => {
    const named = new Set(REQUIREMENTS.flatMap(({ checks }) => checks.flatMap((check) => (check.kind === 'command' ? [check.name] : []))));
    expect(COMMANDS.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([]);
  });
});

describe('docs/readiness.md', () => {
  it('has every requirement as it stands: npm run readiness writes it', () => {
    expect(ROWS.map(([id, says]) => [id, says])).toEqual(REQUIREMENTS.map(({ id, says }) => [id, says]));
  });

  it.each(REQUIREMENTS)('$id has every check, and is not passed where something is missing', ({ id, checks, gaps }) => {
    const [, , told = '', result = ''] = ROWS.find(([each]) => each === id) ?? [];
    expect(told === 'none' ? 0 : told.split('<br>').length).toBe(checks.length);
    if (checks.length === 0 || gaps.length > 0 || told.includes('NOT RUN') || told.includes('FAILED'))
      expect(result).not.toMatch(/^passed/);
    for (const gap of gaps) expect(result).toContain(gap);
  });
});

const ran = (passed: number, failed = 0, skipped = 0): Ran => ({ passed, failed, skipped });
const one: Requirement = row('XX1', 'a thing', [tests('a', 'b')]);

describe('a row', () => {
  it.each<[string, Requirement, (path: string) => Ran | undefined, string]>([
    ['passed when every check ran and passed', one, () => ran(3), 'passed'],
    ['failed when one test failed', one, (path) => (path === 'test/a' ? ran(9, 1) : ran(1)), 'failed'],
    ['not run when one check was not', one, (path) => (path === 'test/a' ? ran(9) : undefined), 'not-run'],
    ['not run when all of a check was skipped', one, () => ran(0, 0, 5), 'not-run'],
    ['failed rather than not run', one, (path) => (path === 'test/a' ? ran(0, 1) : undefined), 'failed'],
    ['a gap when something is missing, however well the rest is', { ...one, gaps: ['the other half'] }, () => ran(3), 'gap'],
    ['a gap without a check', { ...one, checks: [] }, () => ran(3), 'gap'],
  ])('is %s', (_, requirement, ranOf, verdict) => {
    expect(judge(requirement, (check) => (check.kind === 'tests' ? ranOf(check.path) : undefined)).verdict).toBe(verdict);
  });
});

describe('what vitest reports', () => {
  const text = JSON.stringify({
    testResults: [
      { name: '/root/test/a/one.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'skipped' }] },
      { name: '/root/test/a/two.test.ts', status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
      { name: '/root/test/ab.test.ts', status: 'failed', assertionResults: [] },
    ],
  });
  const run = readTestRun(text, '/root');

  it('is added up over a folder, and over nothing beside it', () => {
    expect(ranUnder('test/a', run)).toEqual(ran(2, 1, 1));
    expect(ranUnder('test/a/one.test.ts', run)).toEqual(ran(1, 0, 1));
    expect(ranUnder('test/c', run)).toBeUndefined();
  });

  it('counts a file that could not be loaded as failed', () => {
    expect(ranUnder('test/ab.test.ts', run)).toEqual(ran(0, 1));
  });
});

it('the page tells what failed, was skipped, was not run and is missing', () => {
  const requirement = row('XX1', 'a thing', [tests('a'), command('synth', 'bench')], ['the other half']);
  const judged = judge(requirement, (check) => (check.kind === 'tests' ? ran(3, 1, 2) : check.name === 'synth' ? ran(1) : undefined));
  expect(readinessText([judged], { date: '2026-11-21', commit: 'abc', node: 'v24' })).toContain(
    '| XX1 | a thing | `npx vitest run test/a`: 3 passed, 1 failed, 2 skipped<br>`npm run synth`: ended with 0<br>`npm run bench`: **NOT RUN** | **FAILED**<br>the other half |',
  );
});
