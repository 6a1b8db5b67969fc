// What is left of a package in a bundle must be what it was: each program here runs bundled both ways.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { solverBundle } from '../../lib/bundling.ts';
import { versionAlone } from '../../lib/version-alone.ts';
import { describingNothing, withoutJsonSchema } from '../../lib/without-json-schema.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'shortened-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a program prints, bundled with these plugins alone, and how long its code is. */
async function bundled(name: string, contents: string, plugins: Plugin[]): Promise<{ readonly said: unknown; readonly bytes: number }> {
  const outdir = join(folder, `${name}-${plugins.length}`);
  await build({ ...solverBundle, plugins, stdin: { contents, resolveDir: root }, outdir, logLevel: 'silent' });
  const code = join(outdir, 'stdin.mjs');
  const env = { AWS_REGION: 'us-east-1' };
  return { said: JSON.parse(execFileSync(process.execPath, [code], { env, encoding: 'utf8' })), bytes: readFileSync(code).length };
}

describe('zod without its writer of JSON Schemas', () => {
  const source = readFileSync(join(root, 'node_modules/zod/v4/classic/schemas.js'), 'utf8');

  it('has no line left that names it', () => {
    expect(source.match(/processJSONSchema =/g)?.length).toBeGreaterThan(35);
    const shortened = describingNothing(source);
    expect(shortened).not.toMatch(/processJSONSchema|to-json-schema\.js/);
  });

  it('reads, and says what is wrong, as before, in fewer bytes', async () => {
    const program = `
      import * as z from 'zod';
      const name = z.string().regex(/^[a-z]+$/).min(2).max(5).describe('a name');
      const schema = z.strictObject({
        name, at: z.iso.datetime(), mail: z.email(), kind: z.enum(['a', 'b']), share: z.number().min(0).max(1).default(0.5),
        of: z.array(z.union([name, z.tuple([name, z.literal(3)])])).min(1), more: z.record(z.string(), z.boolean()).optional(),
      });
      const good = { name: 'abc', at: '2026-11-20T12:00:00Z', mail: 'a@b.example', kind: 'a', of: ['ab', ['cd', 3]] };
      const bad = { name: 'A', at: 'x', mail: 'y', kind: 'c', share: 2, of: [['ab', 4]], more: { a: 1 }, other: 1 };
      const { error } = schema.safeParse(bad);
      process.stdout.write(JSON.stringify([schema.parse(good), error.issues, name.minLength, name.maxLength, z.globalRegistry.get(name)]));`;
    const before = await bundled('reading', program, []);
    const after = await bundled('reading', program, [withoutJsonSchema]);
    expect(after.said).toEqual(before.said);
    expect((after.said as unknown[][])[1]).toHaveLength(9);
    expect(before.bytes - after.bytes).toBeGreaterThan(15_000);
  });

  it('says why, where one is asked for', async () => {
    const program = `
      import * as z from 'zod';
      const said = (() => { try { return z.string().toJSONSchema(); } catch (error) { return error.message; } })();
      process.stdout.write(JSON.stringify(said));`;
    expect((await bundled('asking', program, [])).said).toMatchObject({ type: 'string' });
    expect((await bundled('asking', program, [withoutJsonSchema])).said).toBe(
      'schemas are not written in a function: see lib/without-json-schema.ts',
    );
  });
});

describe('a client of the AWS SDK without the description of its package', () => {
  it('introduces itself as before', async () => {
    const program = `
      import { SNSClient } from '@aws-sdk/client-sns';
      const { config } = new SNSClient({});
      process.stdout.write(JSON.stringify(await config.defaultUserAgentProvider(config)));`;
    const before = await bundled('introducing', program, []);
    const after = await bundled('introducing', program, [versionAlone]);
    const { version } = createRequire(import.meta.url)('@aws-sdk/client-sns/package.json');
    expect(JSON.stringify(after.said)).toContain(`"${version}"`);
    expect(after.said).toEqual(before.said);
    expect(before.bytes - after.bytes).toBeGreaterThan(1_500);
  });
});
