import { describe, expect, it } from 'vitest';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import { NAMED_INDICATORS } from '../../shared/contracts/strategy-file/indicator-schema.ts';
import { metricAlone } from '../../shared/contracts/strategy-file/metric-schema.ts';
import { parseStrategyYaml } from '../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { readYaml } from '../../shared/contracts/yaml-text.ts';
import { closesNeeded, evaluate } from '../../shared/core/strategy/evaluate.ts';
import { measure } from '../../shared/core/strategy/evaluator/measure.ts';
import { dailyOf } from '../../shared/core/strategy/evaluator/metric-inputs.ts';
import type { Parameter } from '../../shared/core/strategy/indicators/indicator.ts';
import { DEFAULT_OPTIONS } from '../../shared/core/strategy/options.ts';
import { READY_MADES } from '../../shared/core/strategy/ready-made/ready-mades.ts';
import { type Metric, WINDOWED_METRICS } from '../../shared/core/strategy/tree.ts';
import { OTHER_OPTIONS } from '../arbitraries/strategy-options.ts';
import { asset, dateAt, inverseVolatility } from '../builders/strategy.ts';
import { codeIn, expectSaid, sectionUnder, tableUnder } from './guide.ts';
import { closesOf, endingTogether, wander } from './made-up-closes.ts';

interface MetricRow {
  readonly name: string;
  readonly needed: string;
  readonly metric: Metric;
  readonly value: number;
}

const ROWS: readonly MetricRow[] = tableUnder('Metrics').map((cells) => {
  const [written = ''] = codeIn(cells[5]);
  const reading = readYaml(written);
  if (reading.kind === 'unreadable') throw new Error(`not a metric: ${written}`);
  return {
    name: codeIn(cells[0])[0] ?? '',
    needed: cells[4] ?? '',
    metric: metricAlone.parse(reading.value),
    value: Number(cells[5]?.split(' = ')[1]),
  };
});

/** Closes needed, as the guide words them. */
function neededBy(words: string, metric: Metric): number {
  const window = 'window' in metric ? metric.window : Number.NaN;
  const longer = 'long' in metric ? Math.max(metric.short, metric.long) : Number.NaN;
  switch (words) {
    case '1':
      return 1;
    case 'n':
      return window;
    case 'n + 1':
      return window + 1;
    case 'the longer':
      return longer;
    case 'the longer + smooth − 1':
      return longer + ('smooth' in metric ? metric.smooth : Number.NaN) - 1;
    default:
      throw new Error(`the test does not know these closes needed: ${words}`);
  }
}

