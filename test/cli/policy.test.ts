// evenkeel policy check, on runs that took place on the simulated exchange: what it signs, and what it refuses to.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Output } from '../../cli/output.ts';
import { type AskedPolicyCheck, checkPolicy } from '../../cli/policy/check-policy.ts';
import type { RecordDesk } from '../../cli/world/record-desk.ts';
import { priceTable } from '../../research/backtest/price-table.ts';
import { liveDocumentsBeside } from '../../shared/adapters/local/live-documents.ts';
import { sourceHash } from '../../shared/adapters/local/source-hash.ts';
import { brokerUrlName } from '../../shared/contracts/environment.ts';
import { liveStandings } from '../../shared/contracts/hypothesis/live-clearance.ts';
import { POLICY_CHECK } from '../../shared/contracts/hypothesis/policy-check.ts';
import { readSigned } from '../../shared/contracts/hypothesis/signed-document.ts';
import { encodePublicKeys, newSigningKey } from '../../shared/contracts/hypothesis/signing-keys.ts';
import { tradedHash } from '../../shared/contracts/hypothesis/traded-hash.ts';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import { centMarket } from '../research/full/cent-market.ts';
import { TEN_PORTFOLIOS } from '../research/full/ten-portfolios.ts';
import { livedRuns } from '../research/parity/lived-runs.ts';
import { evenkeel } from './spoken.ts';

const SERIES = centMarket('2021-01-04', '2025-01-31');
const PAPER = TEN_PORTFOLIOS[0].text('whole');
const LIVE = PAPER.replace('portfolio: sixty-forty', 'portfolio: for-real').replace(
  '{ name: sixty-forty }',
  '{ name: mine, mode: live, number: "12345678" }',
);
const PAPER_WORLD = { kind: 'deployment', stage: 'paper' } as const;
const owner = newSigningKey();

const folder = mkdtempSync(join(tmpdir(), 'evenkeel-policy-'));
const at = (name: string): string => join(folder, name);
let lived: Awaited<ReturnType<typeof livedRuns>>;
beforeAll(async () => {
  lived = await livedRuns(PAPER, { runs: 3, prices: priceTable(SERIES, 'equities'), halfSpreadBps: 5 });
  for (const { symbol, bars } of SERIES)
    writeFileSync(at(`${symbol}.csv`), ['date,close', ...bars.map(({ date, close }) => `${date},${close}`), ''].join('\n'));
  writeFileSync(at('key.pem'), owner.privatePem, { mode: 0o600 });
  writeFileSync(at('verdict-keys.json'), encodePublicKeys([{ name: 'anna', public: owner.publicKey }]));
  writeFileSync(at('live.yaml'), LIVE);
  writeFileSync(at('paper.yaml'), PAPER);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(at('live.policy-check.json'), { force: true });
});

type Asked = Partial<AskedPolicyCheck> & { readonly file?: string; readonly world?: RecordDesk['world'] };

/** What was said, and thrown. `looked`: whether any run was read. */
async function said({ file = 'live.yaml', world = PAPER_WORLD, ...asked }: Asked = {}, json = false) {
  const told = { out: '', err: '', failure: undefined as unknown, looked: false, isClosed: false };
  const output = new Output(
    {
      isTty: false,
      hasColor: false,
      writeOut: (text) => {
        told.out += text;
      },
      writeErr: (text) => {
        told.err += text;
      },
    },
    { json, verbose: false },
  );
  const open = async () => ({
    world,
    worldText: 'Of the paper deployment.',
    artifacts: lived.artifacts,
    ledgers: lived.ledgers,
    trail: lived.trail,
    auditKeys: lived.auditKeys,
    clock: lived.clock,
    runStore: {
      load: (runId: string) => lived.runStore.load(runId),
      list: (name: string, limit: number) => {
        told.looked = true;
        return lived.runStore.list(name, limit);
      },
    },
    portfolioNames: async () => ['sixty-forty'],
    close: async () => {
      told.isClosed = true;
    },
  });
  await checkPolicy(at(file), { prices: [folder], by: 'anna', key: at('key.pem'), ...asked }, output, open).catch((error: unknown) => {
    told.failure = error;
  });
  return told;
}
const check = () => readFileSync(at('live.policy-check.json'), 'utf8');
const standing = () => {
  const read = parsePortfolioFile(LIVE, 'live.yaml');
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
  return liveStandings(read.policy, liveDocumentsBeside(at('live.yaml'))).map(({ code }) => code);
};

