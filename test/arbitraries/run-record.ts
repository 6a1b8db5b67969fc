// Any run record that can be written down.
import fc from 'fast-check';
import {
  ARTIFACT_KINDS,
  type ArtifactKind,
  type Ending,
  RUN_ENDINGS,
  RUN_RECORD_SCHEMA,
  type RunRecord,
} from '../../shared/contracts/run-record.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import { anyExecutionState } from './execution-state.ts';
import { anyDate, anyHash, anyInstant, anyName, anyRunId, withOptional } from './values.ts';

const anyEnding: fc.Arbitrary<Ending> = withOptional(
  { kind: fc.constantFrom(...RUN_ENDINGS), detail: fc.string({ maxLength: 40 }), at: anyInstant },
  { code: fc.string({ maxLength: 20 }) },
);

const anyPhase: fc.Arbitrary<RunRecord['phase']> = fc.oneof(
  fc.record({ kind: fc.constant('claimed' as const) }),
  fc.record({ kind: fc.constant('awaiting-approval' as const), execution: anyExecutionState }),
  fc.record({ kind: fc.constant('executing' as const), execution: anyExecutionState }),
  withOptional({ kind: fc.constant('ended' as const), ending: anyEnding }, { execution: anyExecutionState }),
);

const anyPointers: fc.Arbitrary<RunRecord['artifacts']> = fc
  .subarray([...ARTIFACT_KINDS])
  .chain((kinds) => fc.tuple(...kinds.map((kind): fc.Arbitrary<[ArtifactKind, ContentHash]> => anyHash.map((hash) => [kind, hash]))))
  .map((entries): RunRecord['artifacts'] => Object.fromEntries(entries));

export const anyRunRecord: fc.Arbitrary<RunRecord> = fc.record({
  schemaVersion: fc.constant(RUN_RECORD_SCHEMA),
  runId: anyRunId,
  version: fc.integer({ min: 1 }),
  portfolio: anyName,
  schedule: anyName,
  session: anyDate,
  scheduledTime: anyInstant,
  claimedAt: anyInstant,
  updatedAt: anyInstant,
  artifacts: anyPointers,
  phase: anyPhase,
});
