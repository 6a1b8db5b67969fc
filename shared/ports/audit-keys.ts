import type { AuditKeyring } from '../contracts/audit-link.ts';

/** The keys of the audit chains, kept where whoever writes the chains' store cannot read them. */
export interface AuditKeys {
  /**
   * Never logged, never stored, never in an error.
   * @throws OutsideError (`secret-missing`, `secret-malformed`, `unauthorized`) whose message never has its content.
   */
  keyring(): Promise<AuditKeyring>;
}
