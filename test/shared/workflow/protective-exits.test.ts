import { describe, expect, it } from 'vitest';
import { type ArtifactOf, openArtifact, sealArtifact } from '../../../shared/contracts/artifacts.ts';
import type { PortfolioPolicy, Sleeve } from '../../../shared/contracts/portfolio-policy.ts';
import { newYorkInstant } from '../../../shared/core/market/new-york-time.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';
import { usd } from '../../../shared/core/values/money.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { percent, WHOLE } from '../../../shared/core/values/weight.ts';
import { decideTargets } from '../../../shared/workflow/decide-run.ts';
import { advanceRun } from '../../../shared/workflow/execution-run.ts';
import { sleevePrices } from '../../../shared/workflow/sleeve-prices.ts';
import { asset, EVERY_RUN, specified } from '../../builders/strategy.ts';
import { aPolicy, WorkflowWorld } from './workflow-world.ts';

/** TLT is less than the band of five points: only what forces the plan sells it. */
const LITTLE_TLT = specified(['96%', asset('SPY')], ['4%', asset('TLT')]);
const SIXTY_FORTY = specified(['60%', asset('SPY')], ['40%', asset('TLT')]);

function sleeve(stated: Partial<Sleeve> = {}): Sleeve {
  return {
    name: 'core',
    capital: WHOLE,
    strategy: LITTLE_TLT,
    rebalance: EVERY_RUN,
    decideOn: 'last-close',
    options: DEFAULT_OPTIONS,
    exits: { stopLoss: percent('8%'), reEnter: 'when-target-returns' },
    ...stated,
  };
}

function policyOf(...sleeves: readonly Sleeve[]): PortfolioPolicy {
  return aPolicy({ sleeves, limits: { ...aPolicy().limits, positionMax: WHOLE } });
}

/** TLT closes at 100, and from a session on lower; quotes are as the last close. */
function worldOf(fallsOn: NewYorkDate, to: number, ...sleeves: readonly Sleeve[]): WorkflowWorld {
  const world = new WorkflowWorld(policyOf(...sleeves));
  world.broker.answer = (intent) => world.broker.takeAndFill(intent);
  world.closeOf = (symbol, date) => (symbol === 'TLT' && date >= fallsOn ? to : 100);
  return world;
}

async function runOn(session: NewYorkDate, world: WorkflowWorld) {
  const due = newYorkInstant(session, 15, 35);
  world.now = due + 5_000;
  const result = await world.signal({ portfolio: 'balanced', schedule: 'daily', scheduledTime: new Date(due).toISOString() });
  const runId = `balanced/${session}/daily`;
  if (result.kind === 'handed-over') {
    for (let isDone = false; !isDone; ) {
      const { done, waitSeconds } = await advanceRun(runId, world.ports);
      isDone = done;
      world.now += waitSeconds * 1_000;
    }
  }
  const record = await world.runStore.load(runId);
  const open = async <Kind extends keyof ArtifactOf>(kind: Kind): Promise<ArtifactOf[Kind]> => {
    const hash = record?.artifacts[kind];
    const text = hash === undefined ? undefined : await world.artifacts.get(hash);
    if (text === undefined) throw new Error(`run ${runId} has no ${kind}`);
    return openArtifact(kind, text);
  };
  return { result, open };
}

type Ran = Awaited<ReturnType<typeof runOn>>;

async function endedIn({ open }: Ran) {
  const { result } = await open('decision');
  if (result.kind !== 'weights') throw new Error(`decided ${result.kind}`);
  return Object.entries(result.exits ?? {}).flatMap(([name, exits]) =>
    exits.map(({ symbol, by, touched }) => `${name} ${symbol} ${by} ${touched}`),
  );
}

async function tradesOf({ open }: Ran) {
  return (await open('plan')).plan.trades.map(({ side, quantity, symbol }) => `${side} ${quantity / 1_000_000_000n} ${symbol}`);
}

