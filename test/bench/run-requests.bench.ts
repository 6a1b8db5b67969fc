// How many requests the broker gets from a run of 200 orders, from the event to the end, against one for each order.
// The broker's limit is 200 a minute: what the adapter paces, this counts.

import { usd } from '../../shared/core/values/money.ts';
import { shares } from '../../shared/core/values/shares.ts';
import { SECOND_MS } from '../../shared/core/values/time.ts';
import { percent, WHOLE } from '../../shared/core/values/weight.ts';
import type { RunPorts } from '../../shared/workflow/world.ts';
import { aPolicy, DUE_EVENT, WorkflowWorld } from '../shared/workflow/workflow-world.ts';
import type { Bench } from './bench.ts';

const SELLS = 100;
const BUYS = 100;
const STEP_MS = 30 * SECOND_MS;
const SLICING = { slicesMax: 6, volumeMax: WHOLE, participationMax: WHOLE };

export const bench: Bench = {
  name: 'requests of a run',
  unit: 'requests',
  floor: 'one request an order',
  rounds: 1,
  // An order that fills at once is sent, and looked up once; one that is priced again is sent twice, canceled and looked up.
  limits: { subjectMax: 1_100 },
  prepare: async () => ({
    subjects: [
      { name: 'fills at once', measure: () => requestsOf('at once') },
      { name: 'fills at the second step', measure: () => requestsOf('at the second step') },
    ],
    floor: async () => SELLS + BUYS,
  }),
};

/** What is held is sold whole, and as many other symbols are bought. */
export async function requestsOf(fills: 'at once' | 'at the second step' | 'in slices'): Promise<number> {
  const world = aWorldOf200(fills === 'in slices');
  const { broker } = world;
  const isWorking = (clientOrderId: string) => fills === 'at the second step' && clientOrderId.endsWith('_0_0');
  broker.answer = (intent) => (isWorking(intent.clientOrderId) ? broker.take(intent) : broker.takeAndFill(intent));
  let requests = 0;
  const ports = counted(world.ports, () => {
    requests += 1;
  });
  await world.signal(DUE_EVENT, ports);
  for (let turn = 0; turn < 500; turn += 1) {
    const { done, waitSeconds } = await world.advance(ports);
    if (done) break;
    world.now += waitSeconds * SECOND_MS;
  }
  const { phase } = await world.record();
  if (phase.kind !== 'ended' || phase.ending.kind !== 'completed')
    throw new Error(`the run did not complete: ${JSON.stringify(phase.kind === 'ended' ? phase.ending : phase.kind)}`);
  if (phase.execution?.legs.length !== SELLS + BUYS) throw new Error('not 200 trades: this measures something else');
  return requests;
}

/** @param isThin 300 shares of each symbol change hands in a session, at a percent a day. */
function aWorldOf200(isThin: boolean): WorkflowWorld {
  const symbols = Array.from(
    { length: SELLS + BUYS },
    (_, index) => `S${String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26))}`,
  );
  const weights = symbols.map((symbol, index) => ({
    weight: index < SELLS ? 0n : WHOLE / BigInt(BUYS),
    child: { kind: 'asset' as const, symbol },
  }));
  const world = new WorkflowWorld(
    aPolicy({
      schedules: aPolicy().schedules.map((schedule) => ({ ...schedule, band: { absolute: percent('0.1%') } })),
      sleeves: aPolicy().sleeves.map((sleeve) => ({ ...sleeve, strategy: { kind: 'specified', children: weights } })),
      limits: { orderNotionalMax: usd('100000'), ordersMax: 200, positionMax: percent('5%'), shortMax: 0n, turnoverMax: WHOLE },
      execution: { ...aPolicy().execution, ...(isThin ? { slicing: SLICING } : {}) },
    }),
  );
  if (isThin) world.closeOf = (_, date) => 100 + (Number(date.slice(-2)) % 2);
  const { broker } = world;
  broker.held.clear();
  for (const symbol of symbols.slice(0, SELLS)) broker.held.set(symbol, shares('100'));
  broker.listed = symbols.map((symbol) => ({ symbol, isTradable: true, isFractionable: true }));
  // Each step finds the market a cent further on, and within the collar.
  const from = world.now;
  world.quotes = (symbol) => {
    const away = 10_000n * BigInt(Math.min(Math.floor((world.now - from) / STEP_MS), 10));
    return { symbol, bid: usd('99.99') - away, ask: usd('100.01') + away, at: world.now };
  };
  return world;
}

function counted(ports: RunPorts, count: () => void): RunPorts {
  return { ...ports, broker: countedCalls(ports.broker, count), marketData: countedCalls(ports.marketData, count) };
}

/** The same port; every call of it is one request. */
function countedCalls<Port extends object>(port: Port, count: () => void): Port {
  return new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...given: readonly unknown[]): unknown => {
        count();
        return Reflect.apply(member, target, given);
      };
    },
  });
}
