// A broker behind a line that fails when told to: requests and answers get lost, too many are refused. Whoever drives a
// simulation decides when. Like the Alpaca adapter it repeats reads and never a submission or a cancel.
import type { Broker } from '../../ports/broker.ts';
import { BrokerError, type Effect } from '../../ports/outside-error.ts';

export type BrokerCall = keyof Broker;

/**
 * - `request-lost`: it never arrived, which the caller cannot know
 * - `answer-lost`: it arrived and did what it does, and nobody hears of it
 * - `rate-limited`: it was certainly not taken
 */
export type CallFault = 'request-lost' | 'answer-lost' | 'rate-limited';

/** As often as the Alpaca adapter reads before it gives up. */
const READS_MAX = 7;

/** @param faultOf what befalls this call, asked at every try; undefined lets it through. */
export function faultyBroker(broker: Broker, faultOf: (call: BrokerCall) => CallFault | undefined): Broker {
  return {
    account: () => read('account', () => broker.account()),
    positions: () => read('positions', () => broker.positions()),
    openOrders: () => read('openOrders', () => broker.openOrders()),
    orderByClientOrderId: (id) => read('orderByClientOrderId', () => broker.orderByClientOrderId(id)),
    submit: (intent) => send('submit', () => broker.submit(intent), 'unknown'),
    cancel: (orderId) => send('cancel', () => broker.cancel(orderId), 'unknown'),
    calendar: (from, to) => read('calendar', () => broker.calendar(from, to)),
    assets: (symbols) => read('assets', () => broker.assets(symbols)),
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
    const fault = faultOf(call);
    if (fault === 'rate-limited') throw new BrokerError(`${call} was one request too many`, { effect: 'none', code: 'rate-limited' });
    if (fault === 'request-lost') throw lineLost(call, effect);
    const answer = await ask();
    if (fault === 'answer-lost') throw lineLost(call, effect);
    return answer;
  }
}

function lineLost(call: BrokerCall, effect: Effect): BrokerError {
  return new BrokerError(`${call} lost its connection`, { effect, code: 'connection' });
}
