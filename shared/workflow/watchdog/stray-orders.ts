// Orders of ours that no live run follows: they are canceled, for nobody would ever look at them again. What they fill after
// all is counted by the ledger as a late fill.
import { isTerminal, type Order } from '../../core/execution/order.ts';
import { parseClientOrderId, parseRunId, type RunId } from '../../core/values/identity.ts';
import type { EpochMs } from '../../core/values/time.ts';
import { BrokerError } from '../../ports/outside-error.ts';
import type { RunStore } from '../../ports/run-store.ts';
import type { Finding } from './finding.ts';
import type { WatchdogPorts } from './watchdog-world.ts';

/** @throws BrokerError when the orders cannot be read, StoreError when the runs cannot. */
export async function cancelStrays(
  portfolio: string,
  ports: Pick<WatchdogPorts, 'broker' | 'runStore' | 'clock' | 'telemetry'>,
): Promise<Finding[]> {
  const ours = (await ports.broker.openOrders()).flatMap((order) => {
    const runId = parseClientOrderId(order.clientOrderId)?.runId;
    const isOurs = runId !== undefined && parseRunId(runId)?.portfolio === portfolio && !isTerminal(order.status);
    return isOurs ? [{ order, runId }] : [];
  });
  const told: string[] = [];
  for (const { order, runId } of ours) {
    if (await isFollowed(runId, ports.clock.now(), ports.runStore)) continue;
    told.push(`${order.side} ${order.symbol} (${order.clientOrderId}, ${order.status}): ${await cancel(order, ports)}`);
  }
  if (told.length === 0) return [];
  return [
    {
      code: 'stray-orders',
      subject: `${told.length} stray ${told.length === 1 ? 'order' : 'orders'}`,
      body: `Open at the broker, and of no run that lives: ${told.join('; ')}.`,
      done: 'It asked the broker to cancel them. What they have filled is counted in the ledger.',
    },
  ];
}

/** A run follows its orders until its session closes; later only a person does. */
async function isFollowed(runId: RunId, now: EpochMs, runStore: Pick<RunStore, 'load'>): Promise<boolean> {
  const record = await runStore.load(runId);
  return record?.phase.kind === 'executing' && now < record.phase.execution.close;
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
