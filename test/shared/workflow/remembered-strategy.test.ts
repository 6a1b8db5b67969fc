import { describe, expect, it } from 'vitest';
import { openArtifact, sealArtifact } from '../../../shared/contracts/artifacts.ts';
import type { RunRecord } from '../../../shared/contracts/run-record.ts';
import type { DailySeries } from '../../../shared/core/market/bar.ts';
import { sessionsBetween } from '../../../shared/core/market/nyse-calendar.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';
import type { Given } from '../../../shared/core/strategy/ready-made/given.ts';
import { meanReversion } from '../../../shared/core/strategy/ready-made/mean-reversion.ts';
import { DAY_MS, type NewYorkDate } from '../../../shared/core/values/time.ts';
import { WHOLE } from '../../../shared/core/values/weight.ts';
import { decideTargets } from '../../../shared/workflow/decide-run.ts';
import { readArtifact } from '../../../shared/workflow/read-artifact.ts';
import { sleevePrices } from '../../../shared/workflow/sleeve-prices.ts';
import { aHalt, aResume } from '../../builders/halt.ts';
import { givenOf, readyMadeTree } from '../../builders/ready-made.ts';
import { EVERY_RUN } from '../../builders/strategy.ts';
import { aPolicy, CLOSE, DUE, WorkflowWorld } from './workflow-world.ts';

// Closes swing between 100 and 101. SPY falls to 90 on Tuesday the 17th and creeps up from there, far below its mean: bought
// by the run of Wednesday, held on Thursday, Friday and Monday. TLT never leaves its swing.
const FALL: NewYorkDate = '2026-11-17';
const [WEDNESDAY, THURSDAY, FRIDAY, MONDAY] = [-2, -1, 0, 3].map((days) => DUE + days * DAY_MS) as [number, number, number, number];

function barsOf(symbol: string, from: NewYorkDate, to: NewYorkDate, factor: number): DailySeries {
  const swing = (date: NewYorkDate) => 100 + (Number(date.slice(-2)) % 2);
  const creep = (date: NewYorkDate) => 90 + (Number(date.slice(-2)) - 17) / 10;
  const bars = sessionsBetween(from, to).map(({ date }) => {
    const close = factor * (symbol === 'SPY' && date >= FALL ? creep(date) : swing(date));
    return { date, close, high: close + factor, low: close - factor };
  });
  return { symbol, bars };
}

/** A paper account that runs one remembering strategy daily; closes are read anew in each run. */
class Week {
  readonly world: WorkflowWorld;
  /** What a split after the fact would make of all prices that were read before. */
  factor = 1;
  /** The feed answers, and has no bars. */
  isDark = false;

  constructor(changed: Given = {}) {
    const given = givenOf(meanReversion, { of: ['SPY', 'TLT'], places: 2, ...changed });
    const strategy = readyMadeTree('mean-reversion', given);
    this.world = new WorkflowWorld(
      aPolicy({
        sleeves: [{ name: 'core', capital: WHOLE, strategy, rebalance: EVERY_RUN, decideOn: 'last-close', options: DEFAULT_OPTIONS }],
      }),
    );
  }

  async run(at: number): Promise<RunRecord> {
    const { world } = this;
    world.now = at + 5_000;
    world.broker.books.clear();
    const marketData = {
      ...world.ports.marketData,
      dailyBars: async (symbols: readonly string[], from: NewYorkDate, to: NewYorkDate) =>
        symbols.map((symbol) => (this.isDark ? { symbol, bars: [] } : barsOf(symbol, from, to, this.factor))),
    };
    await world.signal(
      { portfolio: 'balanced', schedule: 'daily', scheduledTime: new Date(at).toISOString() },
      { ...world.ports, marketData },
    );
    const [latest] = await world.runStore.list('balanced', 1);
    if (latest === undefined) throw new Error('no run');
    if (latest.phase.kind !== 'ended') await this.#end(latest);
    return latest;
  }

  /** Whatever the run was about to trade: the account stays as it is, and the next run may begin. */
  async #end(record: RunRecord): Promise<void> {
    const phase = { kind: 'ended', ending: { kind: 'refused', code: 'kill-switch', detail: 'by the test', at: CLOSE } } as const;
    expect(await this.world.runStore.save({ ...record, version: record.version + 1, phase })).toBe('saved');
  }

  async decided(record: RunRecord) {
    const { result } = await readArtifact(this.world.artifacts, record, 'decision');
    if (result.kind !== 'weights') throw new Error(`no weights: ${result.kind}`);
    return result;
  }

  snapshot(record: RunRecord) {
    return readArtifact(this.world.artifacts, record, 'snapshot');
  }

  async memory(record: RunRecord) {
    const state = (await this.decided(record)).states?.['core'];
    return Object.values(state?.memories ?? {})[0];
  }
}

