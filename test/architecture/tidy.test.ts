import { describe, expect, it } from 'vitest';
import { offencesIn, RULES } from '../../scripts/tidy.ts';

interface Case {
  readonly rule: string;
  readonly path: string;
  readonly offending: readonly string[];
  readonly clean: readonly string[];
}

const CORE = 'shared/core/risk/review.ts';
// Put together here, so that this file does not itself offend.
const UNFINISHED = ['TO', 'DO'].join('');
const MACHINE_PATH = ['/wo', 'rk/project'].join('');
const PACKAGE_HOST = ['registry', 'npmjs.org'].join('.');

const CASES: readonly Case[] = [
  {
    rule: 'core-clock',
    path: CORE,
    offending: ['const a = Date.now();', 'const a = { at: performance.now() };', 'const f = Date.now;'],
    clean: ['const a = clock.Date;', 'interface A { performance: number }', '// never Date.now()', "const a = 'Date.now()';"],
  },
  {
    rule: 'core-chance',
    path: CORE,
    offending: ['const a = Math.random();', 'const a = crypto.randomUUID();'],
    clean: ['const a = Math.floor(b);', 'const a = seed.random();'],
  },
  {
    rule: 'core-outside',
    path: CORE,
    offending: ['console.log(a);', 'const a = process.env.A;', "await fetch('x');", "const a = require('fs');", 'const a = globalThis.b;'],
    clean: ['const a = run.process;', 'const a = { fetch: 1 };', 'step.console();'],
  },
  {
    rule: 'core-timers',
    path: CORE,
    offending: ['setTimeout(f, 1);', 'setInterval(f, 1);'],
    clean: ['const a = { setTimeout: true };'],
  },
  {
    rule: 'core-new-date',
    path: CORE,
    offending: ['const a = new Date();', 'const a = new Date;', 'const a = Date();'],
    clean: ['const a = new Date(asOf);', 'const a = Date.UTC(2026, 0, 1);'],
  },
  {
    rule: 'core-dynamic-import',
    path: CORE,
    offending: ["const a = await import('./a.ts');"],
    clean: ["import { a } from './a.ts';", "type A = import('./a.ts').A;"],
  },
  {
    rule: 'core-time-zone',
    path: CORE,
    offending: [
      "new Intl.DateTimeFormat('en-US');",
      "Intl.DateTimeFormat('en-US', { hour: 'numeric' });",
      'a.getHours();',
      'a.toLocaleString();',
    ],
    clean: ["new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York' });", 'a.getUTCHours();'],
  },
  {
    rule: 'order-path-floats',
    path: CORE,
    offending: ['const a = Number(b);', "const a = parseFloat('1');", 'const a = 0.5;', 'const a = 1e-6;'],
    clean: [
      'const a = 5;',
      'const a = 0xe;',
      'const a = 5n;',
      'function toFraction(w: bigint) { return Number(w) / 1e6; }',
      "const a = '0.5';",
    ],
  },
  {
    rule: 'file-size',
    path: 'lib/a.ts',
    offending: ['a();\n'.repeat(301)],
    clean: ['a();\n'.repeat(300)],
  },
  {
    rule: 'file-size',
    path: 'test/lib/a.test.ts',
    offending: ['a();\n'.repeat(501)],
    clean: ['a();\n'.repeat(500)],
  },
  {
    rule: 'says-its-purpose',
    path: 'lib/a.ts',
    offending: ['export const a = 1;', 'const a = 1; // one'],
    clean: [
      '// What it is for.\nexport const a = 1;',
      "import b from 'b';\n/** One. */\nexport const a = b;",
      '#!/usr/bin/env node\n// Starts it.\n',
    ],
  },
  { rule: 'nothing-left-to-do', path: 'lib/a.ts', offending: [`// ${UNFINISHED}: later`], clean: ['const MASTODON = 1;'] },
  {
    rule: 'no-muted-tests',
    path: 'test/a.test.ts',
    offending: [`it.${'only'}('a', f);`, `describe.${'skip'}('a', f);`, `it.${'skip'}.each(a)('b', f);`],
    clean: ["it('a', f);", "it.skipIf(missing)('a (needs the prices)', f);", 'list.only(a);'],
  },
  {
    rule: 'awaited-properties',
    path: 'test/shared/core/a.test.ts',
    offending: ['fc.assert(fc.asyncProperty(a, f));', 'fc.assert(fc.asyncProperty(a, f).beforeEach(g), { numRuns: 5 });'],
    clean: [
      'await fc.assert(fc.asyncProperty(a, f));',
      "it('x', () => fc.assert(fc.asyncProperty(a, f)));",
      "it('x', () => { return fc.assert(fc.asyncProperty(a, f)); });",
      'fc.assert(fc.property(a, f));',
    ],
  },
  {
    rule: 'no-swallowed-errors',
    path: 'lib/a.ts',
    offending: ['try { a(); } catch {}', 'try { a(); } catch (e) { /* fine */ }', 'a().catch(() => {});'],
    clean: ['try { a(); } catch (e) { report(e); }', 'a().catch(report);', 'a().catch(() => undefined);'],
  },
  { rule: 'no-export-star', path: 'lib/a.ts', offending: ["export * from './b.ts';"], clean: ["export { b } from './b.ts';"] },
  {
    rule: 'no-machine-paths',
    path: 'docs/a.md',
    offending: [`see ${MACHINE_PATH}`, `https://${PACKAGE_HOST}/zod`],
    clean: ['see docs/work/plan.md', 'registered by npm'],
  },
];

