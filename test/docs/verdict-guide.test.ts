// The walk from an idea to a verdict, as the guide to research prints it, on made-up prices.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NotJudged } from '../../research/hypothesis/refuse-judging.ts';
import type { RenewalRefused } from '../../research/hypothesis/refuse-renewal.ts';
import {
  COSTS_A_YEAR_MAX,
  LATEST_AGE_DAYS_MAX,
  REFUSED_PART_MAX,
  RUNS_MIN,
  SESSIONS_MIN,
  SHORTFALL_BPS_MAX,
  TRADED_RUNS_MIN,
  TURNOVER_A_YEAR_MAX,
  YEARS_MIN,
} from '../../research/policy/thresholds.ts';
import { sourceHash } from '../../shared/adapters/local/source-hash.ts';
import { contentHash } from '../../shared/contracts/canonical-json.ts';
import { signDocument } from '../../shared/contracts/hypothesis/signed-document.ts';
import { VERDICT } from '../../shared/contracts/hypothesis/verdict-document.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { evenkeel, type Spoken } from '../cli/spoken.ts';
import { expectWhole, typedOn, wholeProgram } from './typed-commands.ts';

const GUIDE =
  readFileSync(new URL('../../docs/guides/research.md', import.meta.url), 'utf8').split('\n## From an idea to a verdict\n')[1] ?? '';
const COMMANDS = [...GUIDE.matchAll(/^ {4}npx evenkeel (hypothesis .*|validate .*)$/gm)].map(([, command = '']) => command);
const [IDEA = '', EDIT = ''] = [...GUIDE.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text);

