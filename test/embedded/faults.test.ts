// A session in a world that misbehaves, through the real handlers over real HTTP. Whatever happens, no order is made
// twice, what is held is what the record says was bought, and everything that was planned and not done has its reason.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../exchange/faults/fault.ts';
import { formatShares, shares } from '../../shared/core/values/shares.ts';
import { aWorld, DAY, dueAt, type EmbeddedDay, NEXT_DAY, RUN_ID, removeFolder } from './a-world.ts';

let day: EmbeddedDay;
beforeEach(async () => {
  day = await aWorld();
});
afterEach(async () => {
  await day.close();
  removeFolder(day.folder);
});

/** The broker's own book against the record, whatever the run came to. */
async function expectTrueRecord(runId: string = RUN_ID): Promise<void> {
  const { trades, unexplained } = await day.outcome(runId);
  const onRecord = trades.flatMap(({ orders }) => orders);
  const atBroker = day.orders().filter(({ clientOrderId }) => clientOrderId.startsWith(runId.replaceAll('/', '_')));
  const accepted = onRecord.filter(({ status }) => status !== 'rejected');
  expect(atBroker.map(({ clientOrderId, filledQuantity }) => `${clientOrderId} ${filledQuantity}`).sort()).toEqual(
    accepted.map(({ clientOrderId, filledQuantity }) => `${clientOrderId} ${filledQuantity}`).sort(),
  );
  expect(new Set(atBroker.map(({ clientOrderId }) => clientOrderId)).size).toBe(atBroker.length);
  for (const { symbol, quantity, residual, orders } of trades) {
    const filled = orders.reduce((sum, order) => sum + order.filledQuantity, 0n);
    expect(formatShares(filled + (residual?.quantity ?? 0n)), symbol).toBe(formatShares(quantity));
  }
  expect(unexplained).toEqual([]);
}

describe('an undisturbed session', () => {
  it('buys half of each fund for 99 % of the cash', async () => {
    expect(await day.rebalance()).toBe('ended');
    const held = day.shares();
    // $ 49 500 each, of shares at $ 100 and $ 50: 495 and 990, give or take what the price moved within the day.
    expect(Math.abs(Number(held['SPY']) - 495)).toBeLessThan(2);
    expect(Math.abs(Number(held['TLT']) - 990)).toBeLessThan(3);
    expect(held).toEqual(await day.planned());
    await expectTrueRecord();
  });

  it('sells what rose and buys what did not on the next day', async () => {
    await day.rebalance();
    expect(await day.rebalance(NEXT_DAY)).toBe('ended');
    const { trades } = await day.plan(`pair/${NEXT_DAY}/daily`);
    expect(trades.map(({ side, symbol }) => `${side} ${symbol}`).sort()).toEqual(['buy TLT', 'sell SPY']);
    await expectTrueRecord(`pair/${NEXT_DAY}/daily`);
  });

  it('does nothing more when the event and the turn come again', async () => {
    await day.rebalance();
    const orders = day.orders().length;
    expect(await day.signal()).toMatchObject({ kind: 'already-ended', ending: 'completed' });
    expect(await day.drive()).toBe('ended');
    expect(day.orders()).toHaveLength(orders);
  });

  it('makes one run of an event that is delivered five times at once', async () => {
    const told = await Promise.allSettled(Array.from({ length: 5 }, () => day.signal()));
    // A delivery that loses the claim in mid-plan finds the frozen plan of the other.
    expect(told.map(({ status }) => status)).toEqual(Array(5).fill('fulfilled'));
    await day.drive();
    expect(day.shares()).toEqual(await day.planned());
    await expectTrueRecord();
  });

  it('makes every order once when three engines turn the crank at once', async () => {
    await day.signal();
    expect(await Promise.all([day.drive(), day.drive(), day.drive()])).toEqual(['ended', 'ended', 'ended']);
    expect(day.shares()).toEqual(await day.planned());
    await expectTrueRecord();
  });
});

