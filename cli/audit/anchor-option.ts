// --anchor: a head of the audit chain that was kept outside the store.
import { type AuditHead, parseAuditHead } from '../../shared/contracts/audit-head.ts';
import { CommandFailure } from '../failure.ts';

/** @throws CommandFailure, exit 2, for a text that is no head, and where it is of no portfolio. */
export function anchorOption(portfolio: string | undefined, text: string | undefined): Pick<AuditHead, 'sequence' | 'mac'> | undefined {
  if (text === undefined) return undefined;
  const anchor = parseAuditHead(text);
  if (anchor === undefined)
    throw new CommandFailure(
      'usage',
      `--anchor ${JSON.stringify(text)}: expected a head as a digest names it, such as 24.3f0c… with 64 digits`,
      { exitCode: 2 },
    );
  if (portfolio === undefined) throw new CommandFailure('usage', 'name the portfolio: a head is of one', { exitCode: 2 });
  return anchor;
}