describe('a run whose sleeve has protective exits', () => {
  it('sells what has touched its stop, inside the band too, and records why', async () => {
    // The first run is decided on the 19th: that close is the entry, and the close of the 20th the touch.
    const world = worldOf('2026-11-20', 92, sleeve());
    expect(await endedIn(await runOn('2026-11-20', world))).toEqual([]);
    expect(world.broker.held.get('TLT')).toBe(3_000_000_000n);

    const monday = await runOn('2026-11-23', world);
    const { result } = await monday.open('decision');
    expect(result).toMatchObject({
      turns: { core: 'every-run' },
      exits: {
        core: [{ symbol: 'TLT', by: 'stop-loss', entered: '2026-11-19', entry: 100, touched: '2026-11-20', close: 92, sessions: 1 }],
      },
      states: { core: { exits: { asOf: '2026-11-20', symbols: { TLT: { kind: 'out', session: '2026-11-23' } } } } },
    });
    const plan = await monday.open('plan');
    // The cash of TLT is reserve enough, so that SPY is no longer scaled down for it: 96 of 100 shares instead of 94.
    expect([plan.isForced, await tradesOf(monday)]).toEqual([true, ['sell 3 TLT', 'buy 2 SPY']]);
    expect(plan.plan.lines.every(({ isInside }) => isInside)).toBe(true);

    expect(world.notifier.notices).toMatchObject([
      {
        severity: 'info',
        code: 'positions-ended',
        subject: 'balanced/2026-11-23/daily: ended TLT',
        body: 'TLT of sleeve core by stop-loss: long from 100.00 on 2026-11-19, 92.00 on 2026-11-20 (-8%). Traded: sold 3 of 3 TLT.',
      },
    ]);

    // It stays out, and forces nothing more.
    const tuesday = await runOn('2026-11-24', world);
    expect([await endedIn(tuesday), tuesday.result.kind, (await tuesday.open('plan')).isForced]).toEqual([
      [],
      'nothing-to-trade',
      undefined,
    ]);
  });

  it('tells of an exit that a refused run could not carry out', async () => {
    const world = worldOf('2026-11-20', 92, sleeve());
    await runOn('2026-11-20', world);
    world.broker.isBlocked = true;
    expect((await runOn('2026-11-23', world)).result).toMatchObject({ kind: 'refused', code: 'account-blocked' });
    expect(world.notifier.notices).toContainEqual({
      severity: 'ticket',
      code: 'exits-missed',
      subject: 'balanced/2026-11-23/daily: protective exits were not carried out',
      body: expect.stringMatching(/^TLT of sleeve core by stop-loss: .* The next run asks for it again\.$/),
      runId: 'balanced/2026-11-23/daily',
    });
  });

  it('is decided again from its snapshot alone', async () => {
    const world = worldOf('2026-11-20', 92, sleeve());
    await runOn('2026-11-20', world);
    const monday = await runOn('2026-11-23', world);
    const snapshot = await monday.open('snapshot');
    const policy = policyOf(sleeve());
    const again = decideTargets(policy, (each) => sleevePrices(each, policy, snapshot), snapshot.priorStates);
    expect((await monday.open('decision')).result).toEqual(again);
  });

  it('carries out what was touched between two runs, at a close that it names', async () => {
    const world = worldOf('2026-11-24', 100, sleeve());
    world.closeOf = (symbol, date) => (symbol === 'TLT' && date === '2026-11-24' ? 90 : 100);
    await runOn('2026-11-20', world);
    const later = await runOn('2026-12-30', world);
    expect(await endedIn(later)).toEqual(['core TLT stop-loss 2026-11-24']);
    // Read from the close of the entry on, by which prices are rescaled.
    expect((await later.open('snapshot')).history.anchor).toBe('2026-11-19');
  });

  it('carries out an exit that a refused run has decided', async () => {
    const world = worldOf('2026-11-20', 92, sleeve());
    await runOn('2026-11-20', world);
    const { policy } = world.source;
    world.source = { text: '', policy: { ...policy, limits: { ...policy.limits, orderNotionalMax: usd('1') } } };
    const monday = await runOn('2026-11-23', world);
    expect([monday.result.kind, await endedIn(monday)]).toEqual(['refused', ['core TLT stop-loss 2026-11-20']]);
    world.source = { text: '', policy };
    const tuesday = await runOn('2026-11-24', world);
    expect([await endedIn(tuesday), await tradesOf(tuesday)]).toEqual([['core TLT stop-loss 2026-11-20'], ['sell 3 TLT', 'buy 2 SPY']]);
  });

  it('asks nothing of what was never bought, because the run that decided it was refused', async () => {
    const world = worldOf('2026-11-20', 80, sleeve());
    const { policy } = world.source;
    world.source = { text: '', policy: { ...policy, limits: { ...policy.limits, orderNotionalMax: usd('1') } } };
    expect((await runOn('2026-11-20', world)).result.kind).toBe('refused');
    world.source = { text: '', policy };
    const monday = await runOn('2026-11-23', world);
    expect([await endedIn(monday), await tradesOf(monday)]).toEqual([[], ['buy 14 SPY', 'buy 3 TLT']]);
    expect((await monday.open('decision')).result).toMatchObject({
      states: { core: { exits: { symbols: { TLT: { kind: 'held', entered: '2026-11-20', entry: 80 } } } } },
    });
  });

  it('goes on selling what a run has left of it', async () => {
    const world = worldOf('2026-11-20', 92, sleeve());
    await runOn('2026-11-20', world);
    world.broker.answer = (intent) => world.broker.take(intent);
    expect(await tradesOf(await runOn('2026-11-23', world))).toContain('sell 3 TLT');
    expect(world.broker.held.get('TLT')).toBe(3_000_000_000n);
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    const tuesday = await runOn('2026-11-24', world);
    expect([await endedIn(tuesday), (await tuesday.open('plan')).isForced, (await tradesOf(tuesday))[0]]).toEqual([[], true, 'sell 3 TLT']);
  });

  it('ends a position of a sleeve that holds, and leaves the rest of it where it has drifted to', async () => {
    const world = worldOf('2026-11-23', 92, sleeve({ strategy: SIXTY_FORTY, rebalance: { kind: 'every', every: 'year' } }));
    await runOn('2026-11-20', world);
    const tuesday = await runOn('2026-11-24', world);
    const { result } = await tuesday.open('decision');
    // 60 of 96.8, which is less than what is left beside the reserve.
    expect(result).toMatchObject({ turns: { core: 'exit' }, targets: { weights: [{ symbol: 'SPY', weight: 619_835n }] } });
    expect(await tradesOf(tuesday)).toContain('sell 39 TLT');
  });

  it('leaves what another sleeve holds of the symbol', async () => {
    const half = percent('50%');
    const world = worldOf(
      '2026-11-20',
      92,
      sleeve({ strategy: SIXTY_FORTY, capital: half }),
      sleeve({ name: 'free', strategy: SIXTY_FORTY, capital: half, exits: { sessions: 200, reEnter: 'when-target-returns' } }),
    );
    await runOn('2026-11-20', world);
    const monday = await runOn('2026-11-23', world);
    expect(await endedIn(monday)).toEqual(['core TLT stop-loss 2026-11-20']);
    expect((await monday.open('decision')).result).toMatchObject({ targets: { weights: [{ symbol: 'SPY' }, { weight: percent('20%') }] } });
  });
});

describe('a portfolio without exits', () => {
  it('reads no earlier decision, and its decision has the bytes that it always had', async () => {
    const { exits: _, ...free } = sleeve({ strategy: SIXTY_FORTY });
    const world = worldOf('2026-11-20', 50, free);
    await runOn('2026-11-20', world);
    const monday = await runOn('2026-11-23', world);
    const text = sealArtifact(await monday.open('decision')).text;
    expect(text).not.toContain('exits');
    expect(await monday.open('snapshot')).not.toHaveProperty('priorStates');
  });
});
