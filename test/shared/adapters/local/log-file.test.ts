import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogFile } from '../../../../shared/adapters/local/log-file.ts';

const RUN = 'pair/2019-03-14/daily';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const line = (message: string, runId = RUN) => ({ level: 'info' as const, message, fields: { runId } });

describe('the log of the embedded run', () => {
  it('keeps two files and no more than both may hold', async () => {
    const log = new LogFile(folder, 1_000);
    for (let at = 0; at < 200; at += 1) log.append(at, line(`message ${at}`));
    expect(readdirSync(folder).sort()).toEqual(['log.1.jsonl', 'log.jsonl']);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1_000);
    const { lines } = await log.read(RUN);
    expect(lines.at(-1)).toEqual({ at: 199, level: 'info', message: 'message 199', source: 'embedded', fields: { runId: RUN } });
    expect(lines.map(({ at }) => at)).toEqual(lines.map((_, place) => 200 - lines.length + place));
  });

  it('goes on in the same folder, and passes over the half line of a process that was killed', async () => {
    new LogFile(folder).append(1, line('before'));
    appendFileSync(join(folder, 'log.jsonl'), '{"at":2,"level":"in');
    const log = new LogFile(folder);
    log.append(4, line('after'));
    expect((await log.read(RUN)).lines.map(({ message }) => message)).toEqual(['before', 'after']);
  });

  it('tells of a run and of its event, and of no other, from a time on', async () => {
    const log = new LogFile(folder);
    log.append(1, line('event', 'pair/daily/2019-03-14T19:35:00.000Z'));
    log.append(2, line('turn'));
    log.append(3, line('other run', 'pair/2019-03-15/daily'));
    expect((await log.read(RUN)).lines.map(({ message }) => message)).toEqual(['event', 'turn']);
    expect((await log.read(RUN, 2)).lines.map(({ message }) => message)).toEqual(['turn']);
    expect(await log.read('pair/2019-03-18/daily')).toEqual({ lines: [], isCut: false });
  });
});
