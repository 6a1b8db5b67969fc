// What reconciling may reach: it looks at the account, and sends nothing to it.
import type { Broker } from '../ports/broker.ts';
import type { RunPorts } from './world.ts';

export interface LedgerPorts extends Pick<RunPorts, 'ledgers' | 'artifacts' | 'clock' | 'runStore'> {
  readonly broker: Pick<Broker, 'account' | 'positions' | 'openOrders' | 'orderByClientOrderId' | 'activities'>;
}