describe('evenkeel policy check', () => {
  it('signs what it measured, and that lets exactly this portfolio trade live', { timeout: 30_000 }, async () => {
    expect(standing()).toEqual(['no-document']);
    const { out, err, failure, isClosed } = await said();
    expect([failure, err, isClosed]).toEqual([undefined, '', true]);
    expect(out).toContain('for-real: passed');
    expect(out).toContain('3 paper runs of exactly what this portfolio trades');
    expect(out).toContain(`signed: ${at('live.policy-check.json')}`);
    const read = readSigned(POLICY_CHECK, check(), [owner.publicKey]);
    expect(read).toMatchObject({
      kind: 'signed',
      document: { portfolio: 'for-real', outcome: 'passed', code: { source: sourceHash() }, judged: { by: 'anna', at: lived.clock.now() } },
    });
    expect(standing()).toEqual(['cleared']);
  });

  it('shows the private key nowhere', async () => {
    const secret = owner.privatePem.split('\n')[1] ?? '';
    expect(secret.length).toBeGreaterThan(40);
    const [text, json] = [await said(), await said({}, true)];
    for (const shown of [text.out, text.err, json.out, json.err, check()]) expect(shown).not.toContain(secret);
    expect(JSON.parse(json.out)).toMatchObject({ world: PAPER_WORLD, document: { outcome: 'passed' }, key: owner.publicKey });
  });

  it('signs a failure too, in the place of what passed before, and ends with 1', async () => {
    await said();
    expect(standing()).toEqual(['cleared']);
    const { failure, out } = await said({ since: '2025-01-31' });
    expect(failure).toMatchObject({ code: 'not-passed', exitCode: 1, message: expect.stringContaining('for-real did not pass: ') });
    expect(out).toContain('There is no paper run');
    expect(standing()).toEqual(['not-passed']);
    const json = await said({ since: '2025-01-31' }, true);
    expect(JSON.parse(json.out)).toMatchObject({ error: { code: 'not-passed' }, document: { outcome: 'failed' }, key: owner.publicKey });
  });

  it('is refused by the gate once it was edited, forged by another key, or is of another portfolio', async () => {
    await said({ since: '2025-01-31' });
    const failed = check();
    const forged = failed.replace('"outcome":"failed"', '"outcome":"passed"').replaceAll('"holds":false', '"holds":true');
    expect(forged).not.toBe(failed);
    writeFileSync(at('live.policy-check.json'), forged);
    expect(standing()).toEqual(['no-document']);
    rmSync(at('live.policy-check.json'));
    const other = newSigningKey();
    writeFileSync(at('other.pem'), other.privatePem, { mode: 0o600 });
    writeFileSync(at('other-keys.json'), encodePublicKeys([{ name: 'eve', public: other.publicKey }]));
    expect((await said({ key: at('other.pem'), keys: at('other-keys.json') })).failure).toBeUndefined();
    expect(standing()).toEqual(['no-document']);
    rmSync(at('live.policy-check.json'));
    writeFileSync(at('near.yaml'), LIVE.replace('absolute: 0%', 'absolute: 1%'));
    await said({ file: 'near.yaml' });
    expect(JSON.parse(readFileSync(at('near.policy-check.json'), 'utf8')).document.outcome).toBe('failed');
    expect(standing()).toEqual(['no-document']);
  });

  it('measures a demo, says so, and never signs it; nor a deployment whose broker is on this machine', async () => {
    const demo = await said({ world: { kind: 'demo', folder: '.evenkeel/demo-1' }, key: at('no-such.pem') });
    expect(demo.failure).toMatchObject({ code: 'not-signed', exitCode: 1, message: expect.stringContaining('a demo trades past prices') });
    expect(demo.out).toContain('for-real: passed');
    expect(demo.out).toContain('not signed: ');
    vi.stubEnv(brokerUrlName, 'http://127.0.0.1:8080');
    const emulated = await said({}, true);
    expect(emulated.failure).toMatchObject({ code: 'not-signed' });
    expect(JSON.parse(emulated.out)).toMatchObject({
      error: { code: 'not-signed', problems: [] },
      file: null,
      document: { outcome: 'passed' },
    });
    expect(standing()).toEqual(['no-document']);
  });

  it.each([
    ['a live deployment', { world: { kind: 'deployment', stage: 'live' } }, 'not-paper'],
    ['a deployment of nobody knows what', { world: { kind: 'deployment', stage: null } }, 'not-paper'],
    ['a key that is not there', { key: '/nowhere/key.pem' }, 'bad-key'],
    ['a key whose public half nobody knows', { keys: '/nowhere/verdict-keys.json' }, 'unknown-key'],
    ['a name that is none', { by: ' ' }, 'usage'],
    ['a name that nobody sees', { by: '\u3164' }, 'usage'],
    ['a date that is none', { since: 'soon' }, 'usage'],
    ['prices that are not there', { prices: ['/nowhere'] }, 'bad-prices'],
  ] as const)('refuses %s before it looks at any run', async (_, asked, code) => {
    const { failure, looked, out } = await said(asked);
    expect([failure, looked, out]).toEqual([expect.objectContaining({ code, exitCode: 2 }), false, '']);
  });

  it('writes over no file that is no policy check', async () => {
    expect((await said({ out: at('paper.yaml') })).failure).toMatchObject({ code: 'bad-output', exitCode: 2 });
    expect(readFileSync(at('paper.yaml'), 'utf8')).toBe(PAPER);
    writeFileSync(at('rotation.yaml'), 'strategy: Rotation\nrebalance: none\ntree: VTI\n');
    expect((await said({ file: 'rotation.yaml' })).failure).toMatchObject({ code: 'bad-portfolio', exitCode: 2 });
  });

  it('is bound to the hash of what is traded, the same for the paper file', async () => {
    await said({ file: 'paper.yaml' });
    const { document } = JSON.parse(readFileSync(at('paper.policy-check.json'), 'utf8'));
    const read = parsePortfolioFile(LIVE, 'live.yaml');
    expect(read.kind === 'portfolio' && tradedHash(read.policy)).toBe(document.traded);
    expect(standing()).toEqual(['cleared']);
    rmSync(at('paper.policy-check.json'));
  });

  it('is typed with a file, prices and a name', async () => {
    expect(await evenkeel(['policy', 'check', at('live.yaml')])).toMatchObject({ code: 2, err: expect.stringContaining('--prices') });
    const { code, err } = await evenkeel(['policy', 'check', at('no.yaml'), '--prices', folder, '--by', 'anna']);
    expect([code, err.includes('no.yaml is refused')]).toEqual([2, true]);
  });
});
