// What a snapshot records of prices: what the strategies look at, and nothing beside.
import { describe, expect, it } from 'vitest';
import { openArtifact, type Snapshot, sealArtifact } from '../../../shared/contracts/artifacts.ts';
import { sessionOn } from '../../../shared/core/market/nyse-calendar.ts';
import type { ClosesColumn } from '../../../shared/core/strategy/history.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';
import type { Condition, Metric, Tree } from '../../../shared/core/strategy/tree.ts';
import { WHOLE } from '../../../shared/core/values/weight.ts';
import { takeSnapshot } from '../../../shared/workflow/take-snapshot.ts';
import { asset, CASH, EVERY_RUN } from '../../builders/strategy.ts';
import { aPolicy, RUN_ID, WorkflowWorld } from './workflow-world.ts';

const RANGE: Metric = { name: 'indicator', indicator: 'average-true-range', output: 'range', given: { window: 2 } };
const BETA: Metric = { name: 'indicator', indicator: 'beta', output: 'beta', given: { window: 2 }, benchmark: 'TLT' };

function whileAbove(metric: Metric): Tree {
  const condition: Condition = {
    kind: 'compare',
    left: { kind: 'metric', metric, symbol: 'SPY' },
    comparator: 'gt',
    right: { kind: 'constant', value: 1 },
  };
  // biome-ignore lint/suspicious/noThenProperty: a word of the language; nothing ever awaits a node
  return { kind: 'if', condition, then: asset('SPY'), otherwise: CASH };
}

async function snapshotOf(strategy: Tree): Promise<Snapshot> {
  const world = new WorkflowWorld(
    aPolicy({
      sleeves: [{ name: 'core', capital: WHOLE, strategy, rebalance: EVERY_RUN, decideOn: 'last-close', options: DEFAULT_OPTIONS }],
    }),
  );
  const session = sessionOn('2026-11-20');
  if (session === undefined) throw new Error('a Friday without a session');
  const taken = await takeSnapshot(RUN_ID, world.source, session, world.ports);
  if (taken.kind === 'refused') throw new Error(taken.detail);
  return taken;
}

const fieldsOf = ({ symbol, dates: _, ...columns }: ClosesColumn) => [symbol, ...Object.keys(columns)];

describe('the history of a snapshot', () => {
  it('has closes alone where nothing else is looked at, of the benchmark too', async () => {
    const { history } = await snapshotOf(whileAbove(BETA));
    expect(history.columns.map(fieldsOf)).toEqual([
      ['SPY', 'closes'],
      ['TLT', 'closes'],
    ]);
  });

  it('has the highs and lows of whom an indicator looks at', async () => {
    const { history } = await snapshotOf(whileAbove({ name: 'weekly', of: RANGE }));
    expect(history.columns.map(fieldsOf)).toEqual([['SPY', 'closes', 'highs', 'lows']]);
    expect(history.columns[0]).toMatchObject({ highs: expect.arrayContaining([102]), lows: expect.arrayContaining([99]) });
  });

  it('is read back as it was recorded', async () => {
    const snapshot = await snapshotOf(whileAbove(RANGE));
    expect(openArtifact('snapshot', sealArtifact(snapshot).text)).toEqual(snapshot);
  });

  it('begins with the calendar where a strategy looks further back than that', async () => {
    const { history } = await snapshotOf(whileAbove({ name: 'monthly', of: { name: 'rsi', window: 200 } }));
    expect(history.anchor).toBe('1990-01-02');
  });

  it('begins so many sessions back as the strategy needs', async () => {
    // Ten weeks and one more of five sessions are 55. Fifty weekdays before the 19th is 10 September, then the 9th, 8th, 4th and 3rd:
    // the 7th is Labor Day.
    const { history } = await snapshotOf(whileAbove({ name: 'weekly', of: { name: 'cumulative-return', window: 9 } }));
    expect(history.columns[0]?.dates).toHaveLength(55);
    expect([history.anchor, history.columns[0]?.dates.at(-1)]).toEqual(['2026-09-03', '2026-11-19']);
  });
});
