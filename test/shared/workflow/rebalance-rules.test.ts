import { describe, expect, it } from 'vitest';
import { type ArtifactOf, openArtifact } from '../../../shared/contracts/artifacts.ts';
import type { PortfolioPolicy, Sleeve } from '../../../shared/contracts/portfolio-policy.ts';
import { newYorkInstant } from '../../../shared/core/market/new-york-time.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';
import type { RebalanceRule, Tree } from '../../../shared/core/strategy/tree.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { addDays, type NewYorkDate } from '../../../shared/core/values/time.ts';
import { percent, WHOLE } from '../../../shared/core/values/weight.ts';
import { decideTargets } from '../../../shared/workflow/decide-run.ts';
import { advanceRun } from '../../../shared/workflow/execution-run.ts';
import { sleevePrices } from '../../../shared/workflow/sleeve-prices.ts';
import { asset, CASH, EVERY_RUN, specified } from '../../builders/strategy.ts';
import { aPolicy, WorkflowWorld } from './workflow-world.ts';

const NONE: RebalanceRule = { kind: 'none' };
const SIXTY_FORTY = specified(['60%', asset('SPY')], ['40%', asset('TLT')]);

/** SPY after a session in which the watched symbol rose, else TLT. */
function whereItRose(watched: string): Tree {
  const then = asset('SPY');
  const condition = {
    kind: 'compare' as const,
    left: { kind: 'metric' as const, metric: { name: 'cumulative-return' as const, window: 1 }, symbol: watched },
    comparator: 'gt' as const,
    right: { kind: 'constant' as const, value: 0 },
  };
  return { kind: 'if', condition, then, otherwise: asset('TLT') };
}

function sleeve(strategy: Tree, stated: Partial<Sleeve> = {}): Sleeve {
  return { name: 'core', capital: WHOLE, strategy, rebalance: NONE, decideOn: 'last-close', options: DEFAULT_OPTIONS, ...stated };
}

function policyOf(sleeves: readonly Sleeve[], stated: Partial<PortfolioPolicy> = {}): PortfolioPolicy {
  return aPolicy({ sleeves, limits: { ...aPolicy().limits, positionMax: WHOLE }, ...stated });
}

function worldOf(...sleeves: readonly Sleeve[]): WorkflowWorld {
  const world = new WorkflowWorld(policyOf(sleeves));
  world.broker.answer = (intent) => world.broker.takeAndFill(intent);
  return world;
}

/** The run of a session, driven to its end. */
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
  return { result, record, open };
}

type Ran = Awaited<ReturnType<typeof runOn>>;

async function turnOf({ open }: Ran, name = 'core') {
  const { result } = await open('decision');
  return result.kind === 'weights' ? result.turns?.[name] : result.kind;
}

async function tradesOf({ open }: Ran) {
  return (await open('plan')).plan.trades.map(({ side, quantity, symbol }) => `${side} ${quantity / 1_000_000_000n} ${symbol}`);
}

/** Up to Thursday it rises by one dollar a session, from Friday on it falls by one. */
function turnsOnFriday(date: NewYorkDate): number {
  const day = Date.parse(date) / 86_400_000;
  const thursday = Date.parse('2026-11-19') / 86_400_000;
  return 100 - Math.abs(day - thursday);
}

describe('a sleeve that is not due', () => {
  it('holds its drifted weights, so that nothing is traded because of it', async () => {
    const world = worldOf(sleeve(SIXTY_FORTY));
    // From Monday on SPY is worth three times as much, at the broker and in its closes.
    expect(await turnOf(await runOn('2026-11-20', world))).toBe('first');
    world.closeOf = (symbol, date) => (symbol === 'SPY' && date >= '2026-11-23' ? 300 : 100);
    world.quotes = (symbol) => {
      const mid = symbol === 'SPY' ? 300 : 100;
      return { symbol, bid: usd(`${mid - 0.01}`), ask: usd(`${mid + 0.01}`), at: world.now };
    };
    const tuesday = await runOn('2026-11-24', world);
    expect([await turnOf(tuesday), tuesday.result.kind]).toEqual(['held', 'nothing-to-trade']);
    // Three times sixty against forty, and 98 of 100 parts of it beside the reserve.
    const { result } = await tuesday.open('decision');
    expect(result).toMatchObject({ targets: { weights: [{ weight: 801_818n }, { weight: 178_181n }] } });

    world.source = { text: '', policy: policyOf([sleeve(SIXTY_FORTY, { rebalance: EVERY_RUN })]) };
    expect((await runOn('2026-11-25', world)).result.kind).toBe('handed-over');
  });

  it('reads its closes back to the rebalance, however long ago that was', async () => {
    const world = worldOf(sleeve(SIXTY_FORTY));
    await runOn('2026-11-20', world);
    const later = await runOn('2027-01-28', world);
    expect(await turnOf(later)).toBe('held');
    expect((await later.open('snapshot')).history.anchor).toBe(addDays('2026-11-20', -7));
  });
});

