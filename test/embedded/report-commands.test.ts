// The report and the export over the state that one demo of three sessions leaves: as an owner types them after `npm run demo`.
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CSV_FILES } from '../../cli/report/csv-files.ts';
import type { ReportDocument } from '../../cli/report/report-document.ts';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import { startEmbeddedAws } from '../../shared/adapters/local/embedded-aws.ts';
import { runEvenkeel, stateFolder } from '../cli/child.ts';
import { evenkeel, type Spoken } from '../cli/spoken.ts';

const LAST = 'demo/2004-10-29/monthly';
/** No rule would know it as one: only its value can give it away. */
const CANARY = 'canary-Audit.key_4711-in-place-of-the-real-one';

/** Processes and servers of their own, on a machine that may have other work. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let above = '';
let state = '';
/** Everything that any command said. */
const said: string[] = [];

beforeAll(async () => {
  above = mkdtempSync(join(tmpdir(), 'evenkeel-report-'));
  const folder = mkdtempSync(join(above, 'work-'));
  const { code } = await runEvenkeel(['demo', '--to', '2004-10-29'], folder);
  expect(code).toBe(0);
  state = stateFolder(folder) ?? '';
});
afterAll(() => rmSync(above, { recursive: true, force: true }));

async function type(...args: readonly string[]): Promise<Spoken> {
  const spoken = await evenkeel([...args, ...(args.includes('--verify') ? [] : ['--state', state])]);
  said.push(spoken.out, spoken.err);
  return spoken;
}

async function reportOf(...args: readonly string[]): Promise<ReportDocument> {
  const { code, out, err } = await type('report', 'demo', ...args, '--json');
  expect([code, err]).toEqual([0, '']);
  const [report] = (JSON.parse(out) as { portfolios: ReportDocument[] }).portfolios;
  if (report === undefined) throw new Error('no report');
  return report;
}

function sum(texts: readonly (string | null)[]): number {
  return texts.reduce((all, text) => all + Number(text ?? Number.NaN), 0);
}

