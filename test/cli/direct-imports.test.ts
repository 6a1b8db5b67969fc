// In processes of their own: what is imported once stays imported, and vitest finds modules its own way.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-imports-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What this program of one module answers, having imported directly. */
function answerOf(program: string): unknown {
  const source = `
    import { importDirectly } from ${JSON.stringify(pathToFileURL(join(root, 'cli/direct-imports.ts')).href)};
    importDirectly();
    ${program}
    process.stdout.write(JSON.stringify(await answer()));`;
  const args = ['--input-type=module', '-e', source];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
}

describe('importing directly', () => {
  it('says what is wrong with a value in the words of before, without the languages that nobody reads', () => {
    const program = (isDirect: boolean) => `
      async function answer() {
        const z = await import('zod');
        const { error } = z.strictObject({ a: z.number().min(3), b: z.email() }).safeParse({ a: 1, b: 'x', c: 0 });
        return [${isDirect} ? Object.keys(z.locales).length : Object.keys(z.locales).length > 40, error.issues];
      }`;
    const issues = execFileSync(
      process.execPath,
      ['--input-type=module', '-e', `${program(false)} process.stdout.write(JSON.stringify(await answer()));`],
      { cwd: root, encoding: 'utf8' },
    );
    const [hasLanguages, said] = JSON.parse(issues);
    expect(hasLanguages).toBe(true);
    expect(said).toHaveLength(3);
    expect(answerOf(program(true))).toEqual([0, said]);
  });

  it('imports the same module, not a second one of the same file', () => {
    writeFileSync(join(folder, 'kept.ts'), 'export const kept: object = {};');
    writeFileSync(join(folder, 'of-typescript.mts'), `export { kept } from './kept.ts';`);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const [file, through] = ['kept.ts', 'of-typescript.mts'].map((name) => JSON.stringify(pathToFileURL(join(folder, name)).href));
    expect(answerOf(`async function answer() { return (await import(${file})).kept === (await import(${through})).kept; }`)).toBe(true);
  });

  it('leaves CommonJS what it is, whether it is imported or required', () => {
    const library = mkdtempSync(join(folder, 'library-'));
    writeFileSync(join(library, 'package.json'), '{ "type": "commonjs" }');
    writeFileSync(join(library, 'inner.js'), 'exports.word = "inner " + (typeof require);');
    writeFileSync(join(library, 'bare.js'), 'exports.word = require("./inner").word + ", " + require("./inner.js").word;');
    writeFileSync(join(library, 'index.mjs'), `import { word } from './bare.js'; export { word };`);
    const index = JSON.stringify(pathToFileURL(join(library, 'index.mjs')).href);
    expect(answerOf(`async function answer() { return (await import(${index})).word; }`)).toBe('inner function, inner function');
  });

  it('says which file is missing', () => {
    writeFileSync(join(folder, 'broken.mts'), `export * from './nowhere.ts';`);
    const broken = JSON.stringify(pathToFileURL(join(folder, 'broken.mts')).href);
    expect(answerOf(`async function answer() { return import(${broken}).then(() => '', (error) => error.message); }`)).toContain(
      'nowhere.ts',
    );
  });
});

describe('a backtest from the command line', () => {
  it('loads no module that only other commands need', () => {
    const prices = mkdtempSync(join(folder, 'prices-'));
    const days = ['2024-01-02', '2024-01-03', '2024-01-31', '2024-02-01', '2024-02-02'];
    for (const symbol of ['VTI', 'BND'])
      writeFileSync(join(prices, `${symbol}.csv`), ['date,close', ...days.map((day, place) => `${day},${100 + place}`), ''].join('\n'));
    const list = join(folder, 'loaded.mjs');
    writeFileSync(
      list,
      `import { registerHooks } from 'node:module';
       const loaded = [];
       registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
       process.on('exit', () => process.stderr.write(loaded.join('\\n')));`,
    );
    const args = ['bin/evenkeel', 'backtest', 'portfolios/60-40.yaml', '--prices', prices, '--json'];
    const { status, stderr } = spawnSync(process.execPath, ['--import', pathToFileURL(list).href, ...args], {
      cwd: root,
      encoding: 'utf8',
    });
    const loaded = stderr.split('\n');
    expect(status).toBe(0);
    const speakingOf = (part: string): string[] => loaded.filter((url) => url.includes(part));
    expect(speakingOf('/cli/backtest/run-backtest.ts')).toHaveLength(1);
    expect(speakingOf('/zod/v4/locales/').map((url) => url.split('/').at(-1))).toEqual(['en.js']);
    for (const part of ['/@aws-sdk/', '/fastify/', '/echarts/', '/piscina/', '/hyparquet', '/shared/wiring/', '/shared/workflow/'])
      expect(speakingOf(part), part).toEqual([]);
  });
});
