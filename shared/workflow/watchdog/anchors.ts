// The heads of what is stored of a session: with them in a mail, nobody can write the store anew without being found out.
import { auditHeadText } from '../../contracts/audit-head.ts';
import type { Digest } from '../../contracts/digest.ts';
import { ARTIFACT_KINDS, type RunRecord } from '../../contracts/run-record.ts';
import { auditHead } from '../seal-ended-runs.ts';
import type { WatchdogPorts } from './watchdog-world.ts';

/** @throws StoreError; UnreadableRecord for a ledger of another release. */
export async function anchorsOf(
  portfolio: string,
  records: readonly RunRecord[],
  { ledgers, trail }: Pick<WatchdogPorts, 'ledgers' | 'trail'>,
): Promise<Digest['anchors']> {
  const head = await auditHead(portfolio, trail);
  const ledger = await ledgers.load(portfolio);
  return {
    runs: records.map(({ runId, version, artifacts }) => {
      const last = ARTIFACT_KINDS.map((kind) => artifacts[kind]).findLast((hash) => hash !== undefined);
      return { runId, version, ...(last === undefined ? {} : { head: last }) };
    }),
    ...(head === undefined ? {} : { audit: auditHeadText(head) }),
    ...(ledger === undefined ? {} : { ledger: { version: ledger.version, head: ledger.head } }),
  };
}
