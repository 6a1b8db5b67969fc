// Faults of the exchange from which a session recovers, for the suites that draw some.
import type { Fault } from '../../exchange/faults/fault.ts';

export const FAULTS: readonly Fault[] = [
  { kind: 'error-after-acceptance', route: 'POST /v2/orders' },
  { kind: 'drop-after-acceptance', route: 'POST /v2/orders' },
  { kind: 'drop-connection', route: 'POST /v2/orders' },
  { kind: 'too-many-requests', route: 'POST /v2/orders' },
  { kind: 'server-error', route: 'POST /v2/orders', status: 503 },
  { kind: 'server-error', route: 'GET /v2/', status: 504 },
  { kind: 'drop-connection', route: 'GET /v2/' },
  { kind: 'drop-after-acceptance', route: 'DELETE /v2/orders' },
  { kind: 'partial-fill' },
  { kind: 'fill-after-cancel', symbol: 'SPY' },
  { kind: 'reject', symbol: 'TLT' },
];
