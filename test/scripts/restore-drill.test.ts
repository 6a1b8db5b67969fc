// Backups that nobody has restored are hopes. The drill is made here over the state of a demo, and over what AWS would answer.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { awsBackups } from '../../scripts/restore/aws-backups.ts';
import { damage } from '../../scripts/restore/damage.ts';
import { drill } from '../../scripts/restore/drill.ts';
import { type LocallyDrilled, localDrill } from '../../scripts/restore/local-drill.ts';
import { versionedArtifacts } from '../../scripts/restore/versioned-artifacts.ts';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import { auditKeyFile } from '../../shared/adapters/local/audit-key-file.ts';
import { startEmbeddedAws } from '../../shared/adapters/local/embedded-aws.ts';
import { holdFolder } from '../../shared/adapters/local/folder-hold.ts';
import { auditKeyPath } from '../../shared/wiring/audit-key-path.ts';
import { root, runEvenkeel, stateFolder } from '../cli/child.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let above = '';
let state = '';
beforeAll(async () => {
  above = mkdtempSync(join(tmpdir(), 'evenkeel-restore-'));
  expect((await runEvenkeel(['demo', '--to', '2004-10-29'], above)).code).toBe(0);
  state = stateFolder(above) ?? '';
});
afterAll(() => rmSync(above, { recursive: true, force: true }));

describe('the drill at home', () => {
  let drilled: LocallyDrilled;
  beforeAll(async () => {
    drilled = await localDrill(state, true, () => undefined);
  });

  it('does damage of every kind, and all of it is seen', () => {
    expect(drilled.damages).toHaveLength(5);
    const run = 'demo/2004-08-31/monthly';
    expect(drilled.damaged.flatMap(({ findings }) => findings).map(({ kind, what }) => `${kind}: ${what}`)).toEqual([
      'truncated: link 3',
      `edited: run ${run}`,
      `missing: snapshot of ${run}`,
      `edited: decision of ${run}`,
      'not-sealed: run demo/2004-10-29/monthly',
      'missing: ledger of demo',
    ]);
  });

  it('restores a copy that is whole to the last link, with as much in it as before', () => {
    expect(drilled.isWhole).toBe(true);
    expect(drilled.portfolios).toEqual(drilled.before);
    expect(drilled.portfolios).toMatchObject([{ portfolio: 'demo', links: 3, runs: 3, artifacts: 15, findings: [] }]);
  });

  it('names the documents that it read from the backup: the one overwritten and the one deleted', () => {
    const damaged = drilled.damages.flatMap((each) => /^document ([0-9a-f]{64})/.exec(each)?.[1] ?? []);
    expect(damaged).toHaveLength(2);
    expect(drilled.fromOlder.map(({ hash }) => hash)).toEqual(damaged.toSorted());
  });

  it('leaves no copy where it is told to, and one where it is not', async () => {
    expect(existsSync(drilled.folder)).toBe(false);
    const kept = await localDrill(state, false, () => undefined);
    expect(readdirSync(kept.folder).sort()).toEqual(['backup', 'damaged']);
    rmSync(kept.folder, { recursive: true });
  });

  it('is refused while the demo runs, and leaves nothing behind', async () => {
    const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith('evenkeel-restore-drill-'));
    const before = copies();
    const letGo = await holdFolder(join(state, 'aws'));
    await expect(localDrill(state, true, () => undefined)).rejects.toThrow('in use');
    await letGo();
    expect(copies()).toEqual(before);
  });

  it('as a command says what came of it, and ends with 0', () => {
    const script = join(root, 'scripts/restore-drill.ts');
    const { status, stdout } = spawnSync(process.execPath, [script, '--yes'], { cwd: above, encoding: 'utf8' });
    expect(stdout).toMatch(/demo {2}whole[\s\S]*read from an older version: [0-9a-f]{64} backup[\s\S]*restored and whole\n$/);
    expect(status).toBe(0);
    expect(spawnSync(process.execPath, [script, '--state', above], { cwd: above, encoding: 'utf8' }).status).not.toBe(0);
  });
});