describe('an exchange that answers badly', () => {
  const POST = 'POST /v2/orders';
  it.each<[string, Fault]>([
    ['an error after an order was accepted', { kind: 'error-after-acceptance', route: POST, count: 1 }],
    ['errors after every order was accepted', { kind: 'error-after-acceptance', route: POST, count: 4 }],
    ['a connection that drops after an order was accepted', { kind: 'drop-after-acceptance', route: POST, count: 1 }],
    ['connections that drop after every order was accepted', { kind: 'drop-after-acceptance', route: POST, count: 4 }],
    ['a connection that drops before an order arrives', { kind: 'drop-connection', route: POST, count: 2 }],
    ['too many requests', { kind: 'too-many-requests', route: POST, count: 2 }],
    ['500 for an order', { kind: 'server-error', route: POST, status: 500, count: 2 }],
    ['503 for an order', { kind: 'server-error', route: POST, status: 503, count: 3 }],
    ['connections that drop under questions', { kind: 'drop-connection', route: 'GET /v2/', count: 3 }],
    ['504 for questions', { kind: 'server-error', route: 'GET /v2/', status: 504, count: 3 }],
    ['fills in parts', { kind: 'partial-fill', count: 3 }],
  ])('buys what was planned in spite of %s', async (_, fault) => {
    await day.signal();
    await day.arm(fault);
    expect(await day.drive()).toBe('ended');
    expect(day.shares()).toEqual(await day.planned());
    expect(await day.residuals()).toEqual([]);
    await expectTrueRecord();
  });

  it('gives the run up after its retries when nothing is answered, and finishes it when it is redriven', async () => {
    await day.signal();
    const { id } = await day.arm({ kind: 'server-error', route: 'GET /v2/', status: 503 });
    expect(await day.drive()).toBe('dead-letter');
    expect(day.orders()).toEqual([]);
    expect(day.deadLetters).toEqual([{ runId: RUN_ID, error: expect.stringMatching(/^BrokerError: .*503/) }]);
    expect((await day.queuedDeadLetters()).map((body) => JSON.parse(body) as unknown)).toEqual(day.deadLetters);
    expect(id).toBeGreaterThan(0);
    await day.clearFaults();
    expect(await day.drive()).toBe('ended');
    expect(day.shares()).toEqual(await day.planned());
    await expectTrueRecord();
  });

  it('ends unresolved, for a person to look, when no order ever gets an answer', async () => {
    await day.signal();
    await day.arm({ kind: 'drop-connection', route: POST });
    expect(await day.drive()).toBe('dead-letter');
    expect(await day.ending()).toMatchObject({ kind: 'unresolved', detail: 'buy SPY: unresolved, buy TLT: unresolved' });
    expect(day.deadLetters[0]?.error).toMatch(/^UnresolvedRun: run pair\/2019-03-14\/daily is unresolved/);
    expect(day.orders()).toEqual([]);
  });
});

