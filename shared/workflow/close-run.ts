// Ends a run whose engine died, by a person's word, once the broker has said of every order of it what became of it.
// Until then the run blocks its portfolio. It trades nothing and cancels nothing.
import type { RunRecord } from '../contracts/run-record.ts';
import { closeByHand, closeUnasked, ordersOf, type StillPossible } from '../core/execution/close-by-hand.ts';
import { GIVE_UP_AFTER_CLOSE_MS } from '../core/execution/follow-order.ts';
import type { Order } from '../core/execution/order.ts';
import type { ExecutionState } from '../core/execution/state.ts';
import type { FilledOrder } from '../core/ledger/count-fills.ts';
import { type ClientOrderId, parseClientOrderId, type RunId } from '../core/values/identity.ts';
import type { EpochMs } from '../core/values/time.ts';
import { BrokerError } from '../ports/outside-error.ts';
import { type AccountMismatch, mismatchOf, plannedAccount } from './account-fence.ts';
import { countFillsOf } from './count-fills-of.ts';
import { eachAtMost } from './each-at-most.ts';
import type { LedgerPorts } from './ledger-ports.ts';

export type Closing =
  | { readonly kind: 'closed'; readonly record: RunRecord; readonly orders: readonly FilledOrder[] }
  | { readonly kind: 'no-such-run' }
  | { readonly kind: 'not-executing'; readonly phase: RunRecord['phase']['kind'] }
  /** A request of it may still be in flight. */
  | { readonly kind: 'too-early'; readonly from: EpochMs }
  /** What the broker says of its orders, it says of another account's. */
  | ({ readonly kind: 'other-account' } & AccountMismatch)
  /** It is said to be gone, and is there. */
  | { readonly kind: 'account-answers'; readonly account: string }
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
  const run = await closable(runId, ports);
  if (run.kind !== 'closable') return run;
  const { record, execution } = run;
  const account = await ports.broker.account();
  const mismatch = await mismatchOf(record, account, ports);
  if (mismatch !== undefined) return { kind: 'other-account', ...mismatch };

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
  await countFillsOf({ ...record, accountNumber: account.accountNumber }, orders, ports);
  return endByHand(record, closed.state, `closed by ${who}: ${reason}`, orders, ports);
}

/**
 * The same for a run whose account is gone for good, on the word of a person who names it: nobody is left to ask, and nothing
 * of it is counted.
 * @throws BrokerError, StoreError; UnreadableRecord for a run of another release.
 */
export async function closeRunOfGoneAccount(
  runId: RunId,
  { who, reason, account }: { readonly who: string; readonly reason: string; readonly account: string },
  ports: LedgerPorts,
): Promise<Closing> {
  const found = await closable(runId, ports);
  if (found.kind !== 'closable') return found;
  const { record, execution } = found;
  const planned = await plannedAccount(record, ports);
  if (planned !== undefined && planned !== account) return { kind: 'other-account', planned, answers: account };
  if ((await numberAnswering(ports)) === account) return { kind: 'account-answers', account };
  return endByHand(record, closeUnasked(execution), `closed by ${who}, account ${account} being gone: ${reason}`, [], ports);
}

/** undefined where the broker knows no account by these keys. */
async function numberAnswering({ broker }: Pick<LedgerPorts, 'broker'>): Promise<string | undefined> {
  try {
    return (await broker.account()).accountNumber;
  } catch (error) {
    if (error instanceof BrokerError && (error.code === 'unauthorized' || error.code === 'http-403')) return undefined;
    throw error;
  }
}

type Closable = { readonly kind: 'closable'; readonly record: RunRecord; readonly execution: ExecutionState };

async function closable(
  runId: RunId,
  ports: LedgerPorts,
): Promise<Closable | Extract<Closing, { kind: 'no-such-run' | 'not-executing' | 'too-early' }>> {
  const record = await ports.runStore.load(runId);
  if (record === undefined) return { kind: 'no-such-run' };
  if (record.phase.kind !== 'executing') return { kind: 'not-executing', phase: record.phase.kind };
  const { execution } = record.phase;
  const from = execution.close + GIVE_UP_AFTER_CLOSE_MS;
  return ports.clock.now() < from ? { kind: 'too-early', from } : { kind: 'closable', record, execution };
}

async function endByHand(
  record: RunRecord,
  execution: ExecutionState,
  detail: string,
  orders: readonly FilledOrder[],
  { clock, runStore }: LedgerPorts,
): Promise<Closing> {
  const at = clock.now();
  const ended: RunRecord = {
    ...record,
    version: record.version + 1,
    updatedAt: at,
    phase: { kind: 'ended', ending: { kind: 'unresolved', code: 'closed-by-hand', detail, at }, execution },
  };
  if ((await runStore.save(ended)) === 'stale') return { kind: 'alive' };
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