const UNPRICED = /^fees that no table covers on their dates count as nothing: SEC on \d+ of \d+ days, .*\n$/;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-verdict-'));
  for (const name of ['prices', 'ideas']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'ideas', 'rotation.yaml'), IDEA);
  for (const [place, symbol] of ['VTI', 'BND', 'SPY'].entries()) {
    const rows = sessionsBetween('2015-01-02', '2022-12-30').map(({ date }, day) => {
      const close = 100 * 1.0003 ** day * (1 + Math.sin(day / (11 + place)) / 20);
      return `${date},${close.toFixed(4)},1000000`;
    });
    writeFileSync(join(folder, 'prices', `${symbol}.csv`), ['date,close,volume', ...rows, ''].join('\n'));
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
  const [keys = '', fresh = '', run = '', judge = '', validate = '', list = '', renew = '', ...more] = COMMANDS;

  it('has seven commands', () => expect([renew.length > 0, more]).toEqual([true, []]));

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
    // Its years are before every table of fees, and that is said of a search as of a backtest.
    expect([code, err]).toEqual([0, expect.stringMatching(UNPRICED)]);
    expect(out).toContain('3 of 20 trials used, 3 evaluations counted; the holdout from 2020-12-29 is sealed');
    expect(JSON.parse((await said(run, '--json')).out)).toMatchObject({ counted: 3, evaluations: 6, failed: [] });
    expect((await said(list)).out).toMatch(/rotation +tried +3 of 20/);
  });

  it('counts a sweep of the same file into the same budget, and a variant of both once', { timeout: 60_000 }, async () => {
    const sweep = 'sweep ideas/rotation.yaml --vary tree.filter.by.cumulative-return=20,60 --prices prices --workers 1 --out ideas/swept';
    const { code, err } = await said(`${sweep} --to 2020-12-28 --cash-rate 2% --hypothesis rotation --trials ideas/trials.jsonl`);
    expect([code, err]).toEqual([0, expect.stringMatching(UNPRICED)]);
    expect(JSON.parse((await said(list, '--json')).out).hypotheses[0]).toMatchObject({ tried: 3, trials: 20 });
    expect((await said(`${sweep.replace('swept', 'again')} --hypothesis rotation --trials ideas/trials.jsonl`)).err).toContain(
      'inside-holdout',
    );
  });

  it('counts the variants of a validation likewise, and is deflated by all that the ledger has', { timeout: 60_000 }, async () => {
    const family =
      'validate ideas/rotation.yaml --prices prices --permutations 9 --samples 99 --cash-rate 2% --hypothesis rotation --trials ideas/trials.jsonl --json';
    const vary = ['--vary', 'tree.filter.by.cumulative-return=20,30,60'];
    const inside = await said(family, ...vary);
    expect([inside.code, `${inside.out}${inside.err}`.includes('inside-holdout')]).toEqual([2, true]);
    expect(JSON.parse((await said(family, ...vary, '--to', '2020-12-28')).out).family).toMatchObject({
      variants: 3,
      trials: { count: 4, by: 'ledger' },
    });
    expect(JSON.parse((await said(list, '--json')).out).hypotheses[0]).toMatchObject({ tried: 4, trials: 20 });
    expect((await said(family)).out).toContain('it counts variants, expected --vary too');
    // What was tried has to be among the variants when the claim is judged.
    edit(claimFile(), '[20, 60, 120]', '[20, 30, 60, 120]');
  });

  it('is not judged with a key that nobody knows, and the holdout stays sealed', async () => {
    await withKey('hypothesis keys', 'other.pem', '--public', join(folder, 'other.json'));
    expect(await withKey(judge, 'other.pem')).toMatchObject({ code: 2, err: expect.stringContaining('nobody would take what it signs') });
    expect((await said(list)).out).toMatch(/rotation +tried/);
  });

  it('is not judged by nobody: the ledger stays as it is, and the holdout sealed', async () => {
    const before = readFileSync(join(folder, 'ideas/trials.jsonl'), 'utf8');
    for (const nobody of ['', ' ', '\t'])
      expect(await withKey(judge, 'home/key.pem', '--by', nobody)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining('expected the name of a person'),
      });
    expect(readFileSync(join(folder, 'ideas/trials.jsonl'), 'utf8')).toBe(before);
    expect(existsSync(join(folder, 'ideas/claim.verdict.json'))).toBe(false);
    expect((await said(list)).out).toMatch(/rotation +tried/);
  });

  it('says of a ledger that somebody edited that it is broken, not that the program is', async () => {
    const file = join(folder, 'ideas/trials.jsonl');
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, whole.replace('"rotation"', '"rotatiox"'));
    expect(JSON.parse((await said(list, '--json')).out)).toMatchObject({ error: { code: 'broken-ledger' } });
    const { code, err } = await withKey(judge);
    expect([code, err.includes('(unexpected')]).toEqual([1, false]);
    expect(err).toContain('take it back as it was');
    writeFileSync(file, whole);
  });

  it('is not judged where its verdict or its report could not be written, and the holdout stays sealed', async () => {
    const nowhere = await withKey(judge.replace('ideas/judged.html', 'ideas/none/judged.html'));
    expect(nowhere).toMatchObject({ code: 2, out: '', err: expect.stringContaining('it cannot be written (no such folder)') });
    const leftover = join(folder, 'ideas/claim.verdict.json');
    writeFileSync(leftover, 'of another claim');
    expect(await withKey(judge)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('it exists; the verdict goes there') });
    expect(readFileSync(leftover, 'utf8')).toBe('of another claim');
    rmSync(leftover);
    expect((await said(list)).out).toMatch(/rotation +tried/);
  });

  it('is judged once, and signed', { timeout: 60_000 }, async () => {
    const { code, out, err } = await withKey(judge);
    expect([code, err]).toEqual([0, expect.stringMatching(UNPRICED)]);
    expect(out).toContain('costs: half a spread of 2 bps, commission of 0 bps, impact 1, borrowing at 50 bps a year, fees by date');
    expect(JSON.parse(readFileSync(join(folder, 'ideas/claim.verdict.json'), 'utf8')).document).toMatchObject({
      costs: { 'half-spread-bps': 2, fees: 'dated' },
      warnings: [{ code: 'unpriced-fees' }],
    });
    expect(out).toMatch(/^rotation: (?:KILL|ITERATE|INSUFFICIENT|SCALE)\n/);
    expect(out).toContain('opened by anna');
    expect(await withKey(judge)).toMatchObject({ code: 1, err: expect.stringContaining('the holdout of rotation was opened before') });
    expect(await said(run)).toMatchObject({ code: 1, err: expect.stringContaining('the holdout of rotation was opened before') });
    expect(await said(run)).toMatchObject({ code: 1 });
    const { verdict } = JSON.parse(readFileSync(join(folder, 'ideas/claim.verdict.json'), 'utf8')).document;
    const report = readFileSync(join(folder, 'ideas/judged.html'), 'utf8');
    expect(report).toContain(`<strong>${verdict}</strong>`);
    expect(report).toContain('<p>Net of half a spread of 2 bps, commission of 0 bps');
    expect(report).toMatch(/Signed<\/span> by anna on \d{4}-\d\d-\d\d\. Its signature was checked and holds/);
    // The holdout is in it.
    expect(report).toMatch(/2022-12-30<\/title>/);
  });

  it('shows its verdict beside its checks once the chosen values stand in a copy of the file, and of any other says that it is on another', {
    timeout: 60_000,
  }, async () => {
    const { strategy, verdict, evidence } = JSON.parse(readFileSync(join(folder, 'ideas/claim.verdict.json'), 'utf8')).document;
    const chosen = strategy.parameters['tree.filter.by.cumulative-return'];
    const file = join(folder, 'ideas/chosen.yaml');
    const report = () => /<section id="verdict".*?<\/section>/s.exec(readFileSync(join(folder, 'ideas/validated.html'), 'utf8'))?.[0] ?? '';
    const quick = (...more: readonly string[]) => said(validate, '--permutations', '9', '--samples', '99', ...more);
    try {
      writeFileSync(file, IDEA.replace('cumulative-return: 60', `cumulative-return: ${chosen}`));
      const taken = await quick();
      expect([taken.code, taken.err.includes('--verdict')]).toEqual([0, false]);
      expect(report()).toContain(`<strong>${verdict}</strong>`);
      expect(report()).not.toContain('Not as this report');
      expect(report()).toContain(strategy.hash);
      expect(readFileSync(join(folder, 'ideas/validated.html'), 'utf8')).toContain(
        `${evidence.trials.count} trials counted, the discarded`,
      );
      const doubtOn = async (edited: (row: string, date: string) => string) => {
        const prices = join(folder, 'prices/VTI.csv');
        const whole = readFileSync(prices, 'utf8');
        writeFileSync(prices, whole.replace(/^(\d{4}-\d\d-\d\d),.*$/gm, edited));
        const { err } = await quick();
        writeFileSync(prices, whole);
        expect(report()).toContain(`<strong>${verdict}</strong>`);
        return err.match(/--verdict .*: (It is on .*)/)?.[1];
      };
      const doubled = (row: string) => row.replace(/,1000000$/, ',2000000');
      expect(await doubtOn((row, date) => (date === '2016-03-01' ? doubled(row) : row))).toBe(
        'It is on other prices than this report, or on more symbols than its strategy names.',
      );
      expect(report()).toContain('Not as this report</span> It is on other prices than this report, or');
      expect(await doubtOn((row, date) => (date === '2021-03-01' ? doubled(row) : row))).toBe(
        'It is on other prices than this report: those of the holdout differ.',
      );
      expect(await doubtOn((row) => row)).toBeUndefined();
      const alone = `backtest ideas/chosen.yaml --prices prices --verdict ideas/claim.verdict.json --report ideas/validated.html`;
      expect((await said(alone)).err).toContain('Whether it is on the prices of this report cannot be told without those of SPY.');
      writeFileSync(file, IDEA.replace('cumulative-return: 60', `cumulative-return: ${chosen + 1}`));
      expect((await quick()).err).toContain('is refused: It is on another strategy');
      expect(report()).toContain('<strong>Refused</strong> It is on another strategy');
      expect(report()).not.toMatch(/Signed|KILL|ITERATE|INSUFFICIENT|SCALE/);
    } finally {
      rmSync(file);
    }
  });

  it('shows a forged verdict as refused and never as signed, whoever draws it and however it was forged', { timeout: 60_000 }, async () => {
    const text = readFileSync(join(folder, 'ideas/claim.verdict.json'), 'utf8');
    const { verdict } = JSON.parse(text).document;
    const show = async (forged: string, ...more: readonly string[]) => {
      writeFileSync(join(folder, 'ideas/forged.verdict.json'), forged);
      const { code, out } = await said(
        'backtest ideas/rotation.yaml --prices prices --json --verdict ideas/forged.verdict.json --report ideas/forged.html',
        ...more,
      );
      const section = /<section id="verdict".*?<\/section>/s.exec(readFileSync(join(folder, 'ideas/forged.html'), 'utf8'))?.[0] ?? '';
      expect(section).toContain('<strong>Refused</strong>');
      expect(section).not.toMatch(/Signed|KILL|ITERATE|INSUFFICIENT|SCALE|beats|goes on rising/);
      return [code, JSON.parse(out).verdict.kind, JSON.parse(out).verdict.code];
    };
    const edited = text.replace(`"verdict":"${verdict}"`, `"verdict":"${verdict === 'SCALE' ? 'KILL' : 'SCALE'}"`);
    expect(await show(edited)).toEqual([0, 'refused', 'bad-signature']);
    expect(await show(`${text} `)).toEqual([0, 'refused', 'not-one']);
    expect(await show('{}')).toEqual([0, 'refused', 'not-one']);
    // Signed in order, by a key that is none of the owner's.
    expect(await show(text, '--keys', join(folder, 'other.json'))).toEqual([0, 'refused', 'unknown-key']);
    const gone = await said('backtest ideas/rotation.yaml --prices prices --verdict ideas/gone.json --report ideas/forged.html');
    expect([gone.code, gone.err.includes('gone.json')]).toEqual([2, true]);
  });

  it('is listed with its verdict, or with why that is refused', async () => {
    const file = join(folder, 'ideas/claim.verdict.json');
    const text = readFileSync(file, 'utf8');
    const { verdict } = JSON.parse(text).document;
    const listed = async () => {
      const { code, out } = await said(list, '--json');
      const { error, hypotheses } = JSON.parse(out);
      expect([code, error?.code]).toEqual(hypotheses[0].standing.code === 'verdict-refused' ? [1, 'verdict-refused'] : [0, undefined]);
      return hypotheses[0];
    };
    const standing = async () => (await listed()).standing;
    expect(await standing()).toEqual({ code: verdict });
    expect((await listed()).isAsRegistered).toBe(true);
    const idea = join(folder, 'ideas/rotation.yaml');
    edit(idea, 'cumulative-return: 60', 'cumulative-return: 61');
    expect(await listed()).toMatchObject({ standing: { code: verdict }, isAsRegistered: false });
    expect((await said(list)).out).toMatch(/rotation +[A-Z]+, changed since it was registered/);
    edit(idea, 'cumulative-return: 61', 'cumulative-return: 60');
    expect((await listed()).isAsRegistered).toBe(true);
    writeFileSync(file, text.replace(`"verdict":"${verdict}"`, `"verdict":"${verdict === 'SCALE' ? 'KILL' : 'SCALE'}"`));
    expect(await standing()).toEqual({ code: 'verdict-refused', detail: 'bad-signature' });
    expect((await said(list)).out).toMatch(/rotation +verdict refused: bad-signature/);
    writeFileSync(file, text);
    const ledger = join(folder, 'ideas/trials.jsonl');
    const lines = readFileSync(ledger, 'utf8').split('\n');
    writeFileSync(ledger, `${lines.slice(0, 4).join('\n')}\n`);
    expect(await standing()).toEqual({ code: 'verdict-refused', detail: 'other-ledger' });
    writeFileSync(ledger, lines.join('\n'));
    expect(await standing()).toEqual({ code: verdict });
  });

  it('is listed as refused beside a claim of another name, and a file that is no claim with its problems', async () => {
    const names = ['other.yaml', 'other.verdict.json', 'broken.yaml'].map((name) => join(folder, 'ideas', name));
    const [other = '', copied = '', broken = ''] = names;
    writeFileSync(other, readFileSync(claimFile(), 'utf8').replace('hypothesis: rotation', 'hypothesis: other'));
    writeFileSync(copied, readFileSync(join(folder, 'ideas/claim.verdict.json')));
    writeFileSync(broken, 'hypothesis: broken\n');
    try {
      const { code, out } = await said(list, '--json');
      const standings = JSON.parse(out).hypotheses.map(({ standing }: { standing: object }) => standing);
      expect([code, standings.length]).toEqual([1, 3]);
      expect(standings).toContainEqual({ code: 'verdict-refused', detail: 'other-hypothesis' });
      expect(standings).toContainEqual({ code: 'bad-hypothesis', problems: expect.any(Number) });
      expect((await said(list)).out).toMatch(/broken\.yaml +refused: \d+ problems/);
    } finally {
      for (const name of names) rmSync(name);
    }
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

  describe('renewed', () => {
    const ledger = () => readFileSync(join(folder, 'ideas/trials.jsonl'), 'utf8');
    const file = () => join(folder, 'ideas/claim.verdict.json');
    const signed = () => JSON.parse(readFileSync(file(), 'utf8'));
    /** As other code would have signed it. */
    const resign = (changed: object): string => {
      const { renewed: _, ...document } = signed().document;
      const text = signDocument(
        VERDICT,
        { ...document, judged: { ...document.judged, at: Date.parse(document.judged.at) }, ...changed },
        readFileSync(join(folder, 'home/key.pem'), 'utf8'),
      );
      writeFileSync(file(), text);
      return text;
    };
    const otherCode = { code: { version: '0.0.1', source: '0'.repeat(64) } };

    it('is left as it is while it is of this code', async () => {
      const before = readFileSync(file(), 'utf8');
      const { code, out } = await withKey(renew);
      expect([code, out.includes('is of this code already')]).toEqual([0, true]);
      expect(readFileSync(file(), 'utf8')).toBe(before);
    });

    it('goes on for this code, with the same word and figures, and counts nothing', async () => {
      const before = resign(otherCode);
      const trials = ledger();
      expect((await said(list)).out).toMatch(/rotation +[A-Z]+, of other code/);
      const parameters = Object.entries(signed().document.strategy.parameters);
      writeFileSync(join(folder, 'ideas/chosen.yaml'), IDEA.replace('cumulative-return: 60', `cumulative-return: ${parameters[0]?.[1]}`));
      const shown = await said(validate, '--permutations', '9', '--samples', '99');
      expect([shown.code, shown.err]).toEqual([0, expect.stringContaining('It is of other code, that of evenkeel 0.0.1')]);
      expect(readFileSync(join(folder, 'ideas/validated.html'), 'utf8')).toContain('Not as this report</span> It is of other code');
      const { code, out, err } = await withKey(renew);
      expect([code, err]).toEqual([0, '']);
      expect(out).toContain('it decides as the code did that judged');
      const { code: source, renewed, ...judged } = signed().document;
      const { code: _, ...was } = JSON.parse(before).document;
      expect(judged).toEqual(was);
      expect(source.source).toBe(sourceHash());
      expect(renewed).toMatchObject({ by: 'anna', document: contentHash(before) });
      const kept = join(folder, `ideas/claim.verdict-${contentHash(before).slice(0, 12)}.json`);
      expect(readFileSync(kept, 'utf8')).toBe(before);
      expect(ledger()).toBe(trials);
      expect((await said(list)).out).toMatch(/rotation +[A-Z]+, renewed by anna/);
      expect(JSON.parse((await said(list, '--json')).out).hypotheses[0].verdict).toMatchObject({
        isOfThisCode: true,
        renewed: { by: 'anna' },
      });
    });

    it('is refused where this code decides otherwise, or somebody changed it, and stays as it is', async () => {
      const other = resign({ ...otherCode, decisions: '0'.repeat(64) });
      const asked = renew.replace('claim.yaml', 'claim.verdict.json');
      expect(await withKey(asked)).toMatchObject({ code: 1, err: expect.stringContaining('judged anew, under a new name') });
      expect(readFileSync(file(), 'utf8')).toBe(other);
      const forged = other.replace('"by":"anna"', '"by":"anne"');
      writeFileSync(file(), forged);
      expect(await withKey(asked)).toMatchObject({ code: 2, err: expect.stringContaining('bad-signature') });
      expect(await withKey(renew, 'other.pem')).toMatchObject({ code: 2, err: expect.stringContaining('nobody would take') });
      expect(readFileSync(file(), 'utf8')).toBe(forged);
      rmSync(file());
      expect(await withKey(renew)).toMatchObject({ code: 2, err: expect.stringContaining('claim.verdict.json') });
    });
  });
});