describe('a sleeve with a short position that is not due', () => {
  it('holds both halves as they drift, and makes both smaller once the short one has made them more than the whole', async () => {
    const world = worldOf(sleeve(specified(['40%', asset('SPY')], ['-40%', asset('TLT')], ['100%', CASH])));
    const { policy } = world.source;
    world.source = { text: '', policy: { ...policy, limits: { ...policy.limits, shortMax: percent('60%') } } };
    world.broker.margin = { canShort: true, multiplier: 2 };
    world.broker.listed = world.broker.listed.map((asset) => ({ ...asset, isShortable: true, isEasyToBorrow: true }));
    expect((await runOn('2026-11-20', world)).result.kind).toBe('handed-over');
    expect([world.broker.held.get('SPY'), world.broker.held.get('TLT')]).toEqual([40_000_000_000n, -40_000_000_000n]);

    const rise = (tlt: number, from: NewYorkDate): void => {
      const closeBefore = world.closeOf;
      world.closeOf = (symbol, date) => (symbol === 'TLT' && date >= from ? tlt : closeBefore(symbol, date));
      world.quotes = (symbol) => {
        const mid = symbol === 'TLT' ? tlt : 100;
        return { symbol, bid: usd(`${mid - 0.01}`), ask: usd(`${mid + 0.01}`), at: world.now };
      };
    };
    // Of 40, 100 in cash and 44 owed, 96 are left: 41.6667 % and -45.8333 %.
    rise(110, '2026-11-23');
    const tuesday = await runOn('2026-11-24', world);
    expect([await turnOf(tuesday), tuesday.result.kind]).toEqual(['held', 'nothing-to-trade']);
    expect((await tuesday.open('decision')).result).toMatchObject({ targets: { weights: [{ weight: 416_667n }, { weight: -458_333n }] } });
    // 53.2 are owed, 86.8 are left: 46.0829 % and -61.2903 %.
    rise(133, '2026-11-24');
    // Of 107.3732 % each keeps its part, and 98 % of that beside the reserve: 46.0829 and 61.2903 · 0.98 / 1.073732.
    const wednesday = await runOn('2026-11-25', world);
    expect((await wednesday.open('decision')).result).toMatchObject({
      targets: { weights: [{ weight: 420_600n }, { weight: -559_399n }] },
    });
    expect(wednesday.result.kind).not.toBe('refused');
  });
});

describe('a sleeve whose branch has changed', () => {
  const LIMITED = [sleeve(SIXTY_FORTY, { capital: percent('97%') }), sleeve(whereItRose('SPY'), { name: 'small', capital: percent('3%') })];

  it('is traded inside the band too', async () => {
    const world = worldOf(...LIMITED);
    world.closeOf = (symbol, date) => (symbol === 'SPY' ? turnsOnFriday(date) : 100);
    expect(await turnOf(await runOn('2026-11-20', world), 'small')).toBe('first');
    const monday = await runOn('2026-11-23', world);
    expect([await turnOf(monday), await turnOf(monday, 'small')]).toEqual(['held', 'branch']);
    // Of 98 % of 10,000 dollars: SPY was 61.2 % (59 shares) and is to be 58.2 % (57), TLT 38.8 % (38) and 41.8 % (40).
    expect(await tradesOf(monday)).toEqual(['sell 2 SPY', 'buy 2 TLT']);
    expect(await monday.open('plan')).toMatchObject({ isForced: true, plan: { isTriggered: true } });
    expect((await monday.open('plan')).plan.lines.every(({ isInside }) => isInside)).toBe(true);
  });

  it('is left inside the band where it takes its new weights in every run', async () => {
    const world = worldOf(...LIMITED.map((each) => ({ ...each, rebalance: EVERY_RUN })));
    world.closeOf = (symbol, date) => (symbol === 'SPY' ? turnsOnFriday(date) : 100);
    await runOn('2026-11-20', world);
    const monday = await runOn('2026-11-23', world);
    expect(monday.result.kind).toBe('nothing-to-trade');
    expect(await monday.open('plan')).not.toHaveProperty('isForced');
  });

  it('is still due after a run that was refused once it had decided, and no longer after one that traded', async () => {
    const world = worldOf(sleeve(whereItRose('SPY')));
    world.closeOf = (symbol, date) => (symbol === 'SPY' ? turnsOnFriday(date) : 100);
    await runOn('2026-11-20', world);
    world.broker.isBlocked = true;
    const monday = await runOn('2026-11-23', world);
    expect([monday.result.kind, await turnOf(monday)]).toEqual(['refused', 'branch']);
    world.broker.isBlocked = false;
    const tuesday = await runOn('2026-11-24', world);
    expect([tuesday.result.kind, await turnOf(tuesday)]).toEqual(['handed-over', 'branch']);
    expect((await tuesday.open('snapshot')).priorStates?.core).toMatchObject({ asOf: '2026-11-20', rebalanced: { on: '2026-11-20' } });
    expect(await turnOf(await runOn('2026-11-25', world))).toBe('held');
  });
});

