// The ledger of a portfolio against its own entries, and against what the audit chain said of it each time a run ended.
import type { AuditFinding } from '../contracts/audit-chain.ts';
import type { SealedLink } from '../contracts/audit-link.ts';
import { type LedgerEntries, openEntries } from '../contracts/ledger-entries.ts';
import type { LedgerRecord } from '../contracts/ledger-record.ts';
import { UnreadableRecord } from '../contracts/run-record.ts';
import { fold, type Ledger } from '../core/ledger/ledger.ts';
import type { ContentHash } from '../core/values/identity.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import type { LedgerStore } from '../ports/ledger-store.ts';
import { opened, textOf } from './verify-artifacts.ts';

export interface VerifiedLedger {
  readonly batches: number;
  readonly findings: readonly AuditFinding[];
}

const EMPTY: Ledger = { holdings: [], cash: {}, orders: [], runs: [], activities: { from: 0, seen: [] } };

export async function verifyLedger(
  portfolio: string,
  links: readonly SealedLink[],
  { ledgers, artifacts }: { readonly ledgers: Pick<LedgerStore, 'load'>; readonly artifacts: Pick<ArtifactStore, 'get'> },
): Promise<VerifiedLedger> {
  const what = `ledger of ${portfolio}`;
  const sealedHeads = links.flatMap(({ link }) => link.ledger ?? []);
  const record = await ledgerOf(portfolio, ledgers);
  if (record === undefined) {
    return { batches: 0, findings: sealedHeads.length === 0 ? [] : [{ kind: 'missing', what, detail: 'the chain speaks of one' }] };
  }
  if (record instanceof UnreadableRecord) return { batches: 0, findings: [{ kind: 'edited', what, detail: record.message }] };
  const walked = await walk(record, artifacts);
  const places = new Map(walked.hashes.map((hash, place) => [hash, place]));
  const isOnIt = sealedHeads.every((head, index) => {
    const place = places.get(head);
    const before = index === 0 ? undefined : places.get(sealedHeads[index - 1] ?? head);
    return place !== undefined && (before === undefined || before <= place);
  });
  const rewritten: AuditFinding[] = [
    { kind: 'rewritten', what, detail: 'its entries do not lead through what the audit chain said of it' },
  ];
  return {
    batches: walked.hashes.length,
    findings: walked.findings.length > 0 ? walked.findings : isOnIt ? sumFindings(record, walked.batches) : rewritten,
  };
}

async function ledgerOf(portfolio: string, ledgers: Pick<LedgerStore, 'load'>): Promise<LedgerRecord | UnreadableRecord | undefined> {
  try {
    return await ledgers.load(portfolio);
  } catch (error) {
    if (error instanceof UnreadableRecord) return error;
    throw error;
  }
}

interface Walked {
  /** Oldest first. */
  readonly hashes: readonly ContentHash[];
  readonly batches: readonly LedgerEntries[];
  readonly findings: readonly AuditFinding[];
}

async function walk({ portfolio, head }: LedgerRecord, artifacts: Pick<ArtifactStore, 'get'>): Promise<Walked> {
  const hashes: ContentHash[] = [];
  const batches: LedgerEntries[] = [];
  const findings: AuditFinding[] = [];
  for (let hash: ContentHash | undefined = head; hash !== undefined; hash = batches[0]?.previous) {
    const stored = await textOf(hash, artifacts);
    hashes.unshift(hash);
    if (stored.kind !== 'text') {
      const what = `entries ${hash} of the ledger of ${portfolio}`;
      findings.push({ kind: stored.kind === 'absent' ? 'missing' : 'edited', what, detail: 'what came before cannot be followed' });
      break;
    }
    const batch = opened(() => openEntries(stored.text));
    if (batch instanceof Error) {
      findings.push({ kind: 'edited', what: `ledger of ${portfolio}`, detail: batch.message });
      break;
    }
    batches.unshift(batch);
  }
  return { hashes, batches, findings };
}

/** What it expects is the sum of its entries and nothing else. */
function sumFindings({ portfolio, ledger }: LedgerRecord, batches: readonly LedgerEntries[]): AuditFinding[] {
  const summed = fold(
    EMPTY,
    batches.flatMap(({ entries }) => entries),
  );
  if (isSameHoldings(summed, ledger) && isSameCash(summed, ledger)) return [];
  return [{ kind: 'edited', what: `ledger of ${portfolio}`, detail: 'what it expects is not the sum of its entries' }];
}

function isSameHoldings({ holdings }: Ledger, other: Ledger): boolean {
  return (
    holdings.length === other.holdings.length &&
    holdings.every(({ symbol, quantity }, place) => other.holdings[place]?.symbol === symbol && other.holdings[place].quantity === quantity)
  );
}

function isSameCash({ cash }: Ledger, other: Ledger): boolean {
  const kinds = [...new Set([...Object.keys(cash), ...Object.keys(other.cash)])] as (keyof typeof cash)[];
  return kinds.every((kind) => (cash[kind] ?? 0n) === (other.cash[kind] ?? 0n));
}