describe('the refusals of a claim', () => {
  /** What a ledger tells a program, and no command of a claim comes to. */
  type Internal = 'registered-before' | 'not-registered' | 'unknown-trial' | 'holdout-sealed' | 'empty-span';
  const refusals: Readonly<Record<Exclude<(NotJudged | RenewalRefused)['code'], Internal>, true>> = {
    ...{ 'other-data': true, 'changed-since-registered': true, 'over-budget': true, 'inside-holdout': true, 'holdout-opened-before': true },
    ...{ 'looks-ahead': true, 'not-run': true, 'variants-missing': true, 'nothing-lived': true, 'no-benchmark': true, 'no-prices': true },
    ...{ 'too-few-bars': true, 'holdout-not-over': true, 'decides-otherwise': true },
    ...{ 'other-claim': true, 'other-strategy': true, 'other-ledger': true },
  };

  it('are those of the table, each once', () => {
    const [, table = ''] = GUIDE.split('| refused | because |\n|---|---|\n');
    const rows = table.split('\n\n')[0]?.split('\n') ?? [];
    const named = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, code]) => code));
    expect(named.sort()).toEqual(Object.keys(refusals).sort());
  });
});

describe('a claim about a policy', () => {
  it('may be judged, and its owner is told what lets a policy trade live', { timeout: 60_000 }, async () => {
    writeFileSync(join(folder, 'ideas/halves.yaml'), 'strategy: Halves\nrebalance: { every: month }\ntree: { equal: [VTI, BND] }\n');
    const fresh = 'hypothesis new halves --strategy ideas/halves.yaml --prices prices --benchmark SPY --out ideas/halves-claim.yaml';
    expect((await said(fresh)).code).toBe(0);
    edit(join(folder, 'ideas/halves-claim.yaml'), /^claim: .*$/m, 'claim: halves of both rise more than SPY');
    expect((await said('hypothesis run ideas/halves-claim.yaml --prices prices')).code).toBe(0);
    const { code, err } = await withKey('hypothesis judge ideas/halves-claim.yaml --prices prices --by anna');
    expect([code, err.includes('its strategy claims no edge')]).toEqual([0, true]);
  });
});

