import { describe, expect, it } from 'vitest';
import { parsePortfolioFile } from '../../../shared/contracts/portfolio-file.ts';
import { portfolioJson } from '../../../shared/contracts/portfolio-json.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';

const portfolio = `
portfolio: rotation
schedules: { weekly: { at: close-25m, every: week } }
sleeves:
  all: { capital: 100%, strategy: { file: rotation.edn } }
limits: { position: 100% }
`;

const symphony =
  '(defsymphony "Rotation" {:rebalance-frequency :weekly} (if (> (rsi "SPY" {:window 10}) 70) [(asset "SHY")] [(asset "SPY")]))';

function readFrom(files: Readonly<Record<string, string>>) {
  return (path: string): string => {
    const text = files[path];
    if (text === undefined) throw new Error('no such file');
    return text;
  };
}

describe('a sleeve that names a strategy file', () => {
  it('gets the strategy itself, from a symphony unchanged', () => {
    const file = parsePortfolioFile(portfolio, 'p.yaml', readFrom({ 'rotation.edn': symphony }));
    if (file.kind === 'refused') expect.fail(JSON.stringify(file.problems));
    const then = { kind: 'asset', symbol: 'SHY' };
    expect(file.policy.sleeves[0]?.strategy).toEqual({
      kind: 'if',
      condition: {
        kind: 'compare',
        left: { kind: 'metric', metric: { name: 'rsi', window: 10 }, symbol: 'SPY' },
        comparator: 'gt',
        right: { kind: 'constant', value: 70 },
      },
      then,
      otherwise: { kind: 'asset', symbol: 'SPY' },
    });
  });

  it('is rebalanced and decides as its file says, unless the sleeve says otherwise', () => {
    const rotation = 'strategy: A\nrebalance: { corridor: 5% }\ndecide-on: live-quote\ntree: SPY\n';
    const named = portfolio.replace('rotation.edn', 'a.yaml');
    const read = readFrom({ 'rotation.edn': symphony, 'a.yaml': rotation });
    const sleeveOf = (text: string) => {
      const file = parsePortfolioFile(text, 'p.yaml', read);
      if (file.kind === 'refused') expect.fail(JSON.stringify(file.problems));
      expect(parsePortfolioFile(file.text, 'recorded')).toEqual(file);
      return file.policy.sleeves[0];
    };
    expect(sleeveOf(portfolio)).toMatchObject({ rebalance: { kind: 'every', every: 'week' }, decideOn: 'last-close' });
    expect(sleeveOf(named)).toMatchObject({ rebalance: { kind: 'corridor', width: 50_000n }, decideOn: 'live-quote' });
    const own = named.replace('a.yaml }', 'a.yaml }, rebalance: none, decide-on: last-close');
    expect(sleeveOf(own)).toMatchObject({ rebalance: { kind: 'none' }, decideOn: 'last-close' });
  });

  it('is protected as its file says, unless the sleeve says otherwise', () => {
    const guarded = 'strategy: A\nrebalance: { every: month }\nexits: { stop-loss: 8%, re-enter: next-period }\ntree: SPY\n';
    const named = portfolio.replace('rotation.edn', 'a.yaml');
    const exitsOf = (text: string) => {
      const file = parsePortfolioFile(text, 'p.yaml', readFrom({ 'a.yaml': guarded }));
      if (file.kind === 'refused') expect.fail(JSON.stringify(file.problems));
      expect(parsePortfolioFile(file.text, 'recorded')).toEqual(file);
      return file.policy.sleeves[0]?.exits;
    };
    expect(exitsOf(named)).toEqual({ stopLoss: 80_000n, reEnter: 'next-period' });
    expect(exitsOf(named.replace('a.yaml }', 'a.yaml }, exits: { sessions: 60 }'))).toEqual({
      sessions: 60,
      reEnter: 'when-target-returns',
    });
    expect(exitsOf(named.replace('a.yaml }', 'a.yaml }, exits: none'))).toBeUndefined();
  });

  it('is recorded whole: what a run keeps is a portfolio file that needs no other file', () => {
    const read = readFrom({ 'rotation.edn': symphony });
    const file = parsePortfolioFile(portfolio, 'p.yaml', read);
    if (file.kind === 'refused') expect.fail(JSON.stringify(file.problems));
    expect(parsePortfolioFile(file.text, 'recorded')).toEqual(file);
    expect(parsePortfolioFile(portfolioJson(portfolio, 'p.yaml', read), 'deployed')).toMatchObject({ policy: file.policy });
  });

  it('is recorded to the last digit, and TRUE stays a symbol', () => {
    const rotation =
      'strategy: A\nrebalance: none\ntree: { if: { when: { gt: [{ cumulative-return: [TRUE, 5] }, 0.0000001] }, then: TRUE, else: cash } }\n';
    const file = parsePortfolioFile(portfolio.replace('rotation.edn', 'a.yaml'), 'p.yaml', readFrom({ 'a.yaml': rotation }));
    if (file.kind === 'refused') expect.fail(JSON.stringify(file.problems));
    expect(file.policy.sleeves[0]?.strategy).toMatchObject({ condition: { right: { value: 1e-7 }, left: { symbol: 'TRUE' } } });
    expect(parsePortfolioFile(file.text, 'recorded')).toEqual(file);
  });

  it('keeps its options, and may be given some where its file has none', () => {
    const written = 'strategy: A\nrebalance: none\noptions: { filter: spliced, rank-digits: all }\ntree: SPY\n';
    const own = parsePortfolioFile(portfolio.replace('rotation.edn', 'a.yaml'), 'p.yaml', readFrom({ 'a.yaml': written }));
    if (own.kind === 'refused') expect.fail(JSON.stringify(own.problems));
    expect(own.policy.sleeves[0]?.options).toEqual({ ...DEFAULT_OPTIONS, filter: 'spliced', rankDigits: 'all' });
    expect(parsePortfolioFile(own.text, 'recorded')).toEqual(own);

    const beside = portfolio.replace('{ file: rotation.edn }', '{ file: rotation.edn }, options: { ema-seed: mean }');
    const given = parsePortfolioFile(beside, 'p.yaml', readFrom({ 'rotation.edn': symphony }));
    if (given.kind === 'refused') expect.fail(JSON.stringify(given.problems));
    expect(given.policy.sleeves[0]?.options).toEqual({ ...DEFAULT_OPTIONS, emaSeed: 'mean' });
    expect(parsePortfolioFile(given.text, 'recorded')).toEqual(given);

    const both = parsePortfolioFile(beside.replace('rotation.edn', 'a.yaml'), 'p.yaml', readFrom({ 'a.yaml': written }));
    expect(both).toMatchObject({
      kind: 'refused',
      problems: [
        { path: 'sleeves.all.options', value: 'options beside a file that has its own', expected: 'options here, or in the file' },
      ],
    });
  });

  it('may be longer in the record than anything that is written by hand', () => {
    const assets = Array.from({ length: 60_000 }, (_, index) => `(asset "${index % 2 === 0 ? 'SPY' : 'SHY'}" "${index}")`);
    const large = `(defsymphony "Large" {:rebalance-frequency :weekly} (weight-equal [${assets.join(' ')}]))`;
    const file = parsePortfolioFile(portfolio, 'p.yaml', readFrom({ 'rotation.edn': large }));
    if (file.kind === 'refused') expect.fail(JSON.stringify(file.problems));
    const padded = { ...JSON.parse(file.text), description: 'x'.repeat(500) };
    expect(parsePortfolioFile(`${JSON.stringify(padded)}${' '.repeat(1_048_576)}`, 'recorded')).toMatchObject({ kind: 'portfolio' });
    expect(parsePortfolioFile(`{${' '.repeat(1_048_576)}`, 'recorded')).toMatchObject({ kind: 'refused' });
  });

  it('keeps the parts of a strategy file of ours', () => {
    const rotation = `
strategy: Two halves
rebalance: none
parts: { calm: { equal: [SHY, BIL] } }
tree: { specified: [{ weight: 50%, of: { part: calm } }, { weight: 50%, of: { group: { name: Again, of: { part: calm } } } }] }
`;
    const text = portfolio.replace('rotation.edn', 'two.yaml');
    const file = parsePortfolioFile(text, 'p.yaml', readFrom({ 'two.yaml': rotation }));
    if (file.kind === 'refused') expect.fail(JSON.stringify(file.problems));
    const calm = {
      kind: 'equal',
      children: [
        { kind: 'asset', symbol: 'SHY' },
        { kind: 'asset', symbol: 'BIL' },
      ],
    };
    expect(file.policy.sleeves[0]?.strategy).toMatchObject({
      kind: 'specified',
      children: [{ child: calm }, { child: { kind: 'group', child: calm } }],
    });
  });

  it.each([
    ['a file that is not there', {}, /^rotation\.edn$/],
    [
      'a symphony with a word that we do not know',
      { 'rotation.edn': '(defsymphony "x" {:rebalance-frequency :daily} (asset-of-the-day "SPY"))' },
      /^rotation\.edn:1 .*asset-of-the-day/,
    ],
  ])('refuses %s, at the place that names it', (_, files: Record<string, string>, value: RegExp) => {
    const file = parsePortfolioFile(portfolio, 'p.yaml', readFrom(files));
    expect(file).toMatchObject({
      kind: 'refused',
      problems: [{ path: 'sleeves.all.strategy.file', line: 5, value: expect.stringMatching(value) }],
    });
  });

  it('refuses parts beside a file, which would be used by nothing', () => {
    const text = portfolio.replace('strategy: {', 'parts: { calm: SHY }, strategy: {');
    expect(parsePortfolioFile(text, 'p.yaml', readFrom({ 'rotation.edn': symphony }))).toMatchObject({
      kind: 'refused',
      problems: [{ path: 'sleeves.all.parts', expected: 'parts in the file' }],
    });
  });

  it('is not deployed without its file', () => {
    expect(() => portfolioJson(portfolio, 'p.yaml', readFrom({}))).toThrow(
      'p.yaml: rotation.edn, expected a strategy file that can be read',
    );
  });
});
