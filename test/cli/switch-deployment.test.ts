// halt, resume and status as they are typed, against the table of a deployment.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EmbeddedAws, startEmbeddedAws } from '../../shared/adapters/local/embedded-aws.ts';
import { environmentNames, operatorEnvironmentNames } from '../../shared/contracts/environment.ts';
import { secretPrefixOf } from '../../shared/contracts/secret-prefix.ts';
import { evenkeel } from './spoken.ts';

const portfolio = (name: string, account: string) => `portfolio: ${name}
account: ${account}
schedules: { daily: { at: close-25m, every: day, band: { absolute: 0.5% } } }
sleeves: { core: { capital: 100%, strategy: { specified: { SPY: 50%, TLT: 50% } } } }
limits: { position: 60%, turnover: 100%, order-notional: 60000 USD }
`;

let aws: EmbeddedAws;
let folder: string;
beforeEach(async () => {
  aws = await startEmbeddedAws();
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-switch-'));
  writeFileSync(join(folder, 'pair.yaml'), portfolio('pair', '{ name: pair }'));
  writeFileSync(join(folder, 'calm.yaml'), portfolio('calm', '{ name: calm }'));
  writeFileSync(join(folder, 'real.yaml'), portfolio('real', '{ name: real, mode: live, number: "123456789" }'));
  for (const name of Object.values(environmentNames)) vi.stubEnv(name, 'anything');
  vi.stubEnv(environmentNames.table, aws.table);
  vi.stubEnv(environmentNames.portfoliosDir, folder);
  vi.stubEnv(environmentNames.secretPrefix, secretPrefixOf('paper'));
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoints.dynamodb);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await aws.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a deployment', () => {
  it('is halted and resumed, as a whole and by the portfolio', async () => {
    expect(await evenkeel(['halt', '--reason', 'the broker misbehaves'])).toEqual({
      code: 0,
      out: 'No order is open.\n',
      err: 'The kill switch of all portfolios is on. Nothing more is sent.\n',
    });
    expect(await evenkeel(['halt', 'pair', '--reason', 'drift', '--keep-open'])).toMatchObject({
      code: 0,
      err: expect.stringContaining('Open orders are canceled all the same: an earlier halt says so.'),
    });
    expect(await evenkeel(['resume', '--reason', 'it behaves'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('pair is still halted by its own switch'),
    });
    expect(await evenkeel(['resume', 'pair', '--reason', 'looked'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/pair: next run .* New York \(daily\)/),
    });
  });

  it('shows the portfolios of its own stage alone', async () => {
    const { code, out } = await evenkeel(['status', '--quick', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out).portfolios.map((each: { portfolio: string }) => each.portfolio)).toEqual(['calm', 'pair']);
    vi.stubEnv(environmentNames.secretPrefix, secretPrefixOf('live'));
    expect(JSON.parse((await evenkeel(['status', '--quick', '--json'])).out)).toMatchObject({ portfolios: [{ portfolio: 'real' }] });
  });

  it('of which nothing answers is not halted, and that is said', async () => {
    await aws.close();
    const { code, err } = await evenkeel(['halt', '--reason', 'stop']);
    expect(code).toBe(1);
    expect(err).toContain('error: this halt had NO effect');
  });

  it('of real money does not go back to the release before until all of it is halted', async () => {
    const asked: string[] = [];
    const lambda = createServer((request, response) => {
      const path = request.url ?? '';
      asked.push(`${request.method} ${decodeURIComponent(path)}`);
      const versions = ['1', '2'].map((Version) => ({ Version, LastModified: `2026-11-0${Version}T10:00:00.000+0000` }));
      const isRun = path.includes('/invocations');
      const said = isRun ? { verdict: 'passed', detail: 'nothing-to-trade' } : { FunctionVersion: '2', Versions: versions };
      response.end(JSON.stringify(said));
    });
    await new Promise<void>((resolve) => lambda.listen(0, '127.0.0.1', resolve));
    for (const name of Object.values(operatorEnvironmentNames)) vi.stubEnv(name, 'signal=evenkeel-signal:current');
    vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`);
    vi.stubEnv(environmentNames.secretPrefix, secretPrefixOf('live'));
    try {
      expect(await evenkeel(['halt', 'real', '--reason', 'of one alone'])).toMatchObject({ code: 0 });
      expect(await evenkeel(['rollback', '--yes'])).toMatchObject({ code: 1, err: expect.stringContaining('First: npx evenkeel halt') });
      expect(asked.filter((each) => !each.startsWith('GET'))).toEqual([]);
      await evenkeel(['halt', '--reason', 'back to the release before']);
      const { code, out, err } = await evenkeel(['rollback', '--yes']);
      expect([code, out]).toEqual([0, expect.stringContaining('Moved back: signal from 2 to 1.')]);
      expect(err).toContain('real  passed  nothing-to-trade');
      expect(asked.filter((each) => !each.startsWith('GET'))).toEqual([
        'POST /2015-03-31/functions/evenkeel-signal:1/invocations',
        'PUT /2015-03-31/functions/evenkeel-signal/aliases/current',
      ]);
    } finally {
      lambda.close();
    }
  });

  it('that the environment does not name is a matter of usage', async () => {
    vi.stubEnv(environmentNames.table, undefined);
    for (const args of [['halt', '--reason', 'stop'], ['resume', '--reason', 'go'], ['status'], ['reconcile']])
      expect(await evenkeel(args)).toMatchObject({ code: 2, err: expect.stringContaining('not set: EVENKEEL_TABLE') });
  });
});
