// What is left of a package in a bundle must be what it was: each program here runs bundled both ways.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { solverBundle } from '../../lib/bundling.ts';
import { versionAlone } from '../../lib/version-alone.ts';
import { withoutEventStreams } from '../../lib/without-event-streams.ts';
import { describingNothing, withoutJsonSchema } from '../../lib/without-json-schema.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'shortened-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a program prints, bundled with these plugins alone, and how long its code is. */
async function bundled(name: string, contents: string, plugins: Plugin[]): Promise<{ readonly said: unknown; readonly bytes: number }> {
  const outdir = join(folder, `${name}-${plugins.length}`);
  await build({ ...solverBundle, plugins, stdin: { contents, resolveDir: root }, outdir, logLevel: 'silent' });
  const env = { AWS_REGION: 'us-east-1' };
  const said = JSON.parse(execFileSync(process.execPath, [join(outdir, 'stdin.mjs')], { env, encoding: 'utf8' }));
  return { said, bytes: readdirSync(outdir).reduce((sum, file) => sum + statSync(join(outdir, file)).size, 0) };
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

describe('the AWS SDK without event streams', () => {
  const client = `
    import { GetObjectCommand, PutObjectCommand, S3Client, SelectObjectContentCommand } from '@aws-sdk/client-s3';
    import { Readable } from 'node:stream';
    const asked = [];
    const requestHandler = { handle: async ({ method, path, headers, body }) => {
      asked.push([method, path, headers['x-amz-checksum-crc32'], String(body ?? '')]);
      return { response: { statusCode: 200, headers: {}, body: Readable.from(['held']) } };
    } };
    const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
    const s3 = new S3Client({ region: 'us-east-1', endpoint: 'http://127.0.0.1:9', forcePathStyle: true, credentials, requestHandler });
    const at = { Bucket: 'records', Key: 'run.json' };`;

  it('puts and gets objects as before', async () => {
    const program = `${client}
      await s3.send(new PutObjectCommand({ ...at, Body: 'a plan' }));
      const { Body } = await s3.send(new GetObjectCommand(at));
      process.stdout.write(JSON.stringify([asked, await Body.transformToString()]));`;
    const before = await bundled('objects', program, []);
    const after = await bundled('objects', program, [withoutEventStreams]);
    expect(after.said).toEqual(before.said);
    const [[put], held] = after.said as [string[][], string];
    expect([put?.[0], put?.[1], put?.[3], held]).toEqual(['PUT', '/records/run.json', 'a plan', 'held']);
    expect(before.bytes - after.bytes).toBeGreaterThan(5_000);
  });

  it('says why there are none, where one is opened', async () => {
    const program = `${client}
      const query = { ...at, Expression: 'SELECT 1', ExpressionType: 'SQL', InputSerialization: { JSON: {} }, OutputSerialization: { JSON: {} } };
      const said = await s3.send(new SelectObjectContentCommand(query)).then(() => 'a stream', ({ message }) => message);
      process.stdout.write(JSON.stringify(said));`;
    expect((await bundled('querying', program, [withoutEventStreams])).said).toContain(
      'there are no event streams in a function: see lib/without-event-streams.ts',
    );
  });
});
