// What an audit found, for people and as data.
import { auditHeadText } from '../../shared/contracts/audit-head.ts';
import type { AuditVerification } from '../../shared/workflow/verify-audit.ts';
import type { Output } from '../output.ts';
import { wrappedText } from '../wrapped-text.ts';

/** At home the key lies beside the store. */
export interface VerifiedWorld {
  readonly worldText: string;
  readonly isAtHome: boolean;
}

export function verificationDocument({ head, findings, ...counts }: AuditVerification, isAnchored: boolean) {
  return { ...counts, head: head === undefined ? null : auditHeadText(head), isAnchored, isWhole: findings.length === 0, findings };
}

export function verificationText(
  verified: readonly AuditVerification[],
  isAnchored: boolean,
  { worldText, isAtHome }: VerifiedWorld,
  colors: Output['colors'],
): string {
  const blocks = verified.map((each) => blockText(each, isAnchored, colors));
  const home = isAtHome
    ? [wrappedText('', 'At home the key lies beside the store: this shows damage, and proves nothing against who owns the disk.')]
    : [];
  return [worldText, ...(blocks.length === 0 ? ['No portfolio has a run on record.'] : blocks), ...home].join('\n\n');
}

function blockText(verified: AuditVerification, isAnchored: boolean, { bold, green, red, yellow }: Output['colors']): string {
  const { portfolio, findings, head, runsBefore } = verified;
  const word = findings.length > 0 ? red('not as it was written') : head === undefined ? 'nothing to verify yet' : green('whole');
  return [
    `${bold(portfolio)}  ${word}`,
    `  ${countsText(verified)}`,
    ...(runsBefore === 0 ? [] : [yellow(`  ${count(runsBefore, 'run')} ended before the chain began: nothing is proven of them`)]),
    ...findings.map(({ kind, what, detail }) => wrappedText(`  ${red(kind)}  `, `${what}: ${detail}`)),
    ...(head === undefined ? [] : ['  head, of the newest link:', `  ${auditHeadText(head)}`]),
    ...(isAnchored || head === undefined ? [] : ['  What was cut off the end shows with --anchor HEAD alone, a head from a digest.']),
  ].join('\n');
}

function countsText({ links, runs, artifacts, ledgerBatches, runsOpen }: AuditVerification): string {
  const open = runsOpen === 0 ? '' : `; ${count(runsOpen, 'run')} not ended yet`;
  return `${count(links, 'link')}, ${count(runs, 'run')}, ${count(artifacts, 'artifact')}, ${count(ledgerBatches, 'batch', 'batches')} of ledger entries${open}`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
