// Says whether the records of portfolios are as they were written.
import { parseAuditHead } from '../../shared/contracts/audit-head.ts';
import { type AuditVerification, verifyAudit } from '../../shared/workflow/verify-audit.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { requireKnown } from '../switch/scope.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { openRecordDesk } from '../world/record-desk.ts';
import { verificationDocument, verificationText } from './verification-text.ts';

export interface VerifyOptions extends WorldOptions {
  /** A head that was kept outside the store, as a digest names it. */
  readonly anchor?: string;
}

/** @throws CommandFailure: exit 2 for bad usage, exit 1 when anything is not as it was written. */
export async function verifyRecords(
  portfolio: string | undefined,
  options: VerifyOptions,
  output: Output,
  open = openRecordDesk,
): Promise<void> {
  const anchor = anchorOf(portfolio, options.anchor);
  const desk = await open(options);
  try {
    if (portfolio !== undefined) await requireKnown(portfolio, desk);
    const verified: AuditVerification[] = [];
    for (const name of portfolio === undefined ? await desk.portfolioNames() : [portfolio]) {
      verified.push(await verifyAudit(name, anchor, desk, (done, all) => output.progress(`${name}: run ${done} of ${all}`)));
    }
    output.progress('');
    output.result(
      { world: desk.world, portfolios: verified.map((each) => verificationDocument(each, anchor !== undefined)) },
      verificationText(verified, anchor !== undefined, desk, output.colors),
    );
    const bad = verified.filter(({ findings }) => findings.length > 0).map((each) => each.portfolio);
    if (bad.length > 0) throw new CommandFailure('not-whole', `not as it was written: ${bad.join(', ')}`, { exitCode: 1 });
  } finally {
    await desk.close();
  }
}

function anchorOf(portfolio: string | undefined, text: string | undefined) {
  if (text === undefined) return undefined;
  const anchor = parseAuditHead(text);
  if (anchor === undefined)
    throw new CommandFailure(
      'usage',
      `--anchor ${JSON.stringify(text)}: expected a head as a digest names it, such as 24.3f0c… with 64 digits`,
      {
        exitCode: 2,
      },
    );
  if (portfolio === undefined) throw new CommandFailure('usage', 'name the portfolio: a head is of one', { exitCode: 2 });
  return anchor;
}
