import { describe, expect, it } from 'vitest';
import { type BrokerCall, type CallFault, faultyBroker } from '../../../../shared/adapters/simulated/faulty-broker.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import { WORLD_DATE } from '../../../contract/broker-world.ts';
import { simulatedWorld } from '../../../contract/simulated-world.ts';

const RESTING = {
  clientOrderId: 'an-order',
  symbol: 'SPY',
  side: 'buy',
  quantity: shares('1'),
  limitPrice: usd('100'),
  timeInForce: 'day',
} as const;

describe('a faulty broker', () => {
  it('passes every call on while nothing befalls it', async () => {
    const { plain, faulty, asked } = await brokers(() => undefined);
    const accepted = await faulty.submit(RESTING);
    expect(accepted).toMatchObject({ kind: 'accepted' });
    expect(await faulty.account()).toEqual(await plain.account());
    expect(await faulty.positions()).toEqual([]);
    expect(await faulty.openOrders()).toEqual(await plain.openOrders());
    expect(await faulty.orderByClientOrderId('an-order')).toEqual(await plain.orderByClientOrderId('an-order'));
    expect(await faulty.calendar(WORLD_DATE, WORLD_DATE)).toEqual(await plain.calendar(WORLD_DATE, WORLD_DATE));
    expect(await faulty.assets(['SPY'])).toEqual(await plain.assets(['SPY']));
    expect(await faulty.cancel(accepted.kind === 'accepted' ? accepted.order.orderId : '')).toBe('requested');
    const calls = ['submit', 'account', 'positions', 'openOrders', 'orderByClientOrderId', 'calendar', 'assets', 'cancel'];
    expect(asked).toEqual(calls);
  });

  it('reads again six times before it gives up, and then says that nothing happened', async () => {
    let left = 6;
    const { faulty } = await brokers(() => (left-- > 0 ? { kind: 'request-lost' } : undefined));
    expect(await faulty.account()).toMatchObject({ cash: usd('100000') });
    left = 7;
    await expect(faulty.account()).rejects.toMatchObject({ name: 'BrokerError', effect: 'none', code: 'connection' });
  });

  it('sends a cancel once, and leaves open what became of it', async () => {
    const { plain, faulty, asked, order } = await withFaultyCancel({ kind: 'request-lost' });
    await expect(faulty.cancel(order)).rejects.toMatchObject({ effect: 'unknown', code: 'connection' });
    expect(asked).toEqual(['cancel']);
    expect(await plain.orderByClientOrderId('an-order')).toMatchObject({ status: 'pending' });
  });

  it('has canceled when only the answer was lost', async () => {
    const { plain, faulty, order } = await withFaultyCancel({ kind: 'answer-lost' });
    await expect(faulty.cancel(order)).rejects.toMatchObject({ effect: 'unknown', code: 'connection' });
    expect(await plain.orderByClientOrderId('an-order')).toMatchObject({ status: 'canceling' });
  });

  it('lets a late request arrive after it was looked for in vain', async () => {
    const { faulty, advance } = await withLateSubmission(2_000);
    expect(await faulty.orderByClientOrderId('an-order')).toBeUndefined();
    await advance(1_999);
    expect(await faulty.orderByClientOrderId('an-order')).toBeUndefined();
    await advance(1);
    expect(await faulty.orderByClientOrderId('an-order')).toMatchObject({ status: 'pending' });
  });

  it('makes one order of a late request and its repetition, whichever comes first', async () => {
    const overtaken = await withLateSubmission(2_000);
    expect(await overtaken.faulty.submit(RESTING)).toMatchObject({ kind: 'accepted' });
    await overtaken.advance(2_000);
    expect(await overtaken.faulty.openOrders()).toHaveLength(1);

    const arrived = await withLateSubmission(2_000);
    await arrived.advance(2_000);
    expect(await arrived.faulty.submit(RESTING)).toEqual({ kind: 'duplicate' });
    expect(await arrived.faulty.openOrders()).toHaveLength(1);
  });

  it('does not hide a broken assumption behind its repetitions', async () => {
    const { faulty, asked } = await brokers(() => undefined);
    await expect(faulty.assets(['not a symbol'])).rejects.toThrow(RangeError);
    await expect(faulty.cancel('../orders')).rejects.toThrow(RangeError);
    await expect(faulty.calendar('2019-06-13', '2019-06-12')).rejects.toThrow(RangeError);
    expect(asked).toEqual(['assets', 'cancel', 'calendar']);
  });
});

async function brokers(faultOf: (call: BrokerCall) => CallFault | undefined) {
  const { broker: plain, now, advance } = await simulatedWorld();
  const asked: BrokerCall[] = [];
  const faulty = faultyBroker({
    broker: plain,
    clock: { now },
    faultOf: (call) => {
      asked.push(call);
      return faultOf(call);
    },
  });
  return { plain, faulty, asked, advance };
}

/** The first submission is late, and its caller has been told that the line was lost. */
async function withLateSubmission(ms: number) {
  let isFirst = true;
  const world = await brokers((call) => {
    if (call !== 'submit' || !isFirst) return undefined;
    isFirst = false;
    return { kind: 'request-late', ms };
  });
  await expect(world.faulty.submit(RESTING)).rejects.toMatchObject({ effect: 'unknown', code: 'connection' });
  return world;
}

async function withFaultyCancel(fault: CallFault) {
  const { plain, faulty, asked } = await brokers((call) => (call === 'cancel' ? fault : undefined));
  const accepted = await plain.submit(RESTING);
  if (accepted.kind !== 'accepted') throw new Error(`the order was ${accepted.kind}`);
  return { plain, faulty, asked, order: accepted.order.orderId };
}