describe('a portfolio whose strategy remembers', () => {
  it('keeps in its decision what it will go on from', async () => {
    const week = new Week();
    const wednesday = await week.run(WEDNESDAY);
    const { states } = await week.decided(wednesday);
    expect(states?.['core']).toMatchObject({ asOf: FALL, anchor: (await week.snapshot(wednesday)).history.anchor });
    expect(await week.memory(wednesday)).toMatchObject({ SPY: { entry: 90, close: 90, sessions: 0 } });
    expect((await week.snapshot(wednesday)).priorStates).toBeUndefined();
  });

  it('reads it back in the next run, and begins to read prices where it did', async () => {
    const week = new Week();
    const first = await week.run(WEDNESDAY);
    const second = await week.run(THURSDAY);
    const snapshot = await week.snapshot(second);
    expect(snapshot.priorStates).toEqual((await week.decided(first)).states);
    expect(snapshot.history.anchor).toBe((await week.snapshot(first)).history.anchor);
    expect(await week.memory(second)).toMatchObject({ SPY: { entry: 90, close: 90.1, sessions: 1 } });
  });

  it('lives through the sessions of runs that were refused, and loses nothing by them', async () => {
    const week = new Week();
    const wednesday = await week.run(WEDNESDAY);
    await week.world.killSwitch.turnOn('balanced', aHalt());
    const thursday = await week.run(THURSDAY);
    const friday = await week.run(FRIDAY);
    expect([thursday, friday].map(({ artifacts }) => artifacts)).toEqual([{}, {}]);
    await week.world.killSwitch.turnOff('balanced', aResume());
    const monday = await week.run(MONDAY);
    expect((await week.snapshot(monday)).priorStates).toEqual((await week.decided(wednesday)).states);
    // The closes of the 18th, 19th and 20th.
    const daily = new Week();
    for (const at of [WEDNESDAY, THURSDAY, FRIDAY]) await daily.run(at);
    expect(await week.memory(monday)).toEqual(await daily.memory(await daily.run(MONDAY)));
    expect(await week.memory(monday)).toMatchObject({ SPY: { entry: 90, sessions: 3 } });
  });

  it('goes on from the last run that could decide', async () => {
    const week = new Week();
    const wednesday = await week.run(WEDNESDAY);
    week.isDark = true;
    const thursday = await week.run(THURSDAY);
    expect(thursday.phase).toMatchObject({ ending: { code: 'undefined-data' } });
    week.isDark = false;
    const friday = await week.run(FRIDAY);
    expect((await week.snapshot(friday)).priorStates).toEqual((await week.decided(wednesday)).states);
    expect(await week.memory(friday)).toMatchObject({ SPY: { entry: 90, sessions: 2 } });
  });

  it('decides the same, to the byte, in a replay from the snapshot alone', async () => {
    const week = new Week();
    await week.run(WEDNESDAY);
    const record = await week.run(THURSDAY);
    const hash = record.artifacts.decision;
    const stored = await week.world.artifacts.get(hash ?? '');
    const text = await week.world.artifacts.get(record.artifacts.snapshot ?? '');
    if (stored === undefined || text === undefined) throw new Error('not stored');
    const { policy } = week.world.source;
    const snapshot = openArtifact('snapshot', text);
    const again = decideTargets(policy, (sleeve) => sleevePrices(sleeve, policy, snapshot), snapshot.priorStates);
    if (again.kind !== 'weights') throw new Error(`no weights: ${again.kind}`);
    const { previous } = openArtifact('decision', stored);
    expect(sealArtifact({ kind: 'decision', previous, result: { ...again, leftOut: [...again.leftOut] } })).toEqual({ hash, text: stored });
  });

  it('goes on in the new prices after a split', async () => {
    const week = new Week();
    await week.run(WEDNESDAY);
    week.factor = 0.5;
    const thursday = await week.run(THURSDAY);
    expect(await week.memory(thursday)).toMatchObject({ SPY: { entry: 45, close: 45.05, sessions: 1 } });
  });

  it('begins anew from its history when its parameters have changed', async () => {
    const week = new Week();
    await week.run(WEDNESDAY);
    const changed = readyMadeTree('mean-reversion', givenOf(meanReversion, { of: ['SPY', 'TLT'], places: 2, sessions: 9 }));
    const { policy, text } = week.world.source;
    week.world.source = {
      text,
      policy: {
        ...policy,
        sleeves: [
          { name: 'core', capital: WHOLE, strategy: changed, rebalance: EVERY_RUN, decideOn: 'last-close', options: DEFAULT_OPTIONS },
        ],
      },
    };
    const thursday = await week.run(THURSDAY);
    const fresh = new Week({ sessions: 9 });
    expect(await week.memory(thursday)).toEqual(await fresh.memory(await fresh.run(THURSDAY)));
    expect(await week.memory(thursday)).toMatchObject({ SPY: { entry: 90, sessions: 1 } });
  });
});
