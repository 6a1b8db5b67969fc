// A run whose sleeve adds to what gains: 10 % SPY at 100 dollars, and cash to add from.
import { describe, expect, it } from 'vitest';
import { openArtifact } from '../../../shared/contracts/artifacts.ts';
import { newYorkInstant } from '../../../shared/core/market/new-york-time.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { percent, WHOLE } from '../../../shared/core/values/weight.ts';
import { decideTargets } from '../../../shared/workflow/decide-run.ts';
import { advanceRun } from '../../../shared/workflow/execution-run.ts';
import { sleevePrices } from '../../../shared/workflow/sleeve-prices.ts';
import { asset, CASH, EVERY_RUN, specified } from '../../builders/strategy.ts';
import { aPolicy, WorkflowWorld } from './workflow-world.ts';

const POLICY = aPolicy({
  sleeves: [
    {
      name: 'core',
      capital: WHOLE,
      strategy: specified(['10%', asset('SPY')], ['90%', CASH]),
      rebalance: EVERY_RUN,
      decideOn: 'last-close',
      options: DEFAULT_OPTIONS,
      exits: {
        stopLoss: percent('8%'),
        reEnter: 'when-target-returns',
        tiers: { steps: [{ gain: percent('5%'), add: percent('40%') }], caps: { SPY: percent('30%') } },
      },
    },
  ],
});

/** Quotes stay at 100; the close of the 20th has gained 5 %. */
function worldWithGain(): WorkflowWorld {
  const world = new WorkflowWorld(POLICY);
  world.broker.answer = (intent) => world.broker.takeAndFill(intent);
  world.broker.held.clear();
  world.broker.cash = usd('10000');
  world.closeOf = (_, date) => (date >= '2026-11-20' ? 105 : 100);
  return world;
}

async function runOn(session: NewYorkDate, world: WorkflowWorld) {
  const due = newYorkInstant(session, 15, 35);
  world.now = due + 5_000;
  const result = await world.signal({ portfolio: 'balanced', schedule: 'daily', scheduledTime: new Date(due).toISOString() });
  const runId = `balanced/${session}/daily`;
  for (let isDone = result.kind !== 'handed-over'; !isDone; ) {
    const { done, waitSeconds } = await advanceRun(runId, world.ports);
    isDone = done;
    world.now += waitSeconds * 1_000;
  }
  const { artifacts } = (await world.runStore.load(runId)) ?? {};
  const textOf = async (hash = '') => (await world.artifacts.get(hash)) ?? '';
  return {
    result,
    snapshot: openArtifact('snapshot', await textOf(artifacts?.snapshot)),
    decision: openArtifact('decision', await textOf(artifacts?.decision)).result,
    plan: openArtifact('plan', await textOf(artifacts?.plan)),
  };
}

describe('a run whose sleeve adds to what gains', () => {
  it('buys the tier inside the band too, once, and remembers it with the stop it raised', async () => {
    const world = worldWithGain();
    await runOn('2026-11-20', world);
    expect(world.broker.held.get('SPY')).toBe(shares('10'));

    const monday = await runOn('2026-11-23', world);
    // 10 from 100 and 4 from 105 may lose 0.8 together: (14 - 0.8) / (10 / 100 + 4 / 105).
    expect(monday.decision).toMatchObject({
      adds: { core: [{ symbol: 'SPY', tier: 1, weight: percent('4%'), close: 105, stop: expect.closeTo(95.586207, 5) }] },
      states: { core: { exits: { symbols: { SPY: { tranches: [{ close: 100 }, { close: 105 }] } } } } },
    });
    expect(monday.plan.isForced).toBe(true);
    expect(monday.plan.plan.lines.every(({ isInside }) => isInside)).toBe(true);
    expect(world.broker.held.get('SPY')).toBe(shares('14'));

    const tuesday = await runOn('2026-11-24', world);
    expect([tuesday.result.kind, tuesday.plan.isForced]).toEqual(['nothing-to-trade', undefined]);
    expect(tuesday.decision).not.toHaveProperty('adds');
  });

  it('asks again for a tier that a refused run has decided', async () => {
    const world = worldWithGain();
    await runOn('2026-11-20', world);
    world.broker.isBlocked = true;
    expect((await runOn('2026-11-23', world)).result.kind).toBe('refused');
    world.broker.isBlocked = false;
    expect((await runOn('2026-11-24', world)).decision).toMatchObject({ adds: { core: [{ tier: 1 }] } });
    expect(world.broker.held.get('SPY')).toBe(shares('14'));
  });

  it('is decided again from its snapshot alone', async () => {
    const world = worldWithGain();
    await runOn('2026-11-20', world);
    const { snapshot, decision } = await runOn('2026-11-23', world);
    expect(decideTargets(POLICY, (each) => sleevePrices(each, POLICY, snapshot), snapshot.priorStates)).toEqual(decision);
  });
});
