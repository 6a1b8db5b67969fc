// A hypothesis file is a hypothesis, or every problem of it at once.
import { describe, expect, it } from 'vitest';
import { parseHypothesisFile } from '../../../../shared/contracts/hypothesis/hypothesis-file.ts';

const FILE = `hypothesis: rotation
claim: last month's winner goes on winning
strategy: rotation.yaml
universe: [SPY, BND]
data: ${'a'.repeat(64)}
benchmark: SPY
metric: sharpe
target-sharpe: 0.5
trials: 20
holdout: { first: 2020-01-01, last: 2021-12-31 }
costs: { half-spread-bps: 2, commission-bps: 0, borrow-bps: 50, impact: 1, fees: dated }
cash-rate: 2%
seed: 1
variants: { tree.filter.top: [1, 2] }
`;
const problemsOf = (text: string): string[] => {
  const read = parseHypothesisFile(text, 'h.yaml');
  return read.kind === 'refused' ? read.problems.map(({ line, path, value, expected }) => `${line} ${path}: ${value} — ${expected}`) : [];
};

describe('a hypothesis file', () => {
  it('is read as it is written', () => {
    const read = parseHypothesisFile(FILE, 'h.yaml');
    expect(read).toMatchObject({
      kind: 'hypothesis',
      hypothesis: { 'target-sharpe': 0.5, trials: 20, 'cash-rate': 20_000n, variants: { 'tree.filter.top': [1, 2] } },
    });
  });

  it('says everything that is wrong with it, and where', () => {
    const text = FILE.replace('rotation\n', 'Rotation\n')
      .replace('trials: 20', 'trials: 0')
      .replace('metric: sharpe', 'metric: profit')
      .replace('seed', 'sed');
    expect(problemsOf(text)).toEqual([
      '1 hypothesis: "Rotation" — a name of up to 32 lower-case letters, digits and hyphens that begins with a letter',
      '7 metric: "profit" — sharpe or sharpe-over-benchmark',
      '9 trials: 0 — a whole number from 1 to 100000',
      expect.stringContaining('seed: missing'),
      expect.stringContaining('sed: unknown key'),
    ]);
  });

  it('asks for a holdout of a year, and for a benchmark that has prices', () => {
    expect(problemsOf(FILE.replace('2021-12-31', '2020-12-30'))).toEqual([expect.stringContaining('a holdout of a year or more')]);
    const holdout = (first: string, last: string) => problemsOf(FILE.replace('2020-01-01', first).replace('2021-12-31', last));
    for (const [first, short, long] of [
      ['2023-01-02', '2024-01-01', '2024-01-02'],
      ['2020-02-29', '2021-02-28', '2021-03-01'],
      ['2019-12-31', '2020-12-30', '2020-12-31'],
    ] as const) {
      expect(holdout(first, short)).toEqual([expect.stringContaining('a holdout of a year or more')]);
      expect(holdout(first, long)).toEqual([]);
    }
    expect(problemsOf(FILE.replace('2020-01-01', '2020-02-31'))).toEqual([expect.stringContaining('a date such as 2024-01-02')]);
    expect(problemsOf(FILE.replace('[SPY, BND]', '[BND]'))).toEqual(['4 universe: a list — SPY, the benchmark, in it']);
  });

  it('asks for a claim that can be read', () => {
    for (const blank of ['\u2800', '\u3164'])
      expect(problemsOf(FILE.replace("last month's winner goes on winning", blank.repeat(12)))).toEqual([
        `2 claim: "${blank.repeat(12)}" — a sentence of your own that can turn out false`,
      ]);
  });

  it('refuses what is no YAML', () => expect(problemsOf('a: [')).not.toEqual([]));
});
