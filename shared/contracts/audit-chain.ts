// Whether an audit chain is whole: every link sealed with a known key, in its place, and following the one before it. It
// looks at the chain alone; what the links speak of is looked at where it is stored.
import type { AuditHead } from './audit-head.ts';
import { type AuditKeyring, decodeLink, type SealedLink, type StoredLink, verifyLink } from './audit-link.ts';

export const AUDIT_FINDINGS = [
  /** Something that was written has other bytes now. */
  'edited',
  /** Something is not there that has to be. */
  'missing',
  /** The chain ends before a head that its owner holds. */
  'truncated',
  /** A link stands in a place that is not its own. */
  'reordered',
  /** The chain is consistent in itself and is not the one that was written: another key, or another head than the owner's. */
  'rewritten',
  /** A run has ended and is not in the chain. */
  'not-sealed',
] as const;

export interface AuditFinding {
  readonly kind: (typeof AUDIT_FINDINGS)[number];
  /** "link 7", "run demo/2006-07-31/monthly", "plan of demo/2006-07-31/monthly". */
  readonly what: string;
  readonly detail: string;
}

export interface VerifiedChain {
  /** Those that can be read, whole or not, oldest first. */
  readonly links: readonly SealedLink[];
  readonly findings: readonly AuditFinding[];
}

/**
 * @param stored oldest first.
 * @param keyring undefined where nobody holds it: then seals are not checked, and all else is.
 * @param anchor a head that was kept outside the store: without one, links cut off the end leave no trace.
 */
export function verifyChain(
  portfolio: string,
  stored: readonly StoredLink[],
  keyring: AuditKeyring | undefined,
  anchor?: Pick<AuditHead, 'sequence' | 'mac'>,
): VerifiedChain {
  const findings: AuditFinding[] = [];
  const links: SealedLink[] = [];
  let before: { readonly position: number; readonly sealed: SealedLink | undefined } = { position: 0, sealed: undefined };
  for (const { position, text } of stored) {
    const sealed = decodeLink(text);
    findings.push(
      ...gap(before.position, position),
      ...findingsOf(portfolio, position, sealed, keyring),
      ...breakOf(before, position, sealed),
    );
    if (sealed !== undefined) links.push(sealed);
    before = { position, sealed };
  }
  return { links, findings: [...findings, ...anchorFindings(stored, links, anchor)] };
}

function gap(last: number, position: number): AuditFinding[] {
  if (position === last + 1) return [];
  if (!Number.isInteger(position) || position <= last)
    return [{ kind: 'reordered', what: `link ${position}`, detail: `it lies after link ${last}` }];
  const what = position === last + 2 ? `link ${last + 1}` : `links ${last + 1} to ${position - 1}`;
  return [{ kind: 'missing', what, detail: 'the chain goes on without it' }];
}

function findingsOf(
  portfolio: string,
  position: number,
  sealed: SealedLink | undefined,
  keyring: AuditKeyring | undefined,
): AuditFinding[] {
  const what = `link ${position}`;
  if (sealed === undefined) return [{ kind: 'edited', what, detail: 'it cannot be read' }];
  const { link } = sealed;
  switch (keyring === undefined ? 'whole' : verifyLink(sealed, keyring)) {
    case 'forged':
      return [{ kind: 'edited', what, detail: 'it is not what its seal says' }];
    case 'unknown-key':
      return [{ kind: 'rewritten', what, detail: `it is sealed with the key ${link.key}, which is not among yours` }];
    case 'whole':
      if (link.portfolio !== portfolio) return [{ kind: 'reordered', what, detail: `it is of the portfolio ${link.portfolio}` }];
      return link.sequence === position ? [] : [{ kind: 'reordered', what, detail: `it was written as link ${link.sequence}` }];
  }
}

/** Of neighbours alone: over a gap nothing follows. */
function breakOf(
  before: { readonly position: number; readonly sealed: SealedLink | undefined },
  position: number,
  sealed: SealedLink | undefined,
): AuditFinding[] {
  const isNeighbour = position === before.position + 1 && (position === 1 || before.sealed !== undefined);
  if (!isNeighbour || sealed === undefined || sealed.link.previous === before.sealed?.mac) return [];
  return [
    {
      kind: 'rewritten',
      what: `link ${position}`,
      detail: `it was written after another link ${before.position} than the one that is there`,
    },
  ];
}

function anchorFindings(
  stored: readonly StoredLink[],
  links: readonly SealedLink[],
  anchor: Pick<AuditHead, 'sequence' | 'mac'> | undefined,
): AuditFinding[] {
  if (anchor === undefined) return [];
  const what = `link ${anchor.sequence}`;
  const last = stored.at(-1)?.position ?? 0;
  if (last < anchor.sequence) return [{ kind: 'truncated', what, detail: `you hold its seal, and the chain ends with link ${last}` }];
  const there = links.find(({ link }) => link.sequence === anchor.sequence);
  if (there === undefined || there.mac === anchor.mac) return [];
  return [{ kind: 'rewritten', what, detail: 'its seal is not the one that you hold' }];
}
