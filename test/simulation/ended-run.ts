// What must be true of a run that has ended: its artifacts are a chain that nobody touched, and whoever turns its crank
// again changes nothing.
import { contentHash } from '../../shared/contracts/canonical-json.ts';
import { ARTIFACT_KINDS, encodeRunRecord, type RunRecord } from '../../shared/contracts/run-record.ts';
import { approveRun } from '../../shared/workflow/approve-run.ts';
import { advanceRun, UnresolvedRun } from '../../shared/workflow/execution-run.ts';
import type { RunPorts } from '../../shared/workflow/world.ts';
import type { DayStores } from './day-ports.ts';
import type { FaultyBroker } from './faulty-broker.ts';

/** Each artifact is what its hash says, and names the one before it. */
export async function brokenArtifacts({ artifacts: hashes, phase }: RunRecord, { artifacts }: DayStores): Promise<string[]> {
  const broken: string[] = [];
  let previous: string | undefined;
  for (const kind of ARTIFACT_KINDS) {
    const hash = hashes[kind];
    if (hash === undefined) continue;
    const text = await artifacts.get(hash);
    if (text === undefined) {
      broken.push(`the ${kind} is not stored`);
      continue;
    }
    if (contentHash(text) !== hash) broken.push(`the ${kind} is not what its hash says`);
    // The text is canonical: a key and its value stand side by side.
    if (!text.includes(`"kind":"${kind}"`)) broken.push(`the ${kind} is of another kind`);
    if (previous !== undefined && !text.includes(`"previous":"${previous}"`))
      broken.push(`the ${kind} does not name the artifact before it`);
    previous = hash;
  }
  const hasTraded = phase.kind === 'ended' && phase.execution !== undefined;
  if (hasTraded && phase.ending.code !== 'closed-by-hand' && hashes.outcome === undefined)
    broken.push('a run has ended without an outcome');
  return broken;
}

/** Every step of an ended run, once more: the record, the artifacts and the broker stay as they are. */
export async function brokenRepetition(
  record: RunRecord,
  broker: FaultyBroker,
  ports: RunPorts,
  signal: () => Promise<unknown>,
): Promise<string[]> {
  if (record.phase.kind !== 'ended') return [];
  const orders = broker.orders.length;
  await signal();
  await approveRun(record.runId, ports);
  try {
    await advanceRun(record.runId, ports);
  } catch (error) {
    if (!(error instanceof UnresolvedRun)) throw error;
  }
  const after = await ports.runStore.load(record.runId);
  const broken: string[] = [];
  if (after === undefined || encodeRunRecord(after) !== encodeRunRecord(record))
    broken.push('an ended run was changed by turning its crank again');
  if (broker.orders.length !== orders) broken.push('an ended run sent orders again');
  return broken;
}
