// evenkeel sweep --cloud as it is typed, against a state machine in this process that calls the product's own function.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Output } from '../../cli/output.ts';
import { failed } from '../../cli/run.ts';
import { type AskedSweep, sweep } from '../../cli/sweep/sweep.ts';
import { countOfTrials } from '../../research/validation/trials/trial-count.ts';
import { FileTrialLedger } from '../../shared/adapters/local/file-trial-ledger.ts';
import { sourceHash } from '../../shared/adapters/local/source-hash.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { aRegistration } from '../builders/trials.ts';
import { type MachineFaults, MachineInProcess } from '../research/sweep/cloud/machine-in-process.ts';
import { startScriptedAws } from '../shared/adapters/aws/scripted-aws.ts';
import { evenkeel } from './spoken.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-sweep-cloud-'));
  mkdirSync(join(folder, 'prices'));
  for (const [place, symbol] of ['SPY', 'TLT', 'GLD'].entries()) {
    const rows = sessionsBetween('2022-01-03', '2023-12-29').map(
      ({ date }, day) => `${date},${(100 + 10 * Math.sin(day / (20 + 7 * place)) + day / 30).toFixed(4)}`,
    );
    writeFileSync(join(folder, 'prices', `${symbol}.csv`), ['date,close', ...rows, ''].join('\n'));
  }
  writeFileSync(
    join(folder, 'rotation.yaml'),
    'strategy: Rotation\nrebalance: { every: month }\ntree: { filter: { top: 1, by: { cumulative-return: 20 }, of: [SPY, TLT, GLD] } }\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const VARY = ['tree.filter.top=1,2', 'tree.filter.by.cumulative-return=10,20,40'];
const fileOf = (out: string, name: string) => readFileSync(join(folder, out, name), 'utf8');

/** Its functions are of this code. */
const aMachine = (faults: MachineFaults = {}) => new MachineInProcess({ source: sourceHash(), ...faults });

/** What was said, and the exit code. */
async function swept(out: string, machine: MachineInProcess, asked: Partial<AskedSweep> = {}) {
  const said = { out: '', err: '' };
  const terminal = {
    isTty: false,
    hasColor: false,
    writeOut(text: string) {
      said.out += text;
    },
    writeErr(text: string) {
      said.err += text;
    },
  };
  const output = new Output(terminal, { json: false, verbose: false });
  const usual = { vary: VARY, prices: [join(folder, 'prices')], out: join(folder, out), cloud: true, trials: join(folder, 'trials.jsonl') };
  const rest = { cash: '100000', costBps: '2', slippage: '1x' as const };
  const desk = { store: machine.store, engine: machine, source: machine.source, wait: async () => undefined };
  const code = await sweep(join(folder, 'rotation.yaml'), { ...usual, ...rest, ...asked }, output, async () => desk).then(
    () => 0,
    (error: unknown) => failed(error, output),
  );
  return { code, ...said };
}

describe('evenkeel sweep --cloud', () => {
  it('writes the same files and says the same as on this machine', { timeout: 60_000 }, async () => {
    const here = await evenkeel([
      ...['sweep', join(folder, 'rotation.yaml'), '--prices', join(folder, 'prices'), '--out', join(folder, 'here'), '--workers', '2'],
      ...VARY.flatMap((vary) => ['--vary', vary]),
    ]);
    const machine = aMachine();
    const { code, out, err } = await swept('cloud', machine);
    expect(code).toBe(0);
    for (const name of ['sweep.json', 'sweep.csv']) expect(fileOf('cloud', name)).toBe(fileOf('here', name));
    const sorted = (name: string) => fileOf(name, 'variants.jsonl').split('\n').sort();
    expect(sorted('cloud')).toEqual(sorted('here'));
    expect(out).toBe(here.out.replaceAll(join(folder, 'here'), join(folder, 'cloud')));
    expect(err).toMatch(/^6 variants, 1 in a call, 5 calls at a time, for about \$0\.01; Ctrl-C leaves it running$/m);
  });

  it('goes on with a sweep that was begun on this machine, and runs nothing that is finished', async () => {
    const machine = aMachine();
    const lines = fileOf('here', 'variants.jsonl').split('\n');
    mkdirSync(join(folder, 'half'));
    writeFileSync(join(folder, 'half', 'variants.jsonl'), `${lines.slice(0, 4).join('\n')}\n`);
    expect((await swept('half', machine, { resume: true })).code).toBe(0);
    expect(machine.starts[0]?.places).toHaveLength(3);
    expect(fileOf('half', 'sweep.json')).toBe(fileOf('here', 'sweep.json'));
    expect((await swept('half', machine, { resume: true })).code).toBe(0);
    expect(machine.starts).toHaveLength(1);
  });

  it('goes on without us after Ctrl-C, and is fetched by the same command with --resume', async () => {
    const machine = aMachine({ looks: 3 });
    const looked = vi.spyOn(machine, 'latest');
    looked.mockImplementationOnce(async () => ({ kind: 'never-started' }));
    looked.mockImplementationOnce(async () => {
      process.emit('SIGINT');
      return { kind: 'running', take: 1, finished: 2, all: 6 };
    });
    const left = await swept('left', machine);
    expect(left.code).toBe(1);
    expect(left.err).toMatch(/the sweep [0-9a-f]{12} goes on in the cloud; the same command with --resume follows it and fetches its rows/);
    expect((await swept('left', machine)).err).toContain('--resume goes on with it');
    expect((await swept('left', machine, { resume: true })).code).toBe(0);
    expect(machine.starts).toHaveLength(1);
    expect(fileOf('left', 'sweep.json')).toBe(fileOf('here', 'sweep.json'));
  });

  it('says why it failed, keeps what was finished, and goes on', async () => {
    const machine = aMachine({ failsAfter: { 1: 4 } });
    const { code, err } = await swept('failed', machine);
    expect([code, err.includes('2 rows are missing: Error: out of memory; what was finished is here')]).toEqual([1, true]);
    expect(fileOf('failed', 'variants.jsonl').trimEnd().split('\n')).toHaveLength(5);
    expect((await swept('failed', machine, { resume: true })).code).toBe(0);
    expect(fileOf('failed', 'sweep.json')).toBe(fileOf('here', 'sweep.json'));
  });

  it.each([
    ['beside another sweep', aMachine({ others: ['e'.repeat(64)] }), {}, 'one at a time'],
    ['where the functions are of other code', aMachine({ source: '5'.repeat(64) }), {}, 'the functions are of the code 555555555555'],
    ['with more functions than half of the account', aMachine({ functionsMax: 20 }), { workers: '11' }, '10 is half of the 20'],
  ])('is refused %s, in words', async (_, machine, asked, words) => {
    const { code, err } = await swept(`refused-${machine.starts.length}-${words.length}`, machine, asked);
    expect([code, err.includes(words), err.includes('unexpected')]).toEqual([1, true, false]);
    expect(machine.starts).toEqual([]);
  });

  it('counts every variant as a trial, before anything is started', async () => {
    const ledger = new FileTrialLedger(join(folder, 'trials.jsonl'));
    const holdout = { first: '2024-01-02', last: '2024-12-31' } as const;
    await ledger.append([aRegistration({ hypothesis: 'rotation', holdout, trialsMax: 6 })], 0);
    const other = await swept('other', aMachine({ source: '5'.repeat(64) }), { hypothesis: 'rotation' });
    expect([other.code, countOfTrials(await ledger.entries('rotation')).evaluations]).toEqual([1, 0]);
    expect((await swept('counted', aMachine(), { hypothesis: 'rotation' })).code).toBe(0);
    expect(countOfTrials(await ledger.entries('rotation'))).toMatchObject({ variants: 6, evaluations: 6, withoutEnd: 0 });
    const machine = aMachine();
    const more = await swept('more', machine, { hypothesis: 'rotation', vary: ['tree.filter.by.cumulative-return=11'] });
    expect([more.code, more.err.includes('over-budget')]).toEqual([2, true]);
    expect(machine.starts).toEqual([]);
  });
});

describe('evenkeel sweep --cloud without its stack', () => {
  beforeEach(() => {
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  });

  it('says how to make it', async () => {
    const stacks = await startScriptedAws(({ body }) => {
      expect(decodeURIComponent(body)).toContain('StackName=EvenkeelSweep-paper');
      const message = 'Stack with id EvenkeelSweep-paper does not exist';
      return {
        status: 400,
        body: `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>${message}</Message></Error></ErrorResponse>`,
      };
    });
    vi.stubEnv('AWS_ENDPOINT_URL', stacks.endpoint);
    const { code, err } = await evenkeel([
      ...['sweep', join(folder, 'rotation.yaml'), '--prices', join(folder, 'prices'), '--out', join(folder, 'nowhere')],
      ...['--vary', 'tree.filter.top=1,2', '--cloud'],
    ]);
    await stacks.close();
    expect(code).toBe(2);
    expect(err).toContain('npx cdk deploy EvenkeelSweep-paper -c stage=paper -c sweep=on');
  });
});
