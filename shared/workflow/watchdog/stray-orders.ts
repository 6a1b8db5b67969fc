// Orders of ours that no live run follows: they are canceled, for nobody would ever look at them again. What they fill after
// all is counted by the ledger as a late fill. An order of somebody else is left alone, whatever its name,
// and so is whatever another account than the run's holds under our names.
import type { RunRecord } from '../../contracts/run-record.ts';
import { GIVE_UP_AFTER_CLOSE_MS } from '../../core/execution/follow-order.ts';
import { isTerminal, type Order } from '../../core/execution/order.ts';
import { parseClientOrderId, parseRunId } from '../../core/values/identity.ts';
import type { EpochMs } from '../../core/values/time.ts';
import { BrokerError } from '../../ports/outside-error.ts';
import { plannedAccount } from '../account-fence.ts';
import type { Finding } from './finding.ts';
import type { WatchdogPorts } from './watchdog-world.ts';

/** @throws BrokerError when the orders cannot be read, StoreError when the runs cannot. */
export async function cancelStrays(
  portfolio: string,
  ports: Pick<WatchdogPorts, 'broker' | 'runStore' | 'artifacts' | 'ledgers' | 'clock' | 'telemetry'>,
): Promise<Finding[]> {
  const ours = (await ports.broker.openOrders()).flatMap((order) => {
    const named = parseClientOrderId(order.clientOrderId);
    if (named === undefined || parseRunId(named.runId)?.portfolio !== portfolio || isTerminal(order.status)) return [];
    const isAsNamed = named.symbol === order.symbol && named.side === order.side;
    return isAsNamed ? [{ order, runId: named.runId }] : [];
  });
  if (ours.length === 0) return [];
  const { accountNumber: answers } = await ports.broker.account();
  const told: string[] = [];
  const elsewhere: string[] = [];
  for (const { order, runId } of ours) {
    const record = await ports.runStore.load(runId);
    if (record !== undefined && (isFollowed(record, ports.clock.now()) || isDisowned(order, record))) continue;
    const planned = await accountOf(portfolio, record, ports);
    if (planned === undefined || planned === answers) told.push(`${textOf(order)}: ${await cancel(order, ports)}`);
    else elsewhere.push(`${textOf(order)}: its run was planned for account ${planned}`);
  }
  return [
    ...findings(told, (orders) => ({
      code: 'stray-orders',
      subject: `${told.length} stray ${orders}`,
      body: `Open at the broker, and of no run that lives: ${told.join('; ')}.`,
      done: 'It asked the broker to cancel them. What they have filled is counted in the ledger.',
    })),
    ...findings(elsewhere, (orders) => ({
      code: 'other-account',
      subject: `${elsewhere.length} ${orders} under our names in another account`,
      body: `Open in account ${answers}, which answers now: ${elsewhere.join('; ')}.`,
      done: 'It left them alone: their runs belong to another account.',
    })),
  ];
}

function findings(told: readonly string[], found: (orders: 'order' | 'orders') => Finding): Finding[] {
  return told.length === 0 ? [] : [found(told.length === 1 ? 'order' : 'orders')];
}

/** Of a run that nobody knows, or that was never planned: where its portfolio trades. */
async function accountOf(
  portfolio: string,
  record: RunRecord | undefined,
  ports: Pick<WatchdogPorts, 'artifacts' | 'ledgers'>,
): Promise<string | undefined> {
  const planned = record === undefined ? undefined : await plannedAccount(record, ports);
  return planned ?? (await ports.ledgers.load(portfolio))?.accountNumber;
}

function textOf({ side, symbol, clientOrderId, status }: Order): string {
  return `${side} ${symbol} (${clientOrderId}, ${status})`;
}

/** A run follows its orders until it gives them up, a while after its session; later only a person does. */
function isFollowed({ phase }: RunRecord, now: EpochMs): boolean {
  return phase.kind === 'executing' && now < phase.execution.close + GIVE_UP_AFTER_CLOSE_MS;
}

/** The run has seen that somebody else sent it, or an order of its own under this name had another size. */
function isDisowned({ orderId, clientOrderId, quantity }: Order, { phase }: RunRecord): boolean {
  const legs = 'execution' in phase ? (phase.execution?.legs ?? []) : [];
  return legs.some(({ stage, closedOrders }) => {
    if (stage.kind === 'done' && stage.residual?.code === 'foreign-order' && stage.residual.figures['orderId'] === orderId) return true;
    const own = [...closedOrders, ...('intent' in stage ? [stage.intent] : [])].find((each) => each.clientOrderId === clientOrderId);
    return own !== undefined && own.quantity !== quantity;
  });
}

async function cancel(order: Order, { broker, telemetry }: Pick<WatchdogPorts, 'broker' | 'telemetry'>): Promise<string> {
  try {
    const result = await broker.cancel(order.orderId);
    telemetry.warn('stray order canceled', { clientOrderId: order.clientOrderId, result });
    return `cancel ${result}`;
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    telemetry.error('stray order not canceled', { clientOrderId: order.clientOrderId, code: error.code });
    return `the cancel failed (${error.code}): cancel it on the broker's own page`;
  }
}