describe('an exchange that does what exchanges do', () => {
  it('explains what was rejected, and buys the rest', async () => {
    await day.signal();
    await day.arm({ kind: 'reject', symbol: 'SPY', count: 1 });
    expect(await day.drive()).toBe('ended');
    expect(await day.residuals()).toEqual(['SPY rejected']);
    expect(Object.keys(day.shares())).toEqual(['TLT']);
    expect(await day.notices()).toEqual([expect.stringContaining('completed with residuals')]);
  });

  it('does not buy again what filled while it was being canceled', async () => {
    await day.close();
    day = await aWorld({ portfolio: (text) => `${text}execution: { style: patient }\n` });
    await day.signal();
    await day.arm({ kind: 'fill-after-cancel', symbol: 'SPY', count: 1 });
    expect(await day.drive()).toBe('ended');
    expect(day.shares()).toEqual(await day.planned());
    // At the mid nobody sells: the first order was canceled, and filled all the same.
    const spy = day.orders().filter(({ symbol }) => symbol === 'SPY');
    expect(spy.map(({ status, quantity, filledQuantity }) => [status, filledQuantity === quantity])).toEqual([['filled', true]]);
    const [first] = day.orders().filter(({ symbol }) => symbol === 'TLT');
    expect(first).toMatchObject({ status: 'canceled', filledQuantity: 0n });
    await expectTrueRecord();
  });

  it('leaves a halted symbol after as long as its price steps would have taken, and prices no order again meanwhile', async () => {
    await day.signal();
    await day.arm({ kind: 'halt', symbol: 'TLT' });
    expect(await day.drive()).toBe('ended');
    expect(await day.residuals()).toEqual(['TLT suspended']);
    expect(day.orders().filter(({ symbol }) => symbol === 'TLT')).toHaveLength(1);
    await expectTrueRecord();
  });

  it.each<[Fault['kind'], string]>([
    ['stale-quote', 'quote-stale'],
    ['crossed-quote', 'quote-crossed'],
    ['zero-quote', 'quote-zero'],
  ])('plans nothing on a %s, and says so with the figures', async (kind, code) => {
    await day.arm({ kind, symbol: 'TLT', ...(kind === 'stale-quote' ? { ms: 600_000 } : {}) });
    expect(await day.signal()).toMatchObject({ kind: 'handed-over' });
    const { skipped, trades } = await day.plan();
    expect(trades.map(({ symbol }) => symbol)).toEqual(['SPY']);
    expect(skipped).toEqual([expect.objectContaining({ symbol: 'TLT', code })]);
    expect(Object.keys(skipped[0]?.figures ?? {}).length).toBeGreaterThan(0);
    expect(await day.drive()).toBe('ended');
    expect(Object.keys(day.shares())).toEqual(['SPY']);
    await expectTrueRecord();
  });

  it.each<[Fault['kind'], string]>([
    ['stale-quote', 'quote-stale'],
    ['crossed-quote', 'quote-crossed'],
    ['zero-quote', 'quote-zero'],
  ])('sends nothing on a %s that comes after the plan', async (kind, code) => {
    await day.signal();
    await day.arm({ kind, symbol: 'TLT', ...(kind === 'stale-quote' ? { ms: 600_000 } : {}) });
    expect(await day.drive()).toBe('ended');
    expect(await day.residuals()).toEqual([`TLT ${code}`]);
    expect(day.orders().map(({ symbol }) => symbol)).toEqual(['SPY']);
    await expectTrueRecord();
  });

  it('cuts the buys to the proceeds when a sell is rejected', async () => {
    await day.rebalance();
    const before = day.shares();
    const runId = `pair/${NEXT_DAY}/daily`;
    day.goTo(dueAt(NEXT_DAY));
    await day.signal(day.event(NEXT_DAY));
    await day.arm({ kind: 'reject', symbol: 'SPY', count: 1 });
    expect(await day.drive(runId)).toBe('ended');
    expect(await day.residuals(runId)).toContain('SPY rejected');
    expect(day.shares()['SPY']).toBe(before['SPY']);
    // One per cent of $ 100 000 was kept back: what can be bought of TLT at $ 50 is no more than 20 shares.
    expect(shares(day.shares()['TLT'] ?? '') - shares(before['TLT'] ?? '')).toBeLessThanOrEqual(shares('21'));
    expect(day.world.exchange.desk.book.cash).toBeGreaterThanOrEqual(0n);
  });
});

describe('a calendar that disagrees', () => {
  it.each([
    ['the session', DAY],
    ['the day on which its trades settle', '2019-03-18'],
  ])('refuses the run and names %s', async (_, date) => {
    await day.arm({ kind: 'calendar-disagrees', date });
    expect(await day.signal()).toMatchObject({
      kind: 'refused',
      code: 'calendar-disagrees',
      detail: expect.stringContaining(`on ${date} ours says`),
    });
    expect(day.orders()).toEqual([]);
    expect(await day.notices()).toEqual([expect.stringContaining('calendar-disagrees')]);
    // A refusal stands: the same event again does not try again.
    await day.clearFaults();
    expect(await day.signal()).toMatchObject({ kind: 'already-ended', ending: 'refused' });
  });
});