describe('evenkeel report', () => {
  it('speaks of the newest session where none is named', async () => {
    const report = await reportOf();
    expect([report.from, report.to, report.runs.map(({ runId }) => runId)]).toEqual(['2004-10-29', '2004-10-29', [LAST]]);
    expect(report.account).toMatchObject({ since: 'demo/2004-09-30/monthly', asOf: LAST, transfers: '0.00' });
  });

  it('adds up over a year: shares, money and gains', async () => {
    const report = await reportOf('--year', '2004');
    expect(report.runs.map(({ ending }) => ending)).toEqual(['completed', 'completed', 'completed']);
    for (const { symbol, quantity } of report.positions.filter(({ symbol: name }) => name !== 'cash')) {
      const traded = report.trades.filter((trade) => trade.symbol === symbol);
      expect(sum(traded.map(({ side, filled }) => (side === 'buy' ? filled : `-${filled}`)))).toBe(Number(quantity));
      expect(sum(report.lots.filter((lot) => lot.symbol === symbol).map((lot) => lot.quantity))).toBe(Number(quantity));
    }
    for (const { proceeds, cost, gain } of report.gains) expect(sum([gain])).toBeCloseTo(sum([proceeds, `-${cost}`]), 6);
    // All cash that was spent stands in a lot or was realised: 100,000 less the cash that is left.
    const invested = sum(report.lots.map(({ amount }) => amount)) - sum(report.gains.map(({ gain }) => gain));
    expect(invested).toBeCloseTo(100_000 - Number(report.account?.cash), 6);
    // What it is worth now is what it cost, what was gained on it so far, and the cash.
    const unrealised = sum(report.positions.filter(({ symbol }) => symbol !== 'cash').map((line) => line.unrealised));
    const worth = sum(report.positions.map(({ value }) => value));
    expect(worth).toBeCloseTo(100_000 + unrealised + sum(report.gains.map(({ gain }) => gain)), 6);
    expect(report.gains.map(({ term }) => term)).toEqual(report.gains.map(() => 'short'));
  });

  it('covers what it is told and nothing else', async () => {
    const september = await reportOf('--month', '2004-09');
    expect([september.from, september.to]).toEqual(['2004-09-01', '2004-09-30']);
    expect(september.positions[0]?.runId).toBe('demo/2004-09-30/monthly');
    expect(september.lots.every(({ acquired }) => acquired <= '2004-09-30')).toBe(true);
    const nothing = await reportOf('--day', '2004-09-15');
    expect([nothing.runs, nothing.trades, nothing.gains, nothing.positions[0]?.runId]).toEqual([[], [], [], 'demo/2004-08-31/monthly']);
  });

  it('tells the risk of what is held', async () => {
    const { risk } = await reportOf();
    expect(risk.breaker?.level).toBe('normal');
    expect(risk.stress?.shock?.loss).toBe('19.8%');
    expect(risk.tail.returns).toBeGreaterThan(30);
    const [tail] = risk.tail.levels;
    expect(tail?.level).toBe('95%');
    expect(Number.parseFloat(tail?.expectedShortfall ?? '')).toBeGreaterThanOrEqual(Number.parseFloat(tail?.valueAtRisk ?? '0'));
  });

  it.each([[[]], [['--month', '2004-10']], [['--year', '2004', '--lots', 'hifo']], [['--day', '2004-09-15']]])(
    'in words fits on eighty columns: %s',
    async (args) => {
      const { code, out, err } = await type('report', ...args);
      expect([code, err]).toEqual([0, '']);
      const lines = out.split('\n').slice(1);
      for (const title of ['Account', 'Trades', 'Realised gains', 'Risk', 'Surveillance']) expect(lines).toContain(title);
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
    },
  );

  it('is plain in a pipe and coloured on a terminal', async () => {
    const [plain, coloured] = [await type('report'), await evenkeel(['report', '--state', state], { color: true })];
    expect(plain.out).not.toContain('\u001b');
    expect(coloured.out).toContain('\u001b');
  });

  it('writes files that a spreadsheet reads back, and writes over none', async () => {
    const folder = join(above, 'csv');
    const { code, out } = await type('report', '--year', '2004', '--csv', folder, '--json');
    expect(code).toBe(0);
    const [report] = (JSON.parse(out) as { portfolios: ReportDocument[] }).portfolios;
    expect(readdirSync(folder).sort()).toEqual(CSV_FILES.map(({ name }) => name).sort());
    for (const { name, columns, rows } of CSV_FILES) {
      const [header, ...read] = parse(readFileSync(join(folder, name))) as string[][];
      expect(header).toEqual(columns.map((column) => column.name));
      expect(read).toEqual(report === undefined ? [] : rows(report).map((row) => row.map((cell) => cell ?? '')));
    }
    expect(await type('report', '--csv', folder)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('it exists') });
  });

  it.each([
    ['two periods', ['--day', '2004-10-29', '--year', '2004'], 'one of --day, --month and --year'],
    ['a day that does not exist', ['--day', '2004-02-30'], '--day "2004-02-30"'],
    ['a month that does not exist', ['--month', '2004-13'], '--month "2004-13"'],
    ['a year that is none', ['--year', '04'], '--year "04"'],
    ['a method that is none', ['--lots', 'lifo'], 'expected fifo or hifo'],
    ['another portfolio', ['dmo'], 'no portfolio "dmo": there are: demo'],
  ])('refuses %s', async (_, args, message) => {
    expect(await type('report', ...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
  });
});

describe('evenkeel export', () => {
  let out = '';
  beforeAll(async () => {
    const copy = join(mkdtempSync(join(above, 'copy-')), 'state');
    cpSync(state, copy, { recursive: true });
    expect((await evenkeel(['halt', 'demo', '--reason', 'a drill', '--state', copy])).code).toBe(0);
    out = join(above, 'export');
    const spoken = await evenkeel(['export', 'demo', '--out', out, '--state', copy, '--json']);
    expect([spoken.code, spoken.err]).toEqual([0, '']);
    expect(JSON.parse(spoken.out)).toMatchObject({
      missing: [],
      portfolios: [{ portfolio: 'demo', runs: 3, artifacts: 15, links: 3, switchTurns: 1 }],
    });
  });

  /** A copy of the export, with which a test may do what it likes. */
  function aCopy(): string {
    const copy = join(mkdtempSync(join(above, 'exported-')), 'export');
    cpSync(out, copy, { recursive: true });
    return copy;
  }

  async function verified(folder: string, ...args: readonly string[]) {
    const spoken = await type('export', 'demo', '--verify', folder, '--json', ...args);
    const document = JSON.parse(spoken.out) as {
      isWhole: boolean;
      isSealChecked: boolean;
      files: { findings: { path: string; kind: string }[] };
      portfolios: { head: string; findings: { kind: string; what: string }[] }[];
    };
    const findings = document.portfolios.flatMap((each) => each.findings.map(({ kind, what }) => `${kind} ${what}`));
    return { code: spoken.code, ...document, files: document.files.findings, findings, head: document.portfolios[0]?.head ?? '' };
  }

  it('is whole, with its seals and with a head that was kept elsewhere', async () => {
    const plain = await verified(out);
    expect(plain).toMatchObject({ code: 0, isWhole: true, isSealChecked: false, files: [], findings: [] });
    const key = join(state, 'audit-key');
    expect(await verified(out, '--audit-key', key, '--anchor', plain.head)).toMatchObject({ code: 0, isWhole: true, isSealChecked: true });
    const spoken = await type('export', '--verify', out);
    expect(spoken.out.split('\n')).toContain('demo  whole');
    expect(
      spoken.out
        .split('\n')
        .slice(1)
        .filter((line) => line.length > 80),
    ).toEqual([]);
  });

  it('has the reason of every switch turn', () => {
    const [turn] = readFileSync(join(out, 'demo/switch-turns.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(turn ?? '')).toMatchObject({ reason: 'a drill' });
  });

  it('finds what was edited, taken away and added', async () => {
    const copy = aCopy();
    const runs = join(copy, 'demo/runs.jsonl');
    const text = readFileSync(runs, 'utf8');
    const edited = text.replace(/"averageFillPrice":"\d+/, '"averageFillPrice":"1');
    expect(edited).not.toBe(text);
    writeFileSync(runs, edited);
    const plan = (JSON.parse(text.split('\n')[1] ?? '') as { artifacts: { plan: string } }).artifacts.plan;
    rmSync(join(copy, `demo/artifacts/${plan}.json`));
    writeFileSync(join(copy, 'demo/more.json'), '{}');
    expect(await verified(copy)).toMatchObject({
      code: 1,
      isWhole: false,
      files: expect.arrayContaining([
        { path: 'demo/runs.jsonl', kind: 'edited' },
        { path: `demo/artifacts/${plan}.json`, kind: 'missing' },
        { path: 'demo/more.json', kind: 'not-listed' },
      ]),
      findings: ['edited run demo/2004-08-31/monthly', 'missing plan of demo/2004-09-30/monthly'],
    });
  });

  it('shows damage that whoever wrote a new manifest could hide from it', async () => {
    const copy = aCopy();
    const chain = join(copy, 'demo/audit-chain.jsonl');
    const { head } = await verified(copy);
    writeFileSync(chain, `${readFileSync(chain, 'utf8').split('\n').slice(0, 2).join('\n')}\n`);
    expect((await verified(copy)).findings).toEqual([`not-sealed run ${LAST}`]);
    expect((await verified(copy, '--anchor', head)).findings).toContain('truncated link 3');
    appendFileSync(chain, 'none\n');
    expect(await type('export', '--verify', copy)).toMatchObject({
      code: 1,
      out: expect.stringContaining('a line of the audit chain is none'),
    });
  });

  it('says that another key proves nothing, and tells no key', async () => {
    const file = join(above, 'key');
    writeFileSync(file, CANARY);
    expect((await verified(out, '--audit-key', file)).findings).toEqual(['rewritten link 1', 'rewritten link 2', 'rewritten link 3']);
    writeFileSync(file, `{"key": "${CANARY}", "retired": "${CANARY}"`);
    expect(await type('export', '--verify', out, '--audit-key', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining('or the key alone'),
    });
    for (const each of said) expect(each).not.toContain(CANARY);
  });

  it('says what the store has not, and exports the rest', async () => {
    const copy = join(mkdtempSync(join(above, 'copy-')), 'state');
    cpSync(state, copy, { recursive: true });
    const [run] = readFileSync(join(out, 'demo/runs.jsonl'), 'utf8').split('\n');
    const { plan } = (JSON.parse(run ?? '') as { artifacts: { plan: string } }).artifacts;
    const aws = await startEmbeddedAws(join(copy, 'aws'));
    const s3 = new S3Client(clientSettings({ endpoint: aws.endpoints.s3 }));
    await s3.send(new DeleteObjectCommand({ Bucket: aws.bucket, Key: `artifacts/${plan}.json` }));
    s3.destroy();
    await aws.close();
    const folder = join(above, 'with-a-gap');
    const { code, err } = await evenkeel(['export', 'demo', '--out', folder, '--state', copy]);
    expect(code).toBe(1);
    expect(err).toContain('plan of demo/2004-08-31/monthly: absent');
    expect(await verified(folder)).toMatchObject({ code: 1, files: [], findings: ['missing plan of demo/2004-08-31/monthly'] });
  });

  it('replaces nothing', async () => {
    expect(await type('export', '--out', out)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('is not empty') });
  });

  it.each([
    ['nowhere to write', ['export'], 'say where to: --out FOLDER'],
    ['a key without a use', ['export', '--out', 'nowhere', '--audit-key', 'key'], 'belong to --verify'],
    ['another portfolio', ['export', 'dmo', '--out', 'nowhere'], 'no portfolio "dmo": there are: demo'],
  ])('refuses %s', async (_, args, message) => {
    expect(await type(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
  });

  it('knows what is no export', async () => {
    const empty = join(above, 'empty');
    mkdirSync(empty);
    expect(await type('export', '--verify', empty)).toMatchObject({ code: 2, err: expect.stringContaining('was not finished') });
    writeFileSync(join(empty, 'manifest.json'), '{}');
    expect(await type('export', '--verify', empty)).toMatchObject({ code: 2, err: expect.stringContaining('that is none') });
    expect(await type('export', 'dmo', '--verify', out)).toMatchObject({ code: 2, err: expect.stringContaining('no portfolio "dmo"') });
  });
});