describe('the drill on AWS', () => {
  const versions = new Map<string, string[]>();
  const asked: string[] = [];
  let dynamodb = '';
  let s3 = '';
  const servers: Server[] = [];

  /** DynamoDB with a restore that takes two looks, and S3 that keeps versions: the newest last. */
  async function listen(
    answer: (target: string, path: string, body: string) => Promise<{ readonly status: number; readonly body: string }>,
  ) {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', async () => {
        const { status, body } = await answer(
          String(request.headers['x-amz-target']),
          String(request.url),
          Buffer.concat(chunks).toString(),
        );
        response.writeHead(status).end(body);
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  beforeAll(async () => {
    let looks = 0;
    dynamodb = await listen(async (target, _, body) => {
      asked.push(`${target.split('.')[1]} ${body}`);
      if (target.endsWith('RestoreTableToPointInTime')) return { status: 200, body: '{"TableDescription":{"TableStatus":"CREATING"}}' };
      if (target.endsWith('DescribeTable')) {
        looks += 1;
        return { status: 200, body: JSON.stringify({ Table: { TableStatus: looks < 3 ? 'CREATING' : 'ACTIVE' } }) };
      }
      return { status: 200, body: '{}' };
    });
    s3 = await listen(async (_, path) => {
      const url = new URL(path, 'http://s3');
      if (url.searchParams.has('versions')) {
        const key = url.searchParams.get('prefix') ?? '';
        const found = (versions.get(key) ?? []).map(
          (_text, place, all) =>
            `<Version><Key>${key}</Key><VersionId>v${place}</VersionId><IsLatest>${place === all.length - 1}</IsLatest></Version>`,
        );
        return { status: 200, body: `<ListVersionsResult>${found.reverse().join('')}</ListVersionsResult>` };
      }
      const text = versions.get(url.pathname.replace('/bucket/', ''))?.[Number(url.searchParams.get('versionId')?.slice(1))];
      return text === undefined ? { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' } : { status: 200, body: text };
    });
  });
  afterAll(() => {
    for (const server of servers) server.close();
  });

  function backups(at?: Date) {
    const waits: number[] = [];
    return {
      waits,
      ...awsBackups({
        dynamo: new DynamoDBClient(clientSettings({ endpoint: dynamodb })),
        s3: new S3Client(clientSettings({ endpoint: s3 })),
        table: 'live',
        bucket: 'bucket',
        auditKeys: auditKeyFile(auditKeyPath(state)),
        ...(at === undefined ? {} : { at }),
        wait: async (ms) => waits.push(ms),
      }),
    };
  }

  it('restores the latest moment under a new name, and waits until it can be read', async () => {
    const { restoreTable, waits } = backups();
    await restoreTable('copy');
    expect(JSON.parse(asked[0]?.replace('RestoreTableToPointInTime ', '') ?? '')).toEqual({
      SourceTableName: 'live',
      TargetTableName: 'copy',
      UseLatestRestorableTime: true,
    });
    expect(waits).toEqual([10_000, 10_000]);
  });

  it('restores the moment that is asked for', async () => {
    asked.length = 0;
    await backups(new Date('2026-11-20T21:00:00Z')).restoreTable('copy');
    // In seconds: 2026-11-20 is day 20,777 of the epoch; 20,777 · 86,400 + 21 · 3,600.
    expect(JSON.parse(asked[0]?.replace('RestoreTableToPointInTime ', '') ?? '')).toMatchObject({ RestoreDateTime: 1_795_208_400 });
  });

  it('deletes the copy and never the table that it is of', async () => {
    asked.length = 0;
    await backups().deleteTable('copy');
    expect(asked).toEqual(['DeleteTable {"TableName":"copy"}']);
  });

  it('reads a document from the newest version that has its bytes', async () => {
    const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
    const keyOf = (hash: string) => `artifacts/${hash}.json`;
    const [sound, written, lost] = [hashOf('sound'), hashOf('written over'), hashOf('lost')];
    versions.set(keyOf(sound), ['sound']);
    versions.set(keyOf(written), ['written over', 'written over', 'rubbish']);
    versions.set(keyOf(lost), ['rubbish']);
    const artifacts = versionedArtifacts(backups().versions);
    expect([await artifacts.get(sound), await artifacts.get(written), await artifacts.get(lost)]).toEqual([
      'sound',
      'written over',
      undefined,
    ]);
    expect(await artifacts.get(hashOf('never written'))).toBeUndefined();
    expect(artifacts.fromOlder).toEqual([{ hash: written, version: 'v1' }]);
  });
});

describe('a drill', () => {
  it('is not passed by backups with something wrong, or with nothing in them; the copy is deleted all the same', async () => {
    const folder = join(above, 'damaged');
    cpSync(state, folder, { recursive: true });
    const aws = await startEmbeddedAws(join(folder, 'aws'));
    const dynamo = new DynamoDBClient(clientSettings({ endpoint: aws.endpoints.dynamodb }));
    const deleted: string[] = [];
    const { tablePorts } = await import('../../scripts/restore/table-ports.ts');
    const backups = {
      restoreTable: async () => undefined,
      versions: {
        async *of() {
          yield* [];
        },
      },
      anchorOf: () => undefined,
      portsOf: () => tablePorts(dynamo, aws.table, auditKeyFile(auditKeyPath(state))),
      deleteTable: async (name: string) => {
        deleted.push(name);
      },
    };
    await damage(aws);
    const options = { table: 'copy', isDeleted: true, say: () => undefined };
    expect((await drill(backups, options)).isWhole).toBe(false);
    const nothing = { ...backups, portsOf: () => ({ ...backups.portsOf(), portfolios: async () => [] }) };
    expect((await drill(nothing, options)).isWhole).toBe(false);
    expect(deleted).toEqual(['copy', 'copy']);
    expect((await dynamo.send(new DescribeTableCommand({ TableName: aws.table }))).Table?.TableStatus).toBe('ACTIVE');
    dynamo.destroy();
    await aws.close();
  });
});