describe('the table of metrics', () => {
  it('has every metric of the language once', () => {
    const oscillators = ['percentage-price-oscillator', 'percentage-price-oscillator-signal'];
    const names = ['current-price', ...WINDOWED_METRICS, ...oscillators, 'bollinger-upper', 'bollinger-lower'];
    expect(ROWS.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  it.each(ROWS)('names $name in its own example', ({ name, metric }) => {
    expect(metric.name).toBe(name);
  });

  it.each(ROWS)('gives the value of $name after the closes 100, 110, 99', ({ metric, value }) => {
    expectSaid('The last column is the value after the three closes 100, 110, 99.');
    expect(measure(dailyOf(metric), Float64Array.of(100, 110, 99)).at(-1)).toBeCloseTo(value, 3);
  });

  it.each(ROWS)('says how many closes $name needs', ({ metric, needed }) => {
    const values = measure(dailyOf(metric), Float64Array.from(wander(20, 5)));
    expect(values.findIndex((value) => !Number.isNaN(value)) + 1).toBe(neededBy(needed, metric));
  });
});

describe('the choices of the metrics', () => {
  const rsi = (...closes: number[]) => measure({ name: 'rsi', window: 2 }, Float64Array.from(closes)).at(-1);

  it('are 100, 0 and 50 for an RSI of gains alone, losses alone and no change', () => {
    expectSaid('Gains alone give 100, losses alone 0, no change at all 50.');
    expect([rsi(1, 2, 3), rsi(3, 2, 1), rsi(2, 2, 2)]).toEqual([100, 0, 50]);
  });

  it('smooth the RSI by Wilder: after +10 and -11 over two, +1 makes 3 against 2.75', () => {
    // Gains (5 + 1) / 2 = 3, losses 5.5 / 2 = 2.75.
    expect(rsi(100, 110, 99, 100)).toBeCloseTo((100 * 3) / 5.75, 9);
  });

  it('make a drawdown at a new high exactly 0', () => {
    expectSaid('At a new high it is exactly 0.');
    expect(measure({ name: 'max-drawdown', window: 3 }, Float64Array.of(0.1, 0.2, 0.3)).at(-1)).toBe(0);
  });

  it('start the exponential mean at the first close', () => {
    // 100, then two thirds of the way to 103.
    expect(measure({ name: 'exponential-moving-average-price', window: 2 }, Float64Array.of(100, 103)).at(-1)).toBeCloseTo(102, 9);
  });
});

/** What the grammar says that it knows, from the refusal of a list in its place. */
function known(tree: string): string[] {
  const reading = parseStrategyYaml(`strategy: x\nrebalance: none\ntree: ${tree}\n`, 'x');
  if (reading.kind === 'strategy') throw new Error(`accepted: ${tree}`);
  return (reading.problems[0]?.expected.split('exactly one of ')[1] ?? '').split(', ').sort();
}

describe('the tables of the grammar', () => {
  const keysOf = (heading: string) => [...new Set(tableUnder(heading).flatMap((cells) => codeIn(cells[0])))].sort();

  it('have every kind of strategy', () => {
    expect([...keysOf('All kinds of strategy'), ...READY_MADES.map(({ name }) => name)].sort()).toEqual([...known('[]')].sort());
  });

  it('have every kind of condition', () => {
    expect(keysOf('Conditions')).toEqual(known('{ if: { when: [], then: SPY, else: cash } }'));
  });
});

describe('the table of options', () => {
  const rows = tableUnder('Options').map((cells) => cells.slice(0, 3).map((cell) => codeIn(cell)[0] ?? ''));
  const optionsIn = (written: readonly (readonly [string | undefined, string | undefined])[]) => {
    const text = written.map(([key, value]) => `${key}: ${value}`).join(', ');
    const read = parseStrategyYaml(`strategy: x\nrebalance: none\noptions: { ${text} }\ntree: SPY\n`, 'x');
    if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
    return read.strategy.options;
  };

  it('has every option once, with its usual and its other value', () => {
    expect(optionsIn([])).toEqual(DEFAULT_OPTIONS);
    expect(optionsIn(rows.map(([key, usual]) => [key, usual]))).toEqual(DEFAULT_OPTIONS);
    expect(optionsIn(rows.map(([key, , other]) => [key, other]))).toEqual(OTHER_OPTIONS);
    expect(rows).toHaveLength(Object.keys(DEFAULT_OPTIONS).length);
  });

  it('tells of two kinds of prices in one portfolio: it is refused', () => {
    expectSaid('a run reads one history, and sleeves that name two kinds are refused.');
    const sleeve = (prices: string) => `{ capital: 50%, strategy: SPY, options: { prices: ${prices} } }`;
    const read = (first: string, second: string) =>
      parsePortfolioFile(
        `portfolio: x\nschedules: { m: { at: close-25m, every: month } }\nsleeves: { a: ${sleeve(first)}, b: ${sleeve(second)} }\nlimits: { position: 100% }\n`,
        'x',
      ).kind;
    expect(read('adjusted', 'split-adjusted')).toBe('refused');
    expect(read('split-adjusted', 'split-adjusted')).toBe('portfolio');
  });

  it('tells that the limit check sees nothing inside a block with something spliced', () => {
    expectSaid('sees no weight inside a block into which something is spliced');
    const read = (filter: string) =>
      parsePortfolioFile(
        `portfolio: x\nschedules: { m: { at: close-25m, every: month } }\nsleeves: { a: { capital: 100%, strategy: { equal: [SPY, { filter: { top: 1, by: { rsi: 5 }, of: [TLT, GLD] } }] }, options: { filter: ${filter} } } }\n`,
        'x',
      ).kind;
    expect([read('one-child'), read('spliced')]).toEqual(['refused', 'portfolio']);
  });
});

/** The indented examples of a section, each a condition. */
function examplesUnder(heading: string): string[] {
  return sectionUnder(heading)
    .split('\n')
    .filter((line) => line.startsWith('    '))
    .map((line) => line.trim());
}

describe('the table of indicators', () => {
  const named = [...new Set(NAMED_INDICATORS.map(({ indicator }) => indicator))];
  const words = (parameter: Parameter): string => (parameter.kind === 'choice' ? parameter.choices.join(' or ') : String(parameter.usual));

  it('has every indicator of the registry that is written by name, as the registry has it', () => {
    const rows = tableUnder('Indicators by name').map((cells) => cells.slice(0, 4));
    expect(rows).toEqual(
      named.map(({ name, alsoKnownAs, inputs, parameters, outputs }) => [
        [name, ...alsoKnownAs].map((each) => `\`${each}\``).join(', '),
        inputs.join(', '),
        Object.entries(parameters)
          .map(([parameter, what]) => `\`${parameter}\` ${words(what)}`)
          .join(', '),
        outputs.map((output) => `\`${output.name}\` ${output.unit}`).join(', '),
      ]),
    );
  });

  it.each(['Indicators by name', 'Weeks and months'])('stands beside examples that can be read: %s', (heading) => {
    const examples = examplesUnder(heading);
    expect(examples.length).toBeGreaterThanOrEqual(3);
    for (const example of examples) {
      const text = `strategy: x\nrebalance: none\ntree:\n  if: { when: { ${example} }, then: SPY, else: cash }\n`;
      expect(parseStrategyYaml(text, 'x'), example).toMatchObject({ kind: 'strategy' });
    }
  });

  it.each(['{ atr: { window: 14 } }', '{ beta: { to: SPY } }', '{ drawdown: {} }', '{ monthly: { cumulative-return: 6 } }'])(
    'says that a filter may rank by %s',
    (metric) => {
      expectSaid(`\`${metric}\``);
      const text = `strategy: x\nrebalance: none\ntree: { filter: { top: 1, by: ${metric}, of: [SPY, TLT] } }\n`;
      expect(parseStrategyYaml(text, 'x').kind).toBe('strategy');
    },
  );

  it('says how far back a run looks', () => {
    expectSaid('a monthly return over 6 looks back on 184 closes');
    expectSaid('A first run reads ten years, 2,520 sessions');
    const by = (metric: Metric) =>
      closesNeeded({ kind: 'filter', select: 'top', count: 1, by: metric, children: [asset('SPY')] }, DEFAULT_OPTIONS);
    expect(by({ name: 'monthly', of: { name: 'cumulative-return', window: 6 } })).toBe(184);
    expect(by({ name: 'indicator', indicator: 'drawdown', output: 'drawdown', given: {} })).toBe(2_520);
  });
});

describe('what the guide says of mistakes', () => {
  const portfolio = (strategy: string) =>
    parsePortfolioFile(
      `portfolio: x\nschedules: { m: { at: close-25m, every: month } }\nsleeves: { s: { capital: 100%, strategy: ${strategy} } }\nlimits: { position: 100% }\n`,
      'x',
    );

  it('holds for a level of price over a group: a portfolio is refused', () => {
    expectSaid('`check` refuses a portfolio with a filter by one of them over anything but symbols.');
    const by = (metric: string, of: string) => portfolio(`{ filter: { top: 1, by: ${metric}, of: ${of} } }`).kind;
    const moreThanCloses = ['{ aroon: {} }', '{ correlation: { to: SPY } }', '{ weekly: { atr: {} } }', '{ adv: {} }'];
    for (const metric of ['current-price', '{ moving-average-price: 5 }', '{ stdev-price: 5 }', '{ macd: {} }', ...moreThanCloses]) {
      expect(by(metric, '[SPY, { equal: [TLT, GLD] }]')).toBe('refused');
      expect(by(metric, '[SPY, TLT]')).toBe('portfolio');
    }
    for (const metric of ['{ rsi: 5 }', '{ percentage-price-oscillator: [3, 5] }', '{ z-score: {} }', '{ weekly: { rsi: 5 } }'])
      expect(by(metric, '[SPY, { equal: [TLT, GLD] }]')).toBe('portfolio');
  });

  it('holds for a deviation over one: never defined, and check does not say so', () => {
    expectSaid('and so is an `inverse-volatility` with window 1; `check` does not say so.');
    expect(portfolio('{ inverse-volatility: { window: 1, of: [SPY, TLT] } }').kind).toBe('portfolio');
    const history = endingTogether({ SPY: closesOf(20, 1, -1), TLT: closesOf(20, 2, -1) });
    expect(evaluate(inverseVolatility(1, asset('SPY'), asset('TLT')), history, undefined, dateAt(19), DEFAULT_OPTIONS).kind).toBe(
      'undefined',
    );
  });

  it('holds for parts: they are used, and not by themselves', () => {
    expectSaid('Parts may use parts, but not themselves, and each has to be used.');
    const read = (parts: string, tree: string) =>
      parseStrategyYaml(`strategy: x\nrebalance: none\nparts: ${parts}\ntree: ${tree}\n`, 'x').kind;
    expect(read('{ a: SPY, b: { equal: [{ part: a }, TLT] } }', '{ part: b }')).toBe('strategy');
    expect(read('{ a: SPY, b: TLT }', '{ part: a }')).toBe('refused');
    expect(read('{ a: { part: b }, b: { part: a } }', '{ part: a }')).toBe('refused');
    expect(portfolio('{ part: a }').kind).toBe('refused');
  });
});
