import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseStrategyYaml } from '../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { importSymphony } from '../../shared/contracts/symphony/import-symphony.ts';
import { evenkeel } from './spoken.ts';

const data = fileURLToPath(new URL('../../../shared/data/symphonies', import.meta.url));

const ROTATION = `(defsymphony "Rotation" {:rebalance-threshold 0.05}
  (weight-specified 0.4 (asset "SPY" "") 0.28
    (if (> (rsi "QQQ" {:window 10}) 70) [(asset "BRK/B" "")] [])))`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-import-'));
});
const made = (): string => join(folder, 'made');
beforeEach(() => {
  rmSync(made(), { recursive: true, force: true });
  mkdirSync(made());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('evenkeel import', () => {
  it('reports nodes, depth, tickers, metrics, the rebalance rule and what was taken in a way of its own', async () => {
    const file = fileOf('rotation.clj', ROTATION);
    const { code, out, err } = await evenkeel(['import', file]);
    expect([code, err]).toEqual([0, '']);
    const [title, ...lines] = out.trimEnd().split('\n');
    expect(title).toBe(`Rotation  ${file}`);
    expect(lines.slice(0, 4)).toEqual([
      expect.stringMatching(/^ {2}nodes {6}\d+, \d deep$/),
      '  tickers    BRK.B QQQ SPY (3)',
      '  metrics    rsi',
      '  rebalance  when a weight leaves its corridor of 5%',
    ]);
    expect(lines.slice(4).every((line) => line.startsWith(`  note       ${file}:`))).toBe(true);
    // 40 % and 28 % sum to 68 %, and the if has no else.
    expect(out).toContain('the weights sum to 0.68');
    expect(lines).toHaveLength(6);
  });

  it('reports the same as one JSON document', async () => {
    const file = fileOf('rotation.clj', ROTATION);
    const { code, out } = await evenkeel(['import', '--json', file]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      file,
      name: 'Rotation',
      nodes: expect.any(Number),
      depth: expect.any(Number),
      tickers: ['BRK.B', 'QQQ', 'SPY'],
      metrics: ['rsi'],
      rebalance: { kind: 'corridor', width: '5%' },
      notes: [{ line: 2 }, { line: 3 }],
      out: null,
    });
  });

  it('says the other rebalance rules', async () => {
    const ruleOf = async (rule: string): Promise<string | undefined> => {
      const text = `{"step":"root","name":"S","rebalance":"${rule}","children":[{"step":"asset","ticker":"SPY"}]}`;
      return (await evenkeel(['import', fileOf('rule.json', text)])).out.split('\n').find((line) => line.includes('rebalance'));
    };
    expect(await ruleOf('monthly')).toBe('  rebalance  every month');
    expect(await ruleOf('none')).toBe('  rebalance  none');
  });

  it('writes a strategy file that says the same', async () => {
    const [file, out] = [fileOf('rotation.clj', ROTATION), join(made(), 'rotation.yaml')];
    const { code, out: said } = await evenkeel(['import', file, '--out', out]);
    expect(code).toBe(0);
    expect(said).toContain(`  written    ${out}\n`);
    const [imported, written] = [importSymphony(ROTATION, file), parseStrategyYaml(readFileSync(out, 'utf8'), out)];
    if (imported.kind === 'refused' || written.kind === 'refused') throw new Error('one of the two is refused');
    expect(written.strategy).toEqual(imported.strategy);
    expect(readdirSync(made())).toEqual(['rotation.yaml']);
  });

  it('replaces no file unless told to', async () => {
    const [file, out] = [fileOf('rotation.clj', ROTATION), join(made(), 'kept.yaml')];
    writeFileSync(out, 'mine');
    const refused = await evenkeel(['import', file, '--out', out]);
    expect([refused.code, refused.out]).toEqual([2, '']);
    expect(refused.err).toContain(`--out ${out}: it exists (--force replaces it)`);
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect((await evenkeel(['import', file, '--out', out, '--force'])).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toMatch(/^strategy: /);
    expect(readdirSync(made())).toEqual(['kept.yaml']);
  });

  it('leaves a folder as it was where it cannot write', async () => {
    const file = fileOf('rotation.clj', ROTATION);
    symlinkSync('/dev/null', join(made(), 'link'));
    for (const [out, force, reason] of [
      [join(folder, 'nowhere', 'x.yaml'), false, 'no such folder'],
      [join(made(), 'link'), true, 'it is not a regular file'],
      [made(), true, 'it is not a regular file'],
      [made(), false, 'it exists'],
      [file, true, 'it is the symphony itself'],
    ] as const) {
      const { code, err } = await evenkeel(['import', file, '--out', out, ...(force ? ['--force'] : [])]);
      expect([code, err]).toEqual([2, expect.stringContaining(`--out ${out}: ${reason}`)]);
    }
    expect(readdirSync(made())).toEqual(['link']);
  });

  it.skipIf(process.getuid?.() === 0)('says so where it may not write (skipped for root, who may)', async () => {
    chmodSync(made(), 0o500);
    const { code, err } = await evenkeel(['import', fileOf('rotation.clj', ROTATION), '--out', join(made(), 'x.yaml')]);
    chmodSync(made(), 0o700);
    expect([code, err]).toEqual([2, expect.stringContaining('no permission to write there')]);
  });

  it('needs a file to replace', async () => {
    const { code, err } = await evenkeel(['import', fileOf('rotation.clj', ROTATION), '--force']);
    expect([code, err]).toEqual([2, expect.stringContaining('--force needs --out')]);
  });
});

describe('what cannot be imported', () => {
  it('is said construct by construct, with its place and its path, and nothing is written', async () => {
    const text = `(defsymphony "S" {:rebalance-frequency :daily}
  (weight-equal [(asset "SPY" "")
    (weight-marketcap 3 [(asset "QQQ" "")])
    (if (> (moon-phase "SPY") 3) [(asset "TLT" "")] [])]))`;
    const [file, out] = [fileOf('bad.clj', text), join(made(), 'bad.yaml')];
    const { code, out: said, err } = await evenkeel(['import', file, '--out', out]);
    expect([code, said]).toEqual([2, '']);
    expect(err).toMatch(/bad\.clj:3:\d+ \S+: .*weight-marketcap.* — expected /);
    expect(err).toMatch(/bad\.clj:4:\d+ \S+: .*moon-phase.* — expected /);
    expect(err).toContain('is refused: 2 problems');
    expect(existsSync(out)).toBe(false);
  });

  it('is said in the one JSON document', async () => {
    const file = fileOf('bad.json', '{"step":"root","name":"S","rebalance":"hourly","children":[{"step":"asset","ticker":"SPY"}]}');
    const { code, out, err } = await evenkeel(['import', '--json', file]);
    expect([code, err]).toEqual([2, '']);
    expect(JSON.parse(out)).toMatchObject({
      error: {
        code: 'bad-strategy',
        problems: [{ file, path: 'rebalance', line: 1, value: '"hourly"', expected: expect.stringContaining('daily') }],
      },
    });
  });

  it.each([
    ['a file that is not there', () => join(folder, 'nowhere.clj'), 'no such file'],
    ['a folder', () => folder, 'a directory'],
    ['a NUL byte', () => fileOf('nul.edn', '(defsymphony "S\0" {})'), 'binary content'],
    ['nothing', () => fileOf('empty.edn', ''), 'nothing — expected a symphony'],
    ['a hundred megabytes', () => hugeFile(), '104857600 bytes'],
    ['a YAML file', () => fileOf('ours.yaml', 'strategy: S\n'), 'expected a symphony as .json, .edn or .clj'],
    ['a hundred thousand brackets', () => fileOf('deep.json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`), 'nested deeper than'],
    ['brackets that do not match', () => fileOf('unbalanced.edn', '{:step :root, :children [}'), 'expected ]'],
  ])('is %s', async (_, make, message) => {
    const { code, out, err } = await evenkeel(['import', make()]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err).not.toContain('unexpected');
  });
});

/** Sparse: it takes no room. */
function hugeFile(): string {
  const path = fileOf('huge.json', '');
  truncateSync(path, 104_857_600);
  return path;
}

const samples = existsSync(data) ? readdirSync(data) : [];

describe.skipIf(samples.length === 0)(`every sample symphony (skipped where ${data} is absent)`, () => {
  it.each(samples)('imports %s, and writes it as a file that says the same', async (name) => {
    const [file, out] = [join(data, name), join(made(), 'sample.yaml')];
    const { code, err } = await evenkeel(['import', file, '--out', out]);
    expect([code, err]).toEqual([0, '']);
    const [imported, written] = [importSymphony(readFileSync(file, 'utf8'), file), parseStrategyYaml(readFileSync(out, 'utf8'), out)];
    if (imported.kind === 'refused' || written.kind === 'refused') throw new Error('one of the two is refused');
    expect(written.strategy).toEqual(imported.strategy);
  });
});