describe('the way of a policy to real money', () => {
  it('is one command that there is, which wants a deployment', async () => {
    const typed = [...GUIDE.matchAll(/^ {4}(npx evenkeel policy .*)$/gm)].map(([, line = '']) => typedOn(line));
    expect(typed).toHaveLength(1);
    for (const each of typed) if (each !== undefined) expectWhole(each, await wholeProgram());
  });

  it('names every threshold as it is', () => {
    expect(GUIDE).toContain(`at most ${(100 * COSTS_A_YEAR_MAX).toFixed(2)} %`);
    expect(GUIDE).toContain(`at most ${TURNOVER_A_YEAR_MAX} times the equity`);
    expect(GUIDE).toContain(`at least ${YEARS_MIN}; at most ${100 * REFUSED_PART_MAX} %`);
    expect(GUIDE).toContain(`at most ${SHORTFALL_BPS_MAX} bp`);
    expect(GUIDE).toContain(`at least ${RUNS_MIN}; at least ${TRADED_RUNS_MIN}`);
    expect(GUIDE).toContain(`since the first of them | at least ${SESSIONS_MIN}`);
    const { day, week, month, quarter, year } = LATEST_AGE_DAYS_MAX;
    expect(GUIDE).toContain(`${day} for a daily schedule, ${week} weekly, ${month} monthly, ${quarter} quarterly, ${year} yearly`);
  });
});
