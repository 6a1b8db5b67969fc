import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePortfolioFile } from '../../../../shared/contracts/portfolio-file.ts';
import { portfolioJson } from '../../../../shared/contracts/portfolio-json.ts';
import { parseStrategyYaml } from '../../../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { strategyYaml } from '../../../../shared/contracts/strategy-file/strategy-yaml.ts';
import { readValuesFile, VALUES_FILE_CHARACTERS_MAX } from '../../../../shared/contracts/strategy-file/values-file.ts';
import { DEFAULT_OPTIONS } from '../../../../shared/core/strategy/options.ts';
import { factorRank } from '../../../../shared/core/strategy/ready-made/factor-rank.ts';
import { givenOf, readyMadeTree } from '../../../builders/ready-made.ts';
import { dateAt } from '../../../builders/strategy.ts';

const RANKED = (values: string) => `{ factor-rank: { of: [SPY, EFA], top: 1, values-weight: 1, values: ${values} } }`;
const strategy = (values: string) => `strategy: Ranked\nrebalance: none\ntree: ${RANKED(values)}\n`;
const CSV = 'date,symbol,value\n2024-02-29,SPY,1.20\n2024-01-31,SPY,1.3\n2024-01-31,EFA,-0.0000001\n';
const VALUES = { '2024-01-31': { EFA: -1e-7, SPY: 1.3 }, '2024-02-29': { SPY: 1.2 } };

const files =
  (texts: Readonly<Record<string, string>>) =>
  (path: string): string => {
    const text = texts[path];
    if (text === undefined) throw new Error(`nothing at ${path}`);
    return text;
  };
const givenIn = (text: string, read = files({})) => {
  const parsed = parseStrategyYaml(text, 's.yaml', read);
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.problems));
  return parsed.strategy.tree.kind === 'ready-made' ? parsed.strategy.tree.given.values : undefined;
};
const problemsIn = (text: string, read = files({})) => {
  const parsed = parseStrategyYaml(text, 's.yaml', read);
  return parsed.kind === 'refused' ? parsed.problems.map(({ path, line, value, expected }) => ({ path, line, value, expected })) : [];
};