describe('a sleeve of which a weight has left its corridor', () => {
  it('is traded inside the band too, while the other sleeve holds', async () => {
    const halves = specified(['50%', asset('SPY')], ['50%', asset('TLT')]);
    const rebalance: RebalanceRule = { kind: 'corridor', width: percent('5%') };
    const world = worldOf(
      sleeve(SIXTY_FORTY, { capital: percent('80%') }),
      sleeve(halves, { name: 'small', capital: percent('20%'), rebalance }),
    );
    await runOn('2026-11-20', world);
    // SPY is worth half as much again: three to two, 60 % of the small sleeve.
    world.closeOf = (symbol, date) => (symbol === 'SPY' && date >= '2026-11-23' ? 150 : 100);
    world.quotes = (symbol) => {
      const mid = symbol === 'SPY' ? 150 : 100;
      return { symbol, bid: usd(`${mid - 0.01}`), ask: usd(`${mid + 0.01}`), at: world.now };
    };
    const tuesday = await runOn('2026-11-24', world);
    expect([await turnOf(tuesday), await turnOf(tuesday, 'small')]).toEqual(['held', 'corridor']);
    const { isForced, plan } = await tuesday.open('plan');
    expect([isForced, plan.lines.every(({ isInside }) => isInside)]).toEqual([true, true]);
    expect(plan.trades.map(({ side, symbol }) => `${side} ${symbol}`)).toEqual(['sell SPY', 'buy TLT']);
  });
});

describe('the first rebalance', () => {
  it('is still due when the first plan was refused', async () => {
    const world = worldOf(sleeve(SIXTY_FORTY));
    world.broker.isBlocked = true;
    expect((await runOn('2026-11-20', world)).result.kind).toBe('refused');
    world.broker.isBlocked = false;
    expect(await turnOf(await runOn('2026-11-23', world))).toBe('first');
  });

  it('is still due when nobody approved the first plan', async () => {
    const world = worldOf(sleeve(SIXTY_FORTY));
    const [daily] = aPolicy().schedules;
    if (daily === undefined) throw new Error('no schedule');
    world.source = { text: '', policy: policyOf([sleeve(SIXTY_FORTY)], { schedules: [{ ...daily, approve: true }] }) };
    expect((await runOn('2026-11-20', world)).result.kind).toBe('awaiting-approval');
    expect(await turnOf(await runOn('2026-11-23', world))).toBe('first');
  });

  it('is done where there was nothing to trade', async () => {
    const world = worldOf(sleeve(SIXTY_FORTY));
    world.broker.held.set('SPY', 59_000_000_000n);
    world.broker.held.set('TLT', 39_000_000_000n);
    world.broker.cash = usd('200');
    expect((await runOn('2026-11-20', world)).result.kind).toBe('nothing-to-trade');
    expect(await turnOf(await runOn('2026-11-23', world))).toBe('held');
  });
});

