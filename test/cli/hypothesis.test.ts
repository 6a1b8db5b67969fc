// What a person sees of a judging that is stopped, cut off or out of place, and of a claim under a second name.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FileTrialLedger } from '../../shared/adapters/local/file-trial-ledger.ts';
import type { HypothesisFact } from '../../shared/contracts/trial-entries.ts';
import { STRATEGY, turningPrices } from '../research/hypothesis/claims.ts';
import { evenkeel } from './spoken.ts';

const root = mkdtempSync(join(tmpdir(), 'evenkeel-judging-'));
const prices = join(root, 'prices');
const key = join(root, 'key.pem');
let folders = 0;
let folder = '';
const file = (name: string) => join(folder, name);

beforeAll(() => {
  mkdirSync(prices);
  for (const { symbol, bars } of turningPrices(0.002))
    writeFileSync(join(prices, `${symbol}.csv`), ['date,close', ...bars.map(({ date, close }) => `${date},${close}`), ''].join('\n'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(async () => {
  folders += 1;
  folder = join(root, String(folders));
  mkdirSync(folder);
  writeFileSync(file('rotation.yaml'), STRATEGY);
  await evenkeel(['hypothesis', 'keys', '--key', key, '--public', file('verdict-keys.json')]);
  const strategy = ['--strategy', file('rotation.yaml'), '--prices', prices, '--benchmark', 'SPY', '--holdout', '2018-01-02'];
  await evenkeel(['hypothesis', 'new', 'rotation', ...strategy, '--out', file('claim.yaml')]);
  const text = readFileSync(file('claim.yaml'), 'utf8')
    .replace(/^claim: .*$/m, "claim: last week's winner goes on winning")
    .replace('variants: {}', 'variants: { tree.filter.by.cumulative-return: [5, 60] }');
  writeFileSync(file('claim.yaml'), text);
  expect((await run('claim.yaml')).code).toBe(0);
});
afterEach(() => vi.restoreAllMocks());

const run = (name: string, ...more: readonly string[]) => evenkeel(['hypothesis', 'run', file(name), '--prices', prices, ...more]);
const judge = (name = 'claim.yaml', by = 'anna', ...more: readonly string[]) =>
  evenkeel(['hypothesis', 'judge', file(name), '--prices', prices, '--by', by, '--key', key, ...more]);
const kinds = async () => (await new FileTrialLedger(file('trials.jsonl')).entries()).map(({ fact }) => fact.kind);
const document = () => JSON.parse(readFileSync(file('claim.verdict.json'), 'utf8')).document;

/** Something happens as a fact of this kind is about to be written. */
function asItIsWritten(kind: HypothesisFact['kind'], happens: () => void): void {
  const append = FileTrialLedger.prototype.append;
  vi.spyOn(FileTrialLedger.prototype, 'append').mockImplementation(function (this: FileTrialLedger, facts, at) {
    if (facts.some((fact) => fact.kind === kind)) happens();
    return append.call(this, facts, at);
  });
}

describe('Ctrl-C while a claim is judged', { timeout: 60_000 }, () => {
  it('stops it with one document before the holdout is opened, and the same command judges it later', async () => {
    const listening = process.listenerCount('SIGINT');
    asItIsWritten('trial', () => process.emit('SIGINT'));
    const { code, out } = await judge('claim.yaml', 'anna', '--json');
    expect([code, JSON.parse(out)]).toEqual([1, { error: expect.objectContaining({ code: 'interrupted' }) }]);
    expect(await kinds()).not.toContain('holdout-opened');
    expect([existsSync(file('claim.verdict.json')), process.listenerCount('SIGINT')]).toEqual([false, listening]);
    vi.restoreAllMocks();
    expect(await judge()).toMatchObject({ code: 0, out: expect.stringContaining('rotation: SCALE') });
  });

  it('is too late once the holdout is open: the verdict is written', async () => {
    asItIsWritten('holdout-opened', () => process.emit('SIGINT'));
    const { code, out, err } = await judge();
    expect([code, out.includes('rotation: SCALE')]).toEqual([0, true]);
    expect(err).toContain('once it is open, the verdict is written first');
    expect((await kinds()).slice(-2)).toEqual(['holdout-opened', 'holdout-ended']);
    expect(document()).toMatchObject({ verdict: 'SCALE', judged: { by: 'anna' } });
  });
});

describe('a judging that died', { timeout: 60_000 }, () => {
  it('in the holdout is finished by the same command, as whoever opened it', async () => {
    asItIsWritten('holdout-ended', () => {
      throw new Error('killed');
    });
    expect(await judge()).toMatchObject({ code: 1, err: expect.stringContaining('killed') });
    vi.restoreAllMocks();
    expect(await kinds()).not.toContain('holdout-ended');
    expect((await evenkeel(['hypothesis', 'list', folder])).out).toMatch(/rotation +holdout-opened/);
    expect((await run('claim.yaml')).err).toContain('evenkeel hypothesis judge finishes it');
    writeFileSync(file('claim.verdict.json'), 'of another claim');
    expect(await judge()).toMatchObject({ code: 1, err: expect.stringContaining('it exists; the verdict goes there') });
    rmSync(file('claim.verdict.json'));
    const { code, out, err } = await judge('claim.yaml', 'bob');
    expect([code, err.includes('opened before, by anna')]).toEqual([0, true]);
    expect(out).toContain('opened by anna');
    expect((await kinds()).filter((kind) => kind === 'holdout-opened')).toHaveLength(1);
    expect((await kinds()).at(-1)).toBe('holdout-ended');
    expect(document()).toMatchObject({ verdict: 'SCALE', judged: { by: 'anna' }, evidence: { holdout: { openings: 1 } } });
    expect(await judge()).toMatchObject({ code: 1, err: expect.stringContaining('was opened before') });
  });

  it('before its verdict was on the disk has it written by the same command, with the same figures', async () => {
    expect((await judge()).code).toBe(0);
    const { judged: _, ...first } = document();
    rmSync(file('claim.verdict.json'));
    const before = await kinds();
    expect((await judge('claim.yaml', 'bob')).code).toBe(0);
    const { judged, ...again } = document();
    expect([again, judged.by]).toEqual([first, 'anna']);
    expect(await kinds()).toEqual(before);
  });
});

describe('a claim under a second name', { timeout: 60_000 }, () => {
  it('is told by run and list that its holdout was seen, and is counted with the first', async () => {
    expect((await judge()).code).toBe(0);
    writeFileSync(file('other.yaml'), `${STRATEGY}# quite another thing\n`);
    const renamed = readFileSync(file('claim.yaml'), 'utf8')
      .replace('hypothesis: rotation', 'hypothesis: better-idea')
      .replace(/^strategy: .*$/m, 'strategy: other.yaml')
      .replace('[5, 60]', '[5, 20]');
    writeFileSync(file('renamed.yaml'), renamed);
    const { code, out } = await run('renamed.yaml');
    // Two under the first name, and one of its own.
    expect([code, out.includes('3 of 20 trials used, with those of rotation')]).toEqual([0, true]);
    expect(out).toContain(
      'It cannot be judged: rotation tried the same strategies, and dates of this holdout were opened under that name.',
    );
    expect(out).not.toMatch(/Say evenkeel hypothesis judge|is sealed/);
    const { judging, counted } = JSON.parse((await run('renamed.yaml', '--json')).out);
    expect([judging.code, counted]).toEqual(['holdout-opened-before', 3]);
    expect(await judge('renamed.yaml')).toMatchObject({ code: 1, err: expect.stringContaining(judging.detail) });
    const listed = JSON.parse((await evenkeel(['hypothesis', 'list', folder, '--json'])).out).hypotheses;
    expect(listed).toMatchObject([
      { hypothesis: 'rotation', standing: { code: 'SCALE' } },
      { hypothesis: 'better-idea', standing: { code: 'tried' }, seenAs: 'rotation', tried: 3 },
    ]);
    expect(listed[0]).not.toHaveProperty('seenAs');
    expect((await evenkeel(['hypothesis', 'list', folder])).out).toMatch(/better-idea +tried, its holdout seen as rotation/);
  });
});

it('says of a folder in the place of a hypothesis that it is one, whatever the key', async () => {
  const { code, err } = await evenkeel(['hypothesis', 'judge', folder, '--prices', prices, '--by', 'anna', '--key', file('no-key.pem')]);
  expect([code, err]).toEqual([2, expect.stringContaining('a directory — expected a hypothesis file')]);
});