describe('values in a strategy file', () => {
  it('stand there by date and symbol', () => {
    const written = '{ 2024-02-29: { SPY: 1.2 }, 2024-01-31: { SPY: 1.3, EFA: -0.0000001 } }';
    expect(givenIn(strategy(written))).toEqual(VALUES);
    // In order, whichever it was: the same rule has the same key.
    expect(JSON.stringify(givenIn(strategy(written)))).toBe(JSON.stringify(VALUES));
  });

  it('or in a file of their own, which is put in place', () => {
    expect(JSON.stringify(givenIn(strategy('{ file: v.csv }'), files({ 'v.csv': CSV })))).toBe(JSON.stringify(VALUES));
    expect(givenIn(strategy('{ file: v.csv }'), files({ 'v.csv': `\uFEFF${CSV.replaceAll('\n', '\r\n')}\r\n` }))).toEqual(VALUES);
  });

  it('are found wherever the strategy stands', () => {
    const text = `strategy: x\nrebalance: none\nparts: { a: ${RANKED('{ file: v.csv }')} }\ntree: { equal: [cash, { part: a }] }\n`;
    expect(parseStrategyYaml(text, 's.yaml', files({ 'v.csv': CSV }))).toMatchObject({
      strategy: { tree: { children: [{ kind: 'cash' }, { given: { values: VALUES } }] } },
    });
  });

  it.each([
    ['{ 2024-02-30: { SPY: 1 } }', 'a date such as 2024-01-31'],
    ['{ spring: { SPY: 1 } }', 'a date such as 2024-01-31'],
    ['{ 2024-01-31: { spy: 1 } }', 'a symbol such as SPY'],
    ['{ 2024-01-31: { SPY: 1e5 } }', 'a plain number, such as 70 or 5.25'],
    ['{ 2024-01-31: 5 }', 'values by symbol, such as { SPY: 1.3 }'],
    ['v.csv', 'values by date, such as { 2024-01-31: { SPY: 1.3 } }, or { file: values.csv }'],
  ])('%s is refused', (values, expected) => {
    expect(problemsIn(strategy(values))).toMatchObject([{ line: 3, expected }]);
  });

  it('read back as the same from the file that is written of them', () => {
    const date = fc.integer({ min: 0, max: 9_999 }).map(dateAt);
    const bySymbol = fc.dictionary(
      fc.constantFrom('SPY', 'ON', 'NO', 'TRUE', 'BRK.B'),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    fc.assert(
      fc.property(fc.dictionary(date, bySymbol, { minKeys: 1, maxKeys: 30 }), (values) => {
        const tree = readyMadeTree('factor-rank', givenOf(factorRank, { values, 'values-weight': 1 }));
        const text = strategyYaml({ name: 'x', rebalance: { kind: 'none' }, options: DEFAULT_OPTIONS, tree });
        const read = parseStrategyYaml(text, 'x');
        if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
        const plain = (of: unknown) => JSON.parse(JSON.stringify(of, (_, each: unknown) => (each === 0 ? 0 : each)));
        expect(plain(read.strategy.tree)).toEqual(plain(tree));
      }),
      { numRuns: 100 },
    );
  });
});

describe('a file of values', () => {
  it.each([
    ['a header of its own', 'date,ticker,value\n2024-01-31,SPY,1\n', 1, '"date,ticker,value"', 'the header date,symbol,value'],
    ['nothing', '', 1, 'nothing', 'the header date,symbol,value'],
    ['no rows', 'date,symbol,value\n\n', 1, 'no rows', 'at least one row such as 2024-01-31,SPY,1.3'],
    ['two cells', 'date,symbol,value\n2024-01-31,SPY\n', 2, '"2024-01-31,SPY"', 'three cells, as in 2024-01-31,SPY,1.3'],
    ['no date', 'date,symbol,value\n\n31.1.2024,SPY,1\n', 3, '"31.1.2024,SPY,1"', 'a date such as 2024-01-31'],
    ['a day that is none', 'date,symbol,value\n2023-02-29,SPY,1\n', 2, '"2023-02-29,SPY,1"', 'a date such as 2024-01-31'],
    ['no symbol', 'date,symbol,value\n2024-01-31,__proto__,1\n', 2, '"2024-01-31,__proto__,1"', 'a symbol such as SPY'],
    ['no number', 'date,symbol,value\n2024-01-31,SPY,\n', 2, '"2024-01-31,SPY,"', 'a plain number such as 1.3'],
    ['an infinite number', `date,symbol,value\n2024-01-31,SPY,${'9'.repeat(320)}\n`, 2, expect.anything(), 'a plain number such as 1.3'],
    [
      'a value twice',
      'date,symbol,value\n2024-01-31,SPY,1\n2024-01-31,EFA,1\n2024-01-31,SPY,2\n',
      4,
      '"2024-01-31,SPY,2"',
      'one value of SPY on 2024-01-31, which has 1 already',
    ],
  ])('with %s is refused by its line', (_, text, line, value, expected) => {
    expect(readValuesFile(text)).toEqual({ kind: 'refused', flaws: [{ line, value, expected }] });
  });

  it('that is longer than anyone writes is not looked at', () => {
    const row = '2024-01-31,SPY,1\n';
    expect(readValuesFile(`date,symbol,value\n${row.repeat(VALUES_FILE_CHARACTERS_MAX / row.length)}`)).toMatchObject({
      flaws: [{ expected: 'at most 1048576' }],
    });
  });

  it('is refused with file, line and the place that names it', () => {
    const bad = 'date,symbol,value\n2024-01-31,SPY,x\n2024-01-32,SPY,1\n';
    const path = 'tree.factor-rank.values.file';
    expect(problemsIn(strategy('{ file: v.csv }'), files({ 'v.csv': bad }))).toEqual([
      { path, line: 3, value: 'v.csv:2 "2024-01-31,SPY,x"', expected: 'a plain number such as 1.3' },
      { path, line: 3, value: 'v.csv:3 "2024-01-32,SPY,1"', expected: 'a date such as 2024-01-31' },
    ]);
    expect(problemsIn(strategy('{ file: v.csv }'))).toMatchObject([
      { path, value: 'v.csv', expected: 'a file of values that can be read (nothing at v.csv)' },
    ]);
  });
});

describe('a portfolio whose strategy names a file of values', () => {
  const portfolio = (of: string) => `portfolio: ranked
schedules: { monthly: { at: close-25m, every: month } }
sleeves: { all: { capital: 100%, strategy: ${of} } }
limits: { position: 100% }
`;

  it.each([
    ['in place', portfolio(RANKED('{ file: v.csv }')), { 'v.csv': CSV }],
    // Named by the strategy file, so relative to it.
    [
      'in a strategy file',
      portfolio('{ file: strategies/s.yaml }'),
      { 'strategies/s.yaml': strategy('{ file: v.csv }'), 'strategies/v.csv': CSV },
    ],
  ])('has them %s, and is recorded and deployed whole', (_, text, texts) => {
    const file = parsePortfolioFile(text, 'p.yaml', files(texts));
    if (file.kind === 'refused') throw new Error(JSON.stringify(file.problems));
    expect(file.policy.sleeves[0]?.strategy).toMatchObject({ kind: 'ready-made', given: { values: VALUES } });
    expect(parsePortfolioFile(file.text, 'recorded')).toEqual(file);
    expect(parsePortfolioFile(portfolioJson(text, 'p.yaml', files(texts)), 'deployed')).toMatchObject({ policy: file.policy });
  });

  it('is refused for a bad row, wherever the file is named', () => {
    const bad = 'date,symbol,value\n2024-01-31,SPY,x\n';
    const inPlace = parsePortfolioFile(portfolio(RANKED('{ file: v.csv }')), 'p.yaml', files({ 'v.csv': bad }));
    expect(inPlace).toMatchObject({
      problems: [{ path: 'sleeves.all.strategy.factor-rank.values.file', line: 3, value: 'v.csv:2 "2024-01-31,SPY,x"' }],
    });
    const texts = { 's.yaml': strategy('{ file: v.csv }'), 'v.csv': bad };
    const within = parsePortfolioFile(portfolio('{ file: s.yaml }'), 'p.yaml', files(texts));
    expect(within).toMatchObject({
      problems: [{ path: 'sleeves.all.strategy.file', value: expect.stringContaining('v.csv:2 "2024-01-31,SPY,x"') }],
    });
  });
});
