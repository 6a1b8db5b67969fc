import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../cli/run.ts';

describe('evenkeel exchange --still', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'evenkeel-exchange-'));
    writeFileSync(join(folder, 'SPY.csv'), 'date,close\n2020-01-02,100\n2020-01-03,100\n');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('answers more than 200 requests in the minute that never ends', async () => {
    const exchange = startExchange('--prices', folder, '--date', '2020-01-03', '--still');
    const { url, keyId, secretKey } = await exchange.opened;
    const headers = { 'apca-api-key-id': keyId, 'apca-api-secret-key': secretKey };
    const statuses = new Set<number>();
    for (let n = 0; n < 201; n++) {
      const answer = await fetch(`${url}/v2/account`, { headers });
      await answer.arrayBuffer();
      statuses.add(answer.status);
    }
    process.emit('SIGINT');
    expect(await exchange.code).toBe(0);
    expect([...statuses]).toEqual([200]);
  });

  it('says in its help that the limit is lifted', async () => {
    let said = '';
    await run(['exchange', '--help'], { isTty: false, hasColor: false, writeOut: (text) => (said += text), writeErr: () => undefined });
    expect(said.replace(/\s+/g, ' ')).toContain(
      '--still time stands still until the control endpoint moves it; lifts the limit of 200 requests a minute',
    );
  });
});

interface Opened {
  readonly url: string;
  readonly keyId: string;
  readonly secretKey: string;
}

/** In this process, until it is interrupted. */
function startExchange(...options: readonly string[]): { opened: Promise<Opened>; code: Promise<number> } {
  const { promise: opened, resolve, reject } = Promise.withResolvers<Opened>();
  const code = run(['exchange', '--json', '--port', '0', ...options], {
    isTty: false,
    hasColor: false,
    writeOut: (text) => resolve(JSON.parse(text) as Opened),
    writeErr: (text) => reject(new Error(text)),
  });
  return { opened, code };
}
