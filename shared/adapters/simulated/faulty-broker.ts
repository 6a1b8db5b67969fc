// A broker behind a line that fails when told to: requests and answers get lost or come late, too many are refused.
// Whoever drives a simulation decides when. Like the Alpaca adapter it repeats reads and never a submission or a cancel.
import type { EpochMs } from '../../core/values/time.ts';
import type { Broker } from '../../ports/broker.ts';
import type { Clock } from '../../ports/clock.ts';
import { BrokerError, type Effect } from '../../ports/outside-error.ts';

export type BrokerCall = Exclude<keyof Broker, 'capabilities'>;

/**
 * - `request-lost`: it never arrived, which the caller cannot know
 * - `request-late`: the same to the caller, but it arrives `ms` later: not found now is no proof that it never will be
 * - `answer-lost`: it arrived and did what it does, and nobody hears of it
 * - `rate-limited`: it was certainly not taken
 */
export type CallFault =
  | { readonly kind: 'request-lost' | 'answer-lost' | 'rate-limited' }
  | { readonly kind: 'request-late'; readonly ms: number };

export interface FaultyBrokerOptions {
  readonly broker: Broker;
  readonly clock: Clock;
  /** What befalls this call, asked at every try; undefined lets it through. */
  readonly faultOf: (call: BrokerCall) => CallFault | undefined;
}

interface LateRequest {
  readonly dueAt: EpochMs;
  readonly deliver: () => Promise<unknown>;
}

/** As often as the Alpaca adapter reads before it gives up. */
const READS_MAX = 7;

export function faultyBroker({ broker, clock, faultOf }: FaultyBrokerOptions): Broker {
  let underWay: readonly LateRequest[] = [];

  return {
    capabilities: broker.capabilities,
    account: () => read('account', () => broker.account()),
    positions: () => read('positions', () => broker.positions()),
    openOrders: () => read('openOrders', () => broker.openOrders()),
    orderByClientOrderId: (id) => read('orderByClientOrderId', () => broker.orderByClientOrderId(id)),
    submit: (intent) => send('submit', () => broker.submit(intent), 'unknown'),
    cancel: (orderId) => send('cancel', () => broker.cancel(orderId), 'unknown'),
    calendar: (from, to) => read('calendar', () => broker.calendar(from, to)),
    assets: (symbols) => read('assets', () => broker.assets(symbols)),
    activities: (from) => read('activities', () => broker.activities(from)),
  };

  async function read<Answer>(call: BrokerCall, ask: () => Promise<Answer>): Promise<Answer> {
    for (let reads = 1; ; reads += 1) {
      try {
        return await send(call, ask, 'none');
      } catch (error) {
        if (!(error instanceof BrokerError) || reads === READS_MAX) throw error;
      }
    }
  }

  /** @param effect what a lost line leaves open. */
  async function send<Answer>(call: BrokerCall, ask: () => Promise<Answer>, effect: Effect): Promise<Answer> {
    await deliverWhatIsDue();
    const fault = faultOf(call);
    if (fault?.kind === 'rate-limited') throw new BrokerError(`${call} was one request too many`, { effect: 'none', code: 'rate-limited' });
    if (fault?.kind === 'request-late') underWay = [...underWay, { dueAt: clock.now() + fault.ms, deliver: ask }];
    if (fault?.kind === 'request-late' || fault?.kind === 'request-lost') throw lineLost(call, effect);
    const answer = await ask();
    if (fault?.kind === 'answer-lost') throw lineLost(call, effect);
    return answer;
  }

  /** The book's time moves with the calls, so a late request arrives with the first call after it is due. */
  async function deliverWhatIsDue(): Promise<void> {
    const due = underWay.filter(({ dueAt }) => dueAt <= clock.now());
    underWay = underWay.filter((request) => !due.includes(request));
    for (const { deliver } of due) await deliver();
  }
}

function lineLost(call: BrokerCall, effect: Effect): BrokerError {
  return new BrokerError(`${call} lost its connection`, { effect, code: 'connection' });
}
