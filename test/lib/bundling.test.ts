// The one test that really bundles: what is in the zip is what a function finds when it starts.
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleHandler } from '../../lib/bundling.ts';
import { deployPortfolioFiles, needSolver } from '../../lib/portfolio-files.ts';
import { deployedPortfolio } from '../../shared/adapters/local/deployed-portfolio.ts';
import { readPortfolioFile } from '../../shared/adapters/local/written-portfolio.ts';
import { environmentNames } from '../../shared/contracts/environment.ts';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import { SWEEP_SOURCE_FILE } from '../../shared/contracts/sweep-batch.ts';
import { aPolicyCheck, liveDocuments, signedCheck } from '../builders/live.ts';
import { entries } from './fixtures/deployment.ts';

/** At the beginning of a file, or after another statement. */
const STATIC_IMPORT = /(?:^|[;\n])import(?:[\w*{}$, ]+from)?\s*"([^"]+)"/g;

describe('the code of a function', () => {
  const assembly = mkdtempSync(join(tmpdir(), 'assembly-'));
  afterAll(() => rmSync(assembly, { recursive: true }));
  execFileSync(process.execPath, [join(import.meta.dirname, 'fixtures/synthesize-bundled.ts'), assembly], { stdio: 'ignore' });
  const folders = readdirSync(assembly).filter((name) => name.startsWith('asset.'));
  const isForRuns = (folder: string): boolean => readdirSync(join(assembly, folder, 'portfolios')).length > 0;
  const code = join(assembly, folders.find(isForRuns) ?? 'missing');

  it('is the handler and the portfolio files, without source maps', () => {
    // The other one is for functions that know no portfolio.
    expect(folders.map(isForRuns).sort()).toEqual([false, true]);
    expect(readdirSync(code, { recursive: true }).map(String).sort()).toEqual(['index.mjs', 'portfolios', 'portfolios/portfolio.json']);
    expect(readFileSync(join(code, 'portfolios/portfolio.json'), 'utf8')).toBe('{"name":"golden"}');
  });

  it('is what the weighing script weighs, wherever it is bundled', () => {
    const again = mkdtempSync(join(tmpdir(), 'again-'));
    bundleHandler(entries.signal, again);
    expect(readdirSync(again)).toEqual(['index.mjs']);
    expect(readFileSync(join(again, 'index.mjs'), 'utf8')).toBe(readFileSync(join(code, 'index.mjs'), 'utf8'));
    rmSync(again, { recursive: true });
  });

  it('exports its handler', async () => {
    const { handler } = await import(join(code, 'index.mjs'));
    expect(await handler({ runId: 'golden/2026-11-20/monthly' })).toEqual({ runId: 'golden/2026-11-20/monthly', done: true });
  });
});

describe('the code of the sweeps', () => {
  const assembly = mkdtempSync(join(tmpdir(), 'sweeps-'));
  afterAll(() => rmSync(assembly, { recursive: true }));

  it('says of which sources it is, and no other code does', { timeout: 60_000 }, () => {
    const source = 'd'.repeat(64);
    execFileSync(process.execPath, [join(import.meta.dirname, 'fixtures/synthesize-bundled.ts'), assembly, source], { stdio: 'ignore' });
    const said = globSync(`asset.*/${SWEEP_SOURCE_FILE}`, { cwd: assembly });
    expect(said.map((file) => readFileSync(join(assembly, file), 'utf8'))).toEqual([source]);
    expect(readFileSync(join(assembly, parse(said[0] ?? '').dir, 'index.mjs'), 'utf8')).toContain(SWEEP_SOURCE_FILE);
  });
});

describe('what the bundle leaves out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'function-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is not missed where the environment holds the credentials, as it does in a function', () => {
    bundleHandler(join(import.meta.dirname, 'fixtures/credentials.ts'), folder);
    const env = { AWS_ACCESS_KEY_ID: 'of-the-role', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' };
    expect(execFileSync(process.execPath, [join(folder, 'index.mjs')], { cwd: folder, env, encoding: 'utf8' })).toBe('of-the-role');
  });
});

describe('a bundle', () => {
  it.each(['signal', 'execution'])('of %s imports nothing at its start that it does not hold', (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'function-'));
    bundleHandler(join(import.meta.dirname, `../../lambdas/${name}/handler.ts`), folder);
    const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    const imported = files.flatMap((text) => [...text.matchAll(STATIC_IMPORT)].map(([, module = '']) => module));
    expect(imported.length).toBeGreaterThan(10);
    // A function has neither packages nor a folder for them: only Node's own modules and the bundle's other files are there.
    expect(imported.filter((module) => !module.startsWith('./') && !isBuiltin(module))).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

describe('what is imported only when it is needed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'function-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is a file of its own, so that a function starts without the AWS SDK and never has a YAML parser', () => {
    bundleHandler(join(import.meta.dirname, '../../lambdas/execution/handler.ts'), folder);
    const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
    const atStart = [...reachable('index.mjs', files)];
    const speakingOf = (word: string) => [...files].filter(([, text]) => text.includes(word)).map(([name]) => name);
    expect(speakingOf('ConditionalCheckFailedException')).not.toEqual([]);
    expect(atStart.filter((name) => speakingOf('ConditionalCheckFailedException').includes(name))).toEqual([]);
    expect(speakingOf('BLOCK_FOLDED')).toEqual([]);
  });

  it('is found by the first event: the world, the deployed portfolio and the store, which is out of reach here', () => {
    bundleHandler(join(import.meta.dirname, '../../lambdas/execution/handler.ts'), folder);
    deployPortfolioFiles([{ file: join(import.meta.dirname, '../../portfolios/golden-butterfly.yaml') }], folder);
    const program = `
      import { handler } from ${JSON.stringify(join(folder, 'index.mjs'))};
      const answer = await handler({ runId: 'golden-butterfly/2026-11-30/monthly' }).catch((error) => \`\${error.name}: \${error.message}\`);
      process.stdout.write(answer);`;
    const ours = Object.values(environmentNames).map((name) => [name, 'anything']);
    const env = {
      ...Object.fromEntries(ours),
      [environmentNames.portfoliosDir]: join(folder, 'portfolios'),
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'of-the-role',
      AWS_SECRET_ACCESS_KEY: 'secret',
      // The discard port: nobody listens there.
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    };
    const answer = execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: folder, env, encoding: 'utf8' });
    expect(answer).toBe('StoreError: reading run golden-butterfly/2026-11-30/monthly: Error (connection)');
  });
});

