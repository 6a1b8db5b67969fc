// The walk from an idea to a verdict, as the guide to research prints it, on made-up prices.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { evenkeel, type Spoken } from '../cli/spoken.ts';

const GUIDE =
  readFileSync(new URL('../../docs/guides/research.md', import.meta.url), 'utf8').split('\n## From an idea to a verdict\n')[1] ?? '';
const COMMANDS = [...GUIDE.matchAll(/^ {4}npx evenkeel (hypothesis .*)$/gm)].map(([, command = '']) => command);
const [IDEA = '', EDIT = ''] = [...GUIDE.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-verdict-'));
  for (const name of ['prices', 'ideas']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'ideas', 'rotation.yaml'), IDEA);
  for (const [place, symbol] of ['VTI', 'BND', 'SPY'].entries()) {
    const rows = sessionsBetween('2015-01-02', '2022-12-30').map(({ date }, day) => {
      const close = 100 * 1.0003 ** day * (1 + Math.sin(day / (11 + place)) / 20);
      return `${date},${close.toFixed(4)}`;
    });
    writeFileSync(join(folder, 'prices', `${symbol}.csv`), ['date,close', ...rows, ''].join('\n'));
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const said = (command: string, ...more: readonly string[]): Promise<Spoken> =>
  evenkeel([...command.split(' ').map((word) => (/^(?:ideas|prices)/.test(word) ? join(folder, word) : word)), ...more]);
/** Instead of the one in the home of whoever runs the tests. */
const withKey = (command: string, key = 'home/key.pem', ...more: readonly string[]) => said(command, '--key', join(folder, key), ...more);
const claimFile = () => join(folder, 'ideas/claim.yaml');
const edit = (file: string, from: string | RegExp, to: string) => writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));

