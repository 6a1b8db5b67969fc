// How much symbols move, from the bars that a run reads to the legs of its execution.
import { describe, expect, it } from 'vitest';
import { sessionsBetween } from '../../../shared/core/market/nyse-calendar.ts';
import { readArtifact } from '../../../shared/workflow/read-artifact.ts';
import type { RunPorts } from '../../../shared/workflow/world.ts';
import { DUE_EVENT, WorkflowWorld } from './workflow-world.ts';

/** SPY goes from 100 to 101 and back every other day, TLT has no close on the last but one session. */
function livelyBars(world: WorkflowWorld): RunPorts {
  const { marketData } = world.ports;
  return {
    ...world.ports,
    marketData: {
      ...marketData,
      dailyBars: async (symbols, from, to) =>
        symbols.map((symbol) => ({
          symbol,
          bars: sessionsBetween(from, to)
            .map(({ date }, place) => ({ date, close: place % 2 === 0 ? 100 : 101 }))
            .filter((_, place, all) => symbol === 'SPY' || place !== all.length - 2),
        })),
    },
  };
}

describe('the volatility of a symbol', () => {
  it('is frozen in the snapshot and in the leg, and is none where a close is missing', async () => {
    const world = new WorkflowWorld();
    await world.signal(DUE_EVENT, livelyBars(world));
    const record = await world.record();
    const snapshot = await readArtifact(world.artifacts, record, 'snapshot');
    // Ten returns of +1 % and ten of −1/101: about the mean of 0.005 % they all deviate by 0.995 %; · √(20/19).
    expect(snapshot.volatilities).toEqual({ SPY: 10_209n });
    if (record.phase.kind !== 'executing') throw new Error('not executing');
    expect(record.phase.execution.legs.map(({ symbol, volatility }) => [symbol, volatility])).toEqual([
      ['SPY', 10_209n],
      ['TLT', undefined],
    ]);
    // Five closes are all that the strategies look at.
    expect(snapshot.history.columns[0]?.dates).toHaveLength(5);
  });
});