/** The files that the first one imports, and those that they import, without those that are imported on demand. */
function reachable(first: string, files: ReadonlyMap<string, string>, found = new Set<string>()): Set<string> {
  found.add(first);
  for (const [, name = ''] of (files.get(first) ?? '').matchAll(/(?:from|import)"\.\/([^"]+)"/g)) {
    if (!found.has(name)) reachable(name, files, found);
  }
  return found;
}

describe('deploying the portfolio files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portfolios-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('writes every example as JSON that says the same, to a function and to whoever replays its record', () => {
    const examples = globSync(join(import.meta.dirname, '../../portfolios/*.yaml')).map((file) => ({ file }));
    expect(examples.length).toBeGreaterThan(2);
    deployPortfolioFiles(examples, folder);
    for (const example of examples) {
      const written = readPortfolioFile(example.file);
      const file = join(folder, 'portfolios', `${parse(example.file).name}.json`);
      expect(deployedPortfolio.read(file).policy).toEqual(written.policy);
      expect(parsePortfolioFile(deployedPortfolio.read(file).text, file)).toMatchObject({ kind: 'portfolio', policy: written.policy });
    }
  });

  it('writes beside a live one what lets it trade, where the function finds it', () => {
    const file = join(folder, 'real.yaml');
    const written = readFileSync(join(import.meta.dirname, '../../portfolios/60-40.yaml'), 'utf8');
    writeFileSync(file, `${written.replace(/^account:(?:.*\n(?: .*\n)*)/m, '')}\naccount: { mode: live, number: LV1 }\n`);
    const { policy } = readPortfolioFile(file);
    const live = liveDocuments([signedCheck(aPolicyCheck(policy))]);
    deployPortfolioFiles([{ file, live }], join(folder, 'with'));
    expect(deployedPortfolio.read(join(folder, 'with/portfolios/real.json')).live).toMatchObject([{ code: 'cleared' }]);
    deployPortfolioFiles([{ file }], join(folder, 'without'));
    expect(deployedPortfolio.read(join(folder, 'without/portfolios/real.json')).live).toMatchObject([{ code: 'no-document' }]);
    writeFileSync(join(folder, 'with/portfolios/live/real.json'), '{}');
    expect(() => deployedPortfolio.read(join(folder, 'with/portfolios/real.json'))).toThrow('holds no live documents');
  });

  it('refuses two files that would become one', () => {
    const files = ['same.yaml', 'same.yml'].map((name) => ({ file: join(folder, name) }));
    for (const { file } of files) writeFileSync(file, 'portfolio: same');
    expect(() => deployPortfolioFiles(files, folder)).toThrow('EEXIST');
  });

  it('refuses a text that is not YAML, and says where', () => {
    const file = join(folder, 'broken.yaml');
    writeFileSync(file, 'portfolio: golden\nsleeves: [');
    expect(() => deployPortfolioFiles([{ file }], join(folder, 'other'))).toThrow(`${file}:2: `);
  });
});

describe('the solvers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'solvers-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const portfolioOf = (name: string, tree: string): string => {
    const file = join(folder, `${name}.yaml`);
    const written = readFileSync(join(import.meta.dirname, '../../portfolios/60-40.yaml'), 'utf8');
    const text = written.replace(/^sleeves:\n(?: .*\n|\n)+/m, `sleeves:\n  core: { capital: 100%, strategy: ${tree} }\n\n`);
    expect(text).toContain(tree);
    expect(parsePortfolioFile(text, file).kind).toBe('portfolio');
    writeFileSync(file, text);
    return file;
  };

  it('are needed where a portfolio constructs by one, and by no other', () => {
    const calm = portfolioOf('calm', '{ minimum-variance: { of: [SPY, IEF] } }');
    const even = portfolioOf('even', '{ risk-parity: { of: [SPY, IEF] } }');
    expect([needSolver([{ file: even }, { file: calm }]), needSolver([{ file: even }])]).toEqual([true, false]);
  });

  it('are in a bundle only where they are asked for', () => {
    const SOLVER = 'constraints are inconsistent, no solution!';
    const entry = join(import.meta.dirname, '../../lambdas/signal/handler.ts');
    const codeOf = (name: string, hasSolvers: boolean): string => {
      const to = join(folder, name);
      bundleHandler(entry, to, hasSolvers);
      return globSync('*.mjs', { cwd: to })
        .map((file) => readFileSync(join(to, file), 'utf8'))
        .join('\n');
    };
    expect(codeOf('usual', false)).not.toContain(SOLVER);
    expect(codeOf('solving', true)).toContain(SOLVER);
  });
});
