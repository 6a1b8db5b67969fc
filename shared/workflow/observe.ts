// What one turn sees: the live orders, then the account (so that it knows at least what the orders say), quotes
// for every leg that may still be priced, the kill switch, and what is held: somebody may have traded since the plan.
import type { Observation, SubmissionNews } from '../core/execution/observation.ts';
import type { Order } from '../core/execution/order.ts';
import type { ExecutionState } from '../core/execution/state.ts';
import type { ClientOrderId } from '../core/values/identity.ts';
import type { NanoShares } from '../core/values/shares.ts';
import { eachAtMost } from './each-at-most.ts';
import type { RunPorts } from './world.ts';

/** Look-ups under way at once: enough to be quick, few enough for the broker's rate limit. */
const LOOKUPS_AT_ONCE = 4;

export async function observe(
  portfolio: string,
  state: ExecutionState,
  news: ReadonlyMap<ClientOrderId, SubmissionNews>,
  ports: RunPorts,
): Promise<Observation> {
  const isUnfinished = state.legs.some(({ stage }) => stage.kind !== 'done');
  const openOrders = isUnfinished ? await ports.broker.openOrders() : [];
  const orders = await liveOrders(state, openOrders, ports);
  const unfinished = state.legs.filter(({ stage }) => stage.kind !== 'done').map(({ symbol }) => symbol);
  const [account, quotes, killSwitch] = await Promise.all([
    ports.broker.account(),
    unfinished.length === 0 ? new Map() : ports.marketData.latestQuotes(unfinished),
    ports.killSwitch.read(portfolio),
  ]);
  return {
    killSwitch: killSwitch.kind === 'off' ? 'off' : killSwitch.openOrders,
    account,
    orders,
    openOrders,
    quotes,
    news,
    ...(isUnfinished ? { positions: await heldQuantities(ports) } : {}),
  };
}

/** Read last: it knows every fill that the orders speak of. */
async function heldQuantities({ broker }: RunPorts): Promise<Map<string, NanoShares>> {
  return new Map((await broker.positions()).map(({ symbol, quantity }) => [symbol, quantity]));
}

/** Only orders that are not among the open ones are looked up one by one. */
async function liveOrders(state: ExecutionState, openOrders: readonly Order[], { broker }: RunPorts): Promise<Map<ClientOrderId, Order>> {
  const ids = state.legs.flatMap(({ stage }) => (stage.kind === 'waiting' || stage.kind === 'done' ? [] : [stage.intent.clientOrderId]));
  const found = new Map<ClientOrderId, Order>();
  const open = new Map(openOrders.map((order) => [order.clientOrderId, order]));
  await eachAtMost(LOOKUPS_AT_ONCE, ids, async (id) => {
    const order = open.get(id) ?? (await broker.orderByClientOrderId(id));
    if (order !== undefined) found.set(id, order);
  });
  return found;
}
