// Slices and the closing auction through a whole run: 80 shares of SPY and 2,000 dollars, of which 22 SPY are sold and 39
// TLT bought at 100 dollars, where 300 shares of each change hands in a session.
import { describe, expect, it } from 'vitest';
import type { PortfolioPolicy } from '../../../shared/contracts/portfolio-policy.ts';
import type { ExecutionRules } from '../../../shared/core/execution/rules.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../../shared/core/values/time.ts';
import { percent } from '../../../shared/core/values/weight.ts';
import { aPolicy, CLOSE, WorkflowWorld } from './workflow-world.ts';

const SLICING = { slicesMax: 6, volumeMax: percent('10%'), participationMax: percent('100%') };
const TLT = 'balanced_2026-11-20_daily_TLT_buy';

function aWorld(execution: Partial<ExecutionRules>, policy: Partial<PortfolioPolicy> = {}): WorkflowWorld {
  const plain = aPolicy(policy);
  const world = new WorkflowWorld({ ...plain, execution: { ...plain.execution, ...execution } });
  // A dollar up and a dollar down: about one percent a day.
  world.closeOf = (_, date) => 100 + (Number(date.slice(-2)) % 2);
  return world;
}

async function legsOf(world: WorkflowWorld) {
  const { phase } = await world.record();
  return phase.kind === 'claimed' ? [] : (phase.execution?.legs ?? []);
}

/** `3 of slice 1 at 25.5`, in minutes before the close. */
function toldOf(world: WorkflowWorld, symbol: string, sent: ReadonlyMap<string, number>): string[] {
  return world.broker.arrived
    .filter((intent) => intent.symbol === symbol)
    .map(({ clientOrderId, quantity }) => {
      const minutes = (CLOSE - (sent.get(clientOrderId) ?? 0)) / MINUTE_MS;
      return `${Number(quantity) / 1e9} of slice ${clientOrderId.split('_').at(-2)} at ${minutes.toFixed(1)}`;
    });
}

/** Every order fills at once. */
function filling(world: WorkflowWorld): Map<string, number> {
  const sent = new Map<string, number>();
  world.broker.answer = (intent) => {
    sent.set(intent.clientOrderId, world.now);
    return world.broker.takeAndFill(intent);
  };
  return sent;
}

describe('a run in thin markets', () => {
  it('sells in slices over the first half of its time, and buys in slices over the second', async () => {
    const world = aWorld({ slicing: SLICING });
    const sent = filling(world);
    await world.signal();
    await world.drive();
    // From 24.9 to 5 minutes before the close: three of 3.3 minutes for either side.
    expect(toldOf(world, 'SPY', sent)).toEqual(['7 of slice 0 at 24.9', '8 of slice 1 at 21.6', '7 of slice 2 at 18.3']);
    expect(toldOf(world, 'TLT', sent)).toEqual(['13 of slice 0 at 14.9', '13 of slice 1 at 11.6', '13 of slice 2 at 8.3']);
    expect((await world.record()).phase).toMatchObject({ kind: 'ended', ending: { kind: 'completed', detail: '2 trades filled' } });
    expect(world.broker.held).toEqual(
      new Map([
        ['SPY', shares('58')],
        ['TLT', shares('39')],
      ]),
    );
  });

  it('says in its record what decided', async () => {
    const world = aWorld({ slicing: SLICING });
    await world.signal();
    const [sell] = await legsOf(world);
    // Half a spread of a cent in a hundred dollars; σ√(22/300) is about 0.27 %.
    expect(sell?.slicing).toMatchObject({ code: 'sliced', figures: { halfSpread: '0.01%', averageVolume: '300' } });
    expect(sell?.slicing?.figures['impact']).toMatch(/^0\.2\d+%$/);
  });

  it('buys with what its sells have brought, and only with that', async () => {
    const world = aWorld({ slicing: SLICING });
    // Of what is sold, nothing fills but the first slice.
    world.broker.answer = (intent) => {
      const isStuck = intent.side === 'sell' && !intent.clientOrderId.endsWith('_0_0');
      return isStuck ? world.broker.take(intent) : world.broker.takeAndFill(intent);
    };
    await world.signal();
    await world.drive();
    // 2,000 and 7 at 100 dollars: 26 at 100.01, less what rounding takes.
    expect(world.broker.held.get('SPY')).toBe(shares('73'));
    expect(world.broker.held.get('TLT')).toBe(shares('26'));
    expect((await legsOf(world)).map(({ stage }) => stage)).toMatchObject([
      { residual: { quantity: shares('15'), code: 'unfilled-at-limit' } },
      { residual: { quantity: shares('13'), code: 'insufficient-proceeds' } },
    ]);
  });

  it('rolls what a slice could not do into the next', async () => {
    const world = aWorld({ slicing: SLICING });
    const sent = filling(world);
    const { answer } = world.broker;
    world.broker.answer = (intent) => (intent.clientOrderId.startsWith(`${TLT}_0`) ? world.broker.take(intent) : answer(intent));
    await world.signal();
    await world.drive();
    expect(toldOf(world, 'TLT', sent).at(-2)).toBe('26 of slice 1 at 11.6');
    expect(world.broker.held.get('TLT')).toBe(shares('39'));
  });

  it('is of one order a trade where nobody says how much is traded, and says so', async () => {
    const world = aWorld({ slicing: SLICING });
    world.hasCloses = false;
    filling(world);
    await world.signal();
    await world.drive();
    expect(world.broker.arrived).toHaveLength(2);
    expect((await legsOf(world)).map(({ slicing }) => slicing)).toEqual([
      { code: 'volume-unknown', figures: {} },
      { code: 'volume-unknown', figures: {} },
    ]);
  });
});

describe('a run that ends in the closing auction', () => {
  async function atTheClose(): Promise<WorkflowWorld> {
    const world = aWorld({ auction: 'close' });
    world.broker.capabilities = { auctions: ['close'] };
    world.broker.answer = (intent) => (intent.side === 'sell' ? world.broker.takeAndFill(intent) : world.broker.take(intent));
    await world.signal();
    for (;;) {
      const { waitSeconds, done } = await world.advance();
      if (done) throw new Error('over before the close');
      if (world.now + waitSeconds * 1_000 >= CLOSE) return world;
      world.now += waitSeconds * 1_000;
    }
  }

  it('sells in the market, has its purchase in the auction, and waits for it past its deadline', async () => {
    const world = await atTheClose();
    expect(world.broker.arrived.map(({ symbol, timeInForce }) => `${symbol} ${timeInForce}`)).toEqual(['SPY day', 'TLT cls']);
    expect(world.broker.canceled).toEqual([]);
    world.now = CLOSE;
    world.broker.fill(`${TLT}_0_0`, shares('39'));
    await world.drive();
    expect((await world.record()).phase).toMatchObject({ kind: 'ended', ending: { kind: 'completed' } });
  });

  it('leaves what the auction did not take as a residual of its own', async () => {
    const world = await atTheClose();
    world.now = CLOSE;
    world.broker.fill(`${TLT}_0_0`, shares('9'), 'canceled');
    await world.drive();
    expect((await legsOf(world))[1]?.stage).toMatchObject({ residual: { quantity: shares('30'), code: 'unfilled-in-auction' } });
  });

  it('is refused before anything is traded where the broker has no auction for the account', async () => {
    const world = aWorld({ auction: 'close' });
    expect(await world.signal()).toMatchObject({ kind: 'refused', code: 'auction-not-offered' });
    expect(world.broker.arrived).toEqual([]);
  });
});
