// A session in which nothing goes wrong any more: its run ends within a bounded number of deliveries, and what it says of
// itself is the broker's truth to the share.
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import { filledQuantity } from '../../shared/core/execution/leg.ts';
import { parseClientOrderId, type RunId } from '../../shared/core/values/identity.ts';
import { SECOND_MS } from '../../shared/core/values/time.ts';
import { approveRun } from '../../shared/workflow/approve-run.ts';
import { advanceRun } from '../../shared/workflow/execution-run.ts';
import type { RunPorts } from '../../shared/workflow/world.ts';
import type { DayParts } from './day-ports.ts';
import type { FaultyBroker } from './faulty-broker.ts';

/** A look every five seconds, and every second while something is canceled, from the event to the deadline. */
const DELIVERIES_MAX = 400;

/** What the file, the account and the day before may bring about by themselves. */
const EXPECTED_REFUSALS: ReadonlySet<string> = new Set([
  'short-not-allowed',
  'short-max',
  'short-position',
  'buying-power',
  'unreconciled',
  'session-orders',
  'position-max',
  // An order that the broker holds in an odd state outlives the request to cancel it.
  'open-orders',
]);

export interface CalmSession {
  readonly broken: readonly string[];
  readonly record: RunRecord | undefined;
}

/** @param expected for what else the run may be refused. */
export async function playCalmly(
  runId: RunId,
  { timeline, broker }: DayParts,
  ports: RunPorts,
  expected: readonly string[],
): Promise<CalmSession> {
  const first = await ports.runStore.load(runId);
  if (first?.phase.kind === 'awaiting-approval') await approveRun(runId, ports);
  let deliveries = 0;
  for (let isDone = first === undefined || first.phase.kind === 'ended'; !isDone && deliveries < DELIVERIES_MAX; deliveries += 1) {
    const turn = await advanceRun(runId, ports);
    isDone = turn.done;
    await timeline.passTo(timeline.now + turn.waitSeconds * SECOND_MS);
  }
  const record = await ports.runStore.load(runId);
  return { broken: record === undefined ? ['there is no record of a calm session'] : brokenCalm(record, broker, expected), record };
}

function brokenCalm({ runId, phase }: RunRecord, broker: FaultyBroker, expected: readonly string[]): string[] {
  if (phase.kind !== 'ended') return [`without faults a run is still ${phase.kind} after ${DELIVERIES_MAX} deliveries`];
  const { kind, code = '', detail } = phase.ending;
  if (kind === 'unresolved') return ['without faults a run ended unresolved'];
  const isExpected = EXPECTED_REFUSALS.has(code) || expected.includes(code);
  if (kind === 'refused' && !isExpected) return [`without faults a run was refused: ${code} ${detail}`];
  const broken: string[] = [];
  for (const leg of phase.execution?.legs ?? []) {
    const orders = broker.orders.filter((order) => order.symbol === leg.symbol && parseClientOrderId(order.clientOrderId)?.runId === runId);
    const truth = orders.reduce((sum, order) => sum + order.filledQuantity, 0n);
    if (truth !== filledQuantity(leg))
      broken.push(`${leg.symbol}: without faults the record says ${filledQuantity(leg)}, the broker ${truth}`);
    if (truth > leg.quantity) broken.push(`${leg.symbol}: without faults ${truth} filled of ${leg.quantity} planned`);
  }
  return broken;
}
