// The heads of what is stored of a session: with them in a mail, nobody can write the store anew without being found out.
import type { Digest } from '../../contracts/digest.ts';
import { ARTIFACT_KINDS, type RunRecord } from '../../contracts/run-record.ts';
import type { LedgerStore } from '../../ports/ledger-store.ts';

/** @throws StoreError; UnreadableRecord for a ledger of another release. */
export async function anchorsOf(
  portfolio: string,
  records: readonly RunRecord[],
  ledgers: Pick<LedgerStore, 'load'>,
): Promise<Digest['anchors']> {
  const ledger = await ledgers.load(portfolio);
  return {
    runs: records.map(({ runId, version, artifacts }) => {
      const head = ARTIFACT_KINDS.map((kind) => artifacts[kind]).findLast((hash) => hash !== undefined);
      return { runId, version, ...(head === undefined ? {} : { head }) };
    }),
    ...(ledger === undefined ? {} : { ledger: { version: ledger.version, head: ledger.head } }),
  };
}
