// Ends a run whose engine died, by a person's word, once the broker has said of every order of it what became of it.
// Until then the run blocks its portfolio. It trades nothing and cancels nothing.
import type { RunRecord } from '../contracts/run-record.ts';
import { closeByHand, ordersOf, type StillPossible } from '../core/execution/close-by-hand.ts';
import { GIVE_UP_AFTER_CLOSE_MS } from '../core/execution/follow-order.ts';
import type { Order } from '../core/execution/order.ts';
import type { FilledOrder } from '../core/ledger/count-fills.ts';
import { type ClientOrderId, parseClientOrderId, type RunId } from '../core/values/identity.ts';
import type { EpochMs } from '../core/values/time.ts';
import { countFillsOf } from './count-fills-of.ts';
import { eachAtMost } from './each-at-most.ts';
import type { LedgerPorts } from './ledger-ports.ts';

export type Closing =
  | { readonly kind: 'closed'; readonly record: RunRecord; readonly orders: readonly FilledOrder[] }
  | { readonly kind: 'no-such-run' }
  | { readonly kind: 'not-executing'; readonly phase: RunRecord['phase']['kind'] }
  /** A request of it may still be in flight. */
  | { readonly kind: 'too-early'; readonly from: EpochMs }
  | { readonly kind: 'still-possible'; readonly orders: readonly StillPossible[] }
  /** Somebody wrote the record meanwhile: the run is alive. */
  | { readonly kind: 'alive' };

const LOOKUPS_AT_ONCE = 4;

/** @throws BrokerError, StoreError; UnreadableRecord for a run of another release. */
export async function closeRun(
  runId: RunId,
  { who, reason }: { readonly who: string; readonly reason: string },
  ports: LedgerPorts,
): Promise<Closing> {
  const record = await ports.runStore.load(runId);
  if (record === undefined) return { kind: 'no-such-run' };
  if (record.phase.kind !== 'executing') return { kind: 'not-executing', phase: record.phase.kind };
  const { execution } = record.phase;
  const from = execution.close + GIVE_UP_AFTER_CLOSE_MS;
  if (ports.clock.now() < from) return { kind: 'too-early', from };

  const found = await lookUp(ordersOf(execution), ports);
  const closed = closeByHand(execution, found);
  const open = await openOrdersOf(runId, ports);
  const possible = [
    ...(closed.kind === 'still-possible' ? closed.orders : []),
    ...open.filter(({ clientOrderId }) => !found.has(clientOrderId)),
  ];
  if (closed.kind === 'still-possible' || possible.length > 0) return { kind: 'still-possible', orders: possible };

  // A late fill of an order that the record closed is in what the broker says, and not in the record.
  const orders = [...found.values()];
  await countFillsOf(record, orders, ports);
  const at = ports.clock.now();
  const detail = `closed by ${who}: ${reason}`;
  const ended: RunRecord = {
    ...record,
    version: record.version + 1,
    updatedAt: at,
    phase: { kind: 'ended', ending: { kind: 'unresolved', code: 'closed-by-hand', detail, at }, execution: closed.state },
  };
  if ((await ports.runStore.save(ended)) === 'stale') return { kind: 'alive' };
  return { kind: 'closed', record: ended, orders };
}

async function lookUp(ids: readonly ClientOrderId[], { broker }: Pick<LedgerPorts, 'broker'>): Promise<ReadonlyMap<ClientOrderId, Order>> {
  const found = new Map<ClientOrderId, Order>();
  await eachAtMost(LOOKUPS_AT_ONCE, ids, async (id) => {
    const order = await broker.orderByClientOrderId(id);
    if (order !== undefined) found.set(id, order);
  });
  return found;
}

/** An order that the record does not hold was never sent; that is no reason not to look. */
async function openOrdersOf(runId: RunId, { broker }: Pick<LedgerPorts, 'broker'>): Promise<StillPossible[]> {
  return (await broker.openOrders())
    .filter(({ clientOrderId }) => parseClientOrderId(clientOrderId)?.runId === runId)
    .map(({ clientOrderId, status }) => ({ clientOrderId, status }));
}
