// Doing what a turn asks for, after its state was written. Every submission is preceded by a look at the kill
// switch and at the time, a cancel that only makes room for another price by a look at the switch, and every answer becomes news for the next turn.
import { metricNames } from '../contracts/metric-names.ts';
import type { Action, SubmissionNews } from '../core/execution/observation.ts';
import type { OrderIntent } from '../core/execution/order.ts';
import type { ExecutionState } from '../core/execution/state.ts';
import type { ClientOrderId } from '../core/values/identity.ts';
import { BrokerError } from '../ports/outside-error.ts';
import { eachAtMost } from './each-at-most.ts';
import type { RunPorts } from './world.ts';

const SUBMISSIONS_AT_ONCE = 4;

type CancelAction = Extract<Action, { kind: 'cancel' }>;

/** @throws StoreError when the kill switch cannot be read: it then counts as on, and nothing more is sent. */
export async function act(
  portfolio: string,
  state: ExecutionState,
  actions: readonly Action[],
  ports: RunPorts,
): Promise<ReadonlyMap<ClientOrderId, SubmissionNews>> {
  const news = new Map<ClientOrderId, SubmissionNews>();
  await eachAtMost(SUBMISSIONS_AT_ONCE, actions, async (action) => {
    if (action.kind === 'cancel') return cancel(portfolio, action, ports);
    const told = await submit(portfolio, state, action.intent, ports);
    if (told !== undefined) news.set(action.intent.clientOrderId, told);
  });
  return news;
}

/** undefined when the broker has the order: the next look finds it. */
async function submit(portfolio: string, state: ExecutionState, intent: OrderIntent, ports: RunPorts): Promise<SubmissionNews | undefined> {
  const { clientOrderId } = intent;
  const killSwitch = await ports.killSwitch.read(portfolio);
  if (killSwitch.kind === 'on') return { kind: 'withheld', because: 'kill-switch' };
  if (ports.clock.now() >= state.deadline) return { kind: 'withheld', because: 'deadline' };
  try {
    const result = await ports.broker.submit(intent);
    ports.telemetry.info('order submitted', { clientOrderId, result: result.kind });
    ports.telemetry.count(result.kind === 'rejected' ? metricNames.ordersRejected : metricNames.ordersSubmitted, 1);
    return result.kind === 'rejected' ? result : undefined;
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    ports.telemetry.warn('order submission failed', { clientOrderId, code: error.code, effect: error.effect, requestId: error.requestId });
    if (error.effect === 'none') return { kind: 'not-landed' };
    ports.telemetry.count(metricNames.submissionsUnknown, 1);
    return { kind: 'lost' };
  }
}

/**
 * A cancel that fails is asked for again on the next turn, for as long as the order is alive. One for the sake of its
 * price is not sent when orders are to be kept: no other would take its place.
 */
async function cancel(portfolio: string, { orderId, occasion }: CancelAction, ports: RunPorts): Promise<void> {
  if (occasion === 'price') {
    const killSwitch = await ports.killSwitch.read(portfolio);
    if (killSwitch.kind === 'on' && killSwitch.openOrders === 'keep') return;
  }
  try {
    const result = await ports.broker.cancel(orderId);
    ports.telemetry.info('cancel requested', { orderId, result });
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    ports.telemetry.warn('cancel failed', { orderId, code: error.code, effect: error.effect, requestId: error.requestId });
  }
}