const NAMES: readonly (readonly [path: string, offends: boolean])[] = [
  ['shared/utils/a.ts', true],
  ['shared/core/order-helpers.ts', true],
  ['shared/data/a.ts', true],
  ['exchange/info.ts', true],
  ['exchange/base.test.ts', true],
  ['shared/adapters/aws/secrets-manager.ts', false],
  ['shared/core/order-manager.ts', true],
  ['shared/ports/market-data.ts', false],
  ['shared/core/values/information.ts', false],
  ['.ci/run', false],
];

function rulesBroken(path: string, text: string): readonly string[] {
  return offencesIn(path, text).map((line) => line.slice(line.indexOf(' ') + 1, line.indexOf(': ')));
}

describe('tidy', () => {
  for (const { rule, path, offending, clean } of CASES) {
    it.each(offending.map((text) => [text.slice(0, 80), text]))(`${rule} refuses in ${path}: %s`, (_, text) => {
      expect(rulesBroken(path, text)).toContain(rule);
    });
    it.each(clean.map((text) => [text.slice(0, 80), text]))(`${rule} accepts in ${path}: %s`, (_, text) => {
      expect(rulesBroken(path, text)).not.toContain(rule);
    });
  }

  it.each(NAMES)('telling-names of %s: refused is %s', (path, offends) => {
    expect(rulesBroken(path, '// Something.\n').includes('telling-names')).toBe(offends);
  });

  it('has a case on file for each of its rules', () => {
    const covered = new Set([...CASES.map(({ rule }) => rule), 'telling-names']);
    expect(RULES.map((rule) => rule.name).filter((name) => !covered.has(name))).toEqual([]);
  });

  it('names the line of an offence, also after letters of several bytes and on a second parse', () => {
    const text = '// Überschrift: Grüße, 株価.\nconst a = 1;\nconst b = Date.now();\n';
    expect(offencesIn(CORE, text)).toEqual([`${CORE}:3 core-clock: Date.now inside the core`]);
    expect(offencesIn(CORE, text)).toEqual([`${CORE}:3 core-clock: Date.now inside the core`]);
  });

  it('leaves the clock to those outside the core', () => {
    expect(rulesBroken('shared/adapters/local/clock.ts', '// The clock.\nexport const now = () => Date.now();')).toEqual([]);
  });
});