describe('the walk from an idea to a verdict', () => {
  const [keys = '', fresh = '', run = '', judge = '', list = '', ...more] = COMMANDS;

  it('has five commands', () => expect([list.length > 0, more]).toEqual([true, []]));

  it('makes a key that its owner alone can read, once', async () => {
    expect(await withKey(keys)).toMatchObject({ code: 0, err: '' });
    const key = join(folder, 'home/key.pem');
    const pem = readFileSync(key, 'utf8');
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect((await withKey(keys)).out).toContain('kept the private key');
    expect(readFileSync(key, 'utf8')).toBe(pem);
    expect(JSON.parse(readFileSync(join(folder, 'ideas/verdict-keys.json'), 'utf8')).keys).toHaveLength(1);
  });

  it('writes a claim that is refused until its owner has said what it claims', async () => {
    expect(await said(fresh)).toMatchObject({ code: 0, err: '' });
    expect(await said(fresh)).toMatchObject({ code: 2, err: expect.stringContaining('it exists') });
    expect(await said(run)).toMatchObject({ code: 2, err: expect.stringContaining('a sentence of your own') });
    const [claim = '', variants = ''] = EDIT.split(/(?=^variants:)/m);
    edit(claimFile(), /^claim: .*\n/m, claim);
    edit(claimFile(), 'variants: {}\n', variants);
  });

  it('is not judged before it was run, nor with a key that others may read', async () => {
    expect(await withKey(judge)).toMatchObject({ code: 1, err: expect.stringContaining('no variant was tried yet') });
    writeFileSync(join(folder, 'open.pem'), readFileSync(join(folder, 'home/key.pem')), { mode: 0o644 });
    expect(await withKey(judge, 'open.pem')).toMatchObject({ code: 2, err: expect.stringContaining('others may read') });
  });

  it('tries the variants, and says so', async () => {
    const { code, out, err } = await said(run);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('3 of 20 trials used, 3 evaluations counted; the holdout from 2020-12-29 is sealed');
    expect(JSON.parse((await said(run, '--json')).out)).toMatchObject({ counted: 3, evaluations: 6, failed: [] });
    expect((await said(list)).out).toMatch(/rotation +tried +3 of 20/);
  });

  it('counts a sweep of the same file into the same budget, and a variant of both once', { timeout: 60_000 }, async () => {
    const sweep = 'sweep ideas/rotation.yaml --vary tree.filter.by.cumulative-return=20,60 --prices prices --workers 1 --out ideas/swept';
    const { code, err } = await said(`${sweep} --to 2020-12-28 --hypothesis rotation --trials ideas/trials.jsonl`);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse((await said(list, '--json')).out).hypotheses[0]).toMatchObject({ tried: 3, trials: 20 });
    expect((await said(`${sweep.replace('swept', 'again')} --hypothesis rotation --trials ideas/trials.jsonl`)).err).toContain(
      'inside-holdout',
    );
  });

  it('is not judged with a key that nobody knows, and the holdout stays sealed', async () => {
    await withKey('hypothesis keys', 'other.pem', '--public', join(folder, 'other.json'));
    expect(await withKey(judge, 'other.pem')).toMatchObject({ code: 2, err: expect.stringContaining('nobody would take its verdict') });
    expect((await said(list)).out).toMatch(/rotation +tried/);
  });

  it('is judged once, and signed', { timeout: 60_000 }, async () => {
    const { code, out, err } = await withKey(judge);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^rotation: (?:KILL|ITERATE|INSUFFICIENT|SCALE)\n/);
    expect(out).toContain('opened by anna');
    expect(await withKey(judge)).toMatchObject({ code: 1, err: expect.stringContaining('was opened before') });
    expect(await said(run)).toMatchObject({ code: 1 });
  });

  it('is listed with its verdict, or with why that is refused', async () => {
    const file = join(folder, 'ideas/claim.verdict.json');
    const text = readFileSync(file, 'utf8');
    const { verdict } = JSON.parse(text).document;
    const standing = async () => JSON.parse((await said(list, '--json')).out).hypotheses[0].standing;
    expect(await standing()).toBe(verdict);
    writeFileSync(file, text.replace(`"verdict":"${verdict}"`, `"verdict":"${verdict === 'SCALE' ? 'KILL' : 'SCALE'}"`));
    expect(await standing()).toBe('verdict refused: bad-signature');
    writeFileSync(file, text);
    const ledger = join(folder, 'ideas/trials.jsonl');
    const lines = readFileSync(ledger, 'utf8').split('\n');
    writeFileSync(ledger, `${lines.slice(0, 4).join('\n')}\n`);
    expect(await standing()).toBe('verdict refused: other-ledger');
    writeFileSync(ledger, lines.join('\n'));
    expect(await standing()).toBe(verdict);
  });

  it('is what check finds for the sleeve of a live portfolio that holds exactly the variant, and for no other', async () => {
    const { verdict, strategy } = JSON.parse(readFileSync(join(folder, 'ideas/claim.verdict.json'), 'utf8')).document;
    const chosen = strategy.parameters['tree.filter.by.cumulative-return'];
    const live = async (window: number) => {
      writeFileSync(join(folder, 'ideas/chosen.yaml'), IDEA.replace('cumulative-return: 60', `cumulative-return: ${window}`));
      const file = join(folder, 'ideas/live.yaml');
      const sleeves = `{ a: { capital: 50%, strategy: { file: chosen.yaml } }, b: { capital: 50%, strategy: { equal: [VTI, BND] } } }`;
      const head = 'portfolio: live-one\naccount: { mode: live, number: 12345678 }\nschedules: { daily: { at: close-25m, every: day } }';
      writeFileSync(file, `${head}\nlimits: { position: 100% }\nsleeves: ${sleeves}\n`);
      return (await said('check ideas/live.yaml')).out;
    };
    const exact = await live(chosen);
    expect(exact).toContain('every run is refused');
    expect(exact).toContain(`a, a claim, ${strategy.hash.slice(0, 12)}: has a verdict of the hypothesis rotation that says ${verdict}`);
    expect(exact).toMatch(/b, a policy, [0-9a-f]{12}: needs a policy check that passed on exactly this portfolio/);
    expect(await live(chosen + 1)).toContain('needs a verdict that says SCALE on exactly its strategy');
  });
});
