// The newest link of an audit chain as an owner keeps it outside the store: whoever holds it can tell later that nothing
// before it was cut off or written anew, not even by somebody who has the key.
import type { RunId } from '../core/values/identity.ts';
import type { SealedLink } from './audit-link.ts';

export interface AuditHead {
  readonly portfolio: string;
  readonly sequence: number;
  /** Hex. */
  readonly mac: string;
  /** The run that it was written for. */
  readonly runId: RunId;
}

export function headOf({ link: { portfolio, sequence, runId }, mac }: SealedLink): AuditHead {
  return { portfolio, sequence, mac, runId };
}

/** "24.3f0c…", 64 digits of hex after the point: what `evenkeel audit verify --anchor` takes. */
export function auditHeadText({ sequence, mac }: Pick<AuditHead, 'sequence' | 'mac'>): string {
  return `${sequence}.${mac}`;
}

/** undefined for a text that is no head. */
export function parseAuditHead(text: string): Pick<AuditHead, 'sequence' | 'mac'> | undefined {
  const match = /^([1-9]\d{0,8})\.([0-9a-f]{64})$/.exec(text.trim());
  if (match === null) return undefined;
  const [, sequence = '', mac = ''] = match;
  return { sequence: Number(sequence), mac };
}
