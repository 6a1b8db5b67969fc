// The one test that really bundles: what is in the zip is what a function finds when it starts.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { handlerBundle } from '../../lib/bundling.ts';
import { copyPortfolioFiles } from '../../lib/portfolio-files.ts';
import { entries, portfolioFile } from './fixtures/deployment.ts';

describe('the code of a function', () => {
  const assembly = mkdtempSync(join(tmpdir(), 'assembly-'));
  afterAll(() => rmSync(assembly, { recursive: true }));
  execFileSync(process.execPath, [join(import.meta.dirname, 'fixtures/synthesize-bundled.ts'), assembly], { stdio: 'ignore' });
  const [folder, ...others] = readdirSync(assembly).filter((name) => name.startsWith('asset.'));
  const code = join(assembly, folder ?? 'missing');

  it('is one file and the portfolio files, without source maps', () => {
    expect(others).toEqual([]);
    expect(readdirSync(code, { recursive: true }).map(String).sort()).toEqual(['index.mjs', 'portfolios', 'portfolios/portfolio.yaml']);
    expect(readFileSync(join(code, 'portfolios/portfolio.yaml'), 'utf8')).toBe(readFileSync(portfolioFile, 'utf8'));
  });

  it('is exactly what the weighing script bundles', async () => {
    const { banner, ...options } = handlerBundle;
    const { outputFiles } = await build({
      ...options,
      banner: { js: banner },
      entryPoints: [entries.signal],
      outfile: 'index.mjs',
      write: false,
    });
    expect(outputFiles.map(({ text }) => text)).toEqual([readFileSync(join(code, 'index.mjs'), 'utf8')]);
  });

  it('exports its handler', async () => {
    const { handler } = await import(join(code, 'index.mjs'));
    expect(await handler({ runId: 'golden/2026-11-20/monthly' })).toEqual({ runId: 'golden/2026-11-20/monthly', done: true });
  });
});

describe('what the bundle leaves out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'function-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is not missed where the environment holds the credentials, as it does in a function', async () => {
    const { banner, ...options } = handlerBundle;
    const outfile = join(folder, 'index.mjs');
    await build({ ...options, banner: { js: banner }, entryPoints: [join(import.meta.dirname, 'fixtures/credentials.ts')], outfile });
    const env = { AWS_ACCESS_KEY_ID: 'of-the-role', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' };
    expect(execFileSync(process.execPath, [outfile], { cwd: folder, env, encoding: 'utf8' })).toBe('of-the-role');
  });
});

describe('copying the portfolio files', () => {
  const folder = mkdtempSync(join(tmpdir(), "owner's $HOME "));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('takes a path as it is, whatever a shell would make of it', () => {
    const file = join(folder, 'a `b` "c".yaml');
    writeFileSync(file, 'portfolio: golden');
    const commands = copyPortfolioFiles([file]).afterBundling('/unused', join(folder, 'out'));
    execFileSync('bash', ['-c', commands.join(' && ')]);
    expect(readFileSync(join(folder, 'out/portfolios/a `b` "c".yaml'), 'utf8')).toBe('portfolio: golden');
  });
});