describe('a sleeve that decides on live quotes', () => {
  const LIVE = sleeve(whereItRose('QQQ'), { decideOn: 'live-quote', rebalance: EVERY_RUN });
  const CLOSES = sleeve(whereItRose('QQQ'), { name: 'closes', capital: percent('50%'), rebalance: EVERY_RUN });

  /** QQQ closed at 100 every day; now it is at 101. */
  function risingNow(...sleeves: readonly Sleeve[]): WorkflowWorld {
    const world = worldOf(...sleeves);
    world.quotes = (symbol) => {
      const [bid, ask] = symbol === 'QQQ' ? ['100.99', '101.01'] : ['99.99', '100.01'];
      return { symbol, bid: usd(bid), ask: usd(ask), at: world.now };
    };
    return world;
  }

  it('sees what a sleeve on closes will see a session later, and the two may differ in one portfolio', async () => {
    const world = risingNow({ ...LIVE, capital: percent('50%') }, CLOSES);
    const friday = await runOn('2026-11-20', world);
    const { result } = await friday.open('decision');
    expect(result).toMatchObject({
      targets: { weights: [{ symbol: 'SPY' }, { symbol: 'TLT' }] },
      states: { core: { asOf: '2026-11-20' }, closes: { asOf: '2026-11-19' } },
    });
  });

  it('is decided again from its snapshot alone: the quotes that it only watched are recorded', async () => {
    const friday = await runOn('2026-11-20', risingNow(LIVE));
    const snapshot = await friday.open('snapshot');
    expect(snapshot.quotes.map(({ symbol }) => symbol)).toEqual(['QQQ', 'SPY', 'TLT']);
    expect(snapshot.assets.map(({ symbol }) => symbol)).toEqual(['SPY', 'TLT']);
    expect(snapshot.history.columns.flatMap(({ dates }) => dates.at(-1))).toEqual(Array.from({ length: 3 }, () => '2026-11-19'));
    const policy = policyOf([LIVE]);
    const again = decideTargets(policy, (each) => sleevePrices(each, policy, snapshot), snapshot.priorStates);
    expect((await friday.open('decision')).result).toEqual(again);
    expect(again).toMatchObject({ targets: { weights: [{ symbol: 'SPY' }] } });
  });

  it('does so with prices that are adjusted for splits alone, too', async () => {
    const options = { ...DEFAULT_OPTIONS, prices: 'split-adjusted' } as const;
    const world = risingNow({ ...LIVE, options });
    const { result } = await (await runOn('2026-11-20', world)).open('decision');
    expect(result).toMatchObject({ targets: { weights: [{ symbol: 'SPY' }] }, states: { core: { asOf: '2026-11-20' } } });
    expect(world.adjustments).toEqual(['split-adjusted']);
  });

  it('asks for no quote of what a sleeve on closes watches', async () => {
    const friday = await runOn('2026-11-20', risingNow({ ...CLOSES, name: 'core', capital: WHOLE }));
    expect((await friday.open('snapshot')).quotes.map(({ symbol }) => symbol)).toEqual(['SPY', 'TLT']);
  });

  it('is refused with the figures of the quote that may not decide', async () => {
    const world = risingNow(LIVE);
    const usual = world.quotes;
    world.quotes = (symbol) => {
      const quote = usual(symbol);
      return quote !== undefined && symbol === 'QQQ' ? { ...quote, at: world.now - 45_000 } : quote;
    };
    const { result } = await runOn('2026-11-20', world);
    expect(result).toMatchObject({ kind: 'refused', code: 'undefined-data' });
    expect(result.kind === 'refused' ? result.detail : '').toContain('QQQ has quote-stale {"bid":"100.99","ask":"101.01","ageMs":"45000"}');
  });

  it('is refused where a candidate has no usable quote, though others could be ranked without it', async () => {
    const best: Tree = {
      kind: 'filter',
      select: 'top',
      count: 1,
      by: { name: 'cumulative-return', window: 1 },
      children: [asset('SPY'), asset('TLT')],
    };
    const world = worldOf(sleeve(best, { decideOn: 'live-quote', rebalance: EVERY_RUN }));
    world.broker.held.clear();
    world.broker.cash = usd('10000');
    const usual = world.quotes;
    world.quotes = (symbol) => (symbol === 'TLT' ? undefined : usual(symbol));
    const { result } = await runOn('2026-11-20', world);
    expect(result).toMatchObject({ kind: 'refused', code: 'undefined-data' });
    expect(result.kind === 'refused' ? result.detail : '').toContain('TLT has quote-missing');
  });

  it('holds by the quotes of now, and goes on from them the next session', async () => {
    const world = risingNow({ ...LIVE, rebalance: NONE });
    expect(await turnOf(await runOn('2026-11-20', world))).toBe('first');
    const monday = await runOn('2026-11-23', world);
    expect(await turnOf(monday)).toBe('held');
    expect((await monday.open('snapshot')).priorStates?.core).toMatchObject({ asOf: '2026-11-20', rebalanced: { on: '2026-11-20' } });
  });

  it('leaves nothing that a decision on the closes before it may go on from', async () => {
    const world = risingNow({ ...LIVE, rebalance: NONE });
    await runOn('2026-11-20', world);
    const [daily] = aPolicy().schedules;
    if (daily === undefined) throw new Error('no schedule');
    const second = { ...daily, name: 'second' };
    world.source = { text: '', policy: policyOf([{ ...LIVE, rebalance: NONE, decideOn: 'last-close' }], { schedules: [second] }) };
    const due = newYorkInstant('2026-11-20', 15, 35);
    world.now = due + 60_000;
    await world.signal({ portfolio: 'balanced', schedule: 'second', scheduledTime: new Date(due).toISOString() });
    const record = await world.runStore.load('balanced/2026-11-20/second');
    const text = await world.artifacts.get(record?.artifacts.snapshot ?? '');
    expect(text === undefined ? undefined : openArtifact('snapshot', text).priorStates).toBeUndefined();
  });
});
