import { describe, expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { formatShares, shares } from '../../../shared/core/values/shares.ts';
import { percent, WHOLE } from '../../../shared/core/values/weight.ts';
import { readArtifact } from '../../../shared/workflow/read-artifact.ts';
import { EVERY_RUN } from '../../builders/strategy.ts';
import { aPolicy, WorkflowWorld } from './workflow-world.ts';

/** SPY and TLT by these weights, of 10,000 dollars: 80 SPY and 2,000 in cash, everything at 100. */
function aPairWorld(spy: string, tlt: string, short = '50%'): WorkflowWorld {
  const policy = aPolicy();
  const children = [
    { weight: percent(spy), child: { kind: 'asset' as const, symbol: 'SPY' } },
    { weight: percent(tlt), child: { kind: 'asset' as const, symbol: 'TLT' } },
    { weight: WHOLE - percent(spy) - percent(tlt), child: { kind: 'cash' as const } },
  ];
  const world = new WorkflowWorld({
    ...policy,
    sleeves: [
      {
        name: 'pair',
        capital: WHOLE,
        strategy: { kind: 'specified', children },
        rebalance: EVERY_RUN,
        decideOn: 'last-close',
        options: DEFAULT_OPTIONS,
      },
    ],
    limits: { ...policy.limits, shortMax: percent(short) },
  });
  world.broker.margin = { canShort: true, multiplier: 2 };
  world.broker.listed = ['SPY', 'TLT'].map((symbol) => ({
    symbol,
    isTradable: true,
    isFractionable: true,
    isShortable: true,
    isEasyToBorrow: true,
  }));
  return world;
}

function arrivedIn({ broker }: WorkflowWorld): string[] {
  return broker.arrived.map(({ side, quantity, symbol }) => `${side} ${formatShares(quantity)} ${symbol}`);
}

describe('a run of a pair', () => {
  it('sells what is too much first, then sells short what the confirmed money allows, and ends as planned', async () => {
    const world = aPairWorld('40%', '-40%');
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.signal();
    await world.drive();
    expect(arrivedIn(world)).toEqual(['sell 40 SPY', 'sell 40 TLT']);
    expect(world.broker.held).toEqual(
      new Map([
        ['SPY', shares('40')],
        ['TLT', shares('-40')],
      ]),
    );
    const record = await world.record();
    expect(record.phase).toMatchObject({ kind: 'ended', ending: { kind: 'completed' } });
    const { outcome } = await readArtifact(world.artifacts, record, 'outcome');
    expect(outcome.trades.map(({ symbol, position }) => [symbol, position])).toEqual([
      ['SPY', undefined],
      ['TLT', 'short'],
    ]);
    expect(outcome.unexplained).toEqual([]);
  });

  it('does not sell short before its sales are over, and no more than they brought', async () => {
    const world = aPairWorld('40%', '-40%');
    await world.signal();
    await world.advance();
    expect(arrivedIn(world)).toEqual(['sell 40 SPY']);
    // 10 of 40 are sold: 3,000 dollars are free, of which a short sale of 29 binds 2,912.18 (100.42 each).
    const [sell] = world.broker.books.keys();
    world.broker.fill(sell ?? '', shares('10'), 'canceled');
    await world.advance();
    expect(arrivedIn(world)).toEqual(['sell 40 SPY', 'sell 29 TLT']);
  });

  it('covers what leaves the targets whole, and then buys with what that freed', async () => {
    const world = aPairWorld('60%', '0%');
    world.broker.held.set('SPY', shares('40'));
    world.broker.held.set('TLT', shares('-40'));
    world.broker.cash = usd('10000');
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.signal();
    await world.drive();
    expect(arrivedIn(world)).toEqual(['buy 40 TLT', 'buy 20 SPY']);
    expect(world.broker.held.get('TLT')).toBe(0n);
  });

  it('goes no further where the position was changed by hand since the plan: the order would sell short', async () => {
    const world = aPairWorld('40%', '-40%');
    await world.signal();
    world.broker.held.set('SPY', shares('30'));
    await world.drive();
    expect(world.broker.arrived.map(({ symbol }) => symbol)).not.toContain('SPY');
    expect((await world.record()).phase).toMatchObject({
      ending: { kind: 'completed-with-residuals', detail: expect.stringContaining('sell SPY: position-changed') },
    });
  });

  it('is refused before anything trades where the file does not allow the short half', async () => {
    const world = aPairWorld('40%', '-40%', '0%');
    expect(await world.signal()).toMatchObject({ kind: 'refused', code: 'short-not-allowed' });
    expect(world.broker.arrived).toEqual([]);
  });

  it('is refused where long and short are more than the whole', async () => {
    const world = aPairWorld('60%', '-50%');
    expect(await world.signal()).toMatchObject({
      kind: 'refused',
      code: 'leveraged-decision',
      detail: 'sleeve pair: its positions are 110% of its capital',
    });
    const decision = await readArtifact(world.artifacts, await world.record(), 'decision');
    expect(decision.result).toEqual({ kind: 'leveraged', sleeve: 'pair', gross: percent('110%') });
    expect(world.broker.arrived).toEqual([]);
  });
});
