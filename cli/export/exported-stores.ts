// An exported folder as the stores that it was made of, so that it is verified by the very code that verifies them.
import { join } from 'node:path';
import { contentHash } from '../../shared/contracts/canonical-json.ts';
import { jsonObjectOf } from '../../shared/contracts/json-of.ts';
import { decodeLedgerRecord } from '../../shared/contracts/ledger-record.ts';
import { decodeRunRecord, UnreadableRecord } from '../../shared/contracts/run-record.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import { StoreError } from '../../shared/ports/outside-error.ts';
import type { VerifyPorts } from '../../shared/workflow/verify-audit.ts';
import { layoutOf, linesOf } from './export-layout.ts';
import { readExported } from './read-exported.ts';

/** Of one portfolio. The keys are no part of an export. */
export async function exportedStores(folder: string, portfolio: string): Promise<Omit<VerifyPorts, 'auditKeys'>> {
  const layout = layoutOf(portfolio);
  const textOf = async (path: string): Promise<string | undefined> => readExported(join(folder, path));
  const linesAt = async (path: string): Promise<readonly string[]> => linesOf((await textOf(path)) ?? '');
  const runs = await linesAt(layout.runs);
  const batches = new Map((await linesAt(layout.ledgerEntries)).map((line) => [contentHash(line), line]));
  const links = (await linesAt(layout.auditChain)).map(linkOf);
  return {
    runStore: {
      load: async (runId) => runs.filter((line) => isOf(line, runId)).map(decodeRunRecord)[0],
      list: async (_, limit) => runs.map(decodeRunRecord).reverse().slice(0, limit),
    },
    artifacts: {
      get: async (hash) => batches.get(hash) ?? whole(hash, await textOf(layout.artifact(hash))),
    },
    ledgers: {
      load: async () => {
        const text = await textOf(layout.ledger);
        return text === undefined ? undefined : decodeLedgerRecord(text);
      },
    },
    trail: { latest: async (_, limit) => links.toReversed().slice(0, limit) },
  };
}

/** As strict as a bucket. */
function whole(hash: ContentHash, text: string | undefined): string | undefined {
  if (text === undefined || contentHash(text) === hash) return text;
  throw new StoreError(`the file of ${hash} has other bytes`, { effect: 'none', code: 'bad-answer' });
}

/** A line that cannot be read is of every run: whoever asks for one is told. */
function isOf(line: string, runId: string): boolean {
  const json = jsonObjectOf(line);
  return json === undefined || json['runId'] === runId;
}

/** @throws UnreadableRecord */
function linkOf(line: string): { readonly position: number; readonly text: string } {
  const { position, text } = jsonObjectOf(line) ?? {};
  if (typeof position !== 'number' || typeof text !== 'string') throw new UnreadableRecord('a line of the audit chain is none');
  return { position, text };
}
