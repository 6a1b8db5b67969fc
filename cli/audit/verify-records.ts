// Says whether the records of portfolios are as they were written.
import { type AuditVerification, verifyAudit } from '../../shared/workflow/verify-audit.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { requireKnown } from '../switch/scope.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { openRecordDesk } from '../world/record-desk.ts';
import { anchorOption } from './anchor-option.ts';
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
  const anchor = anchorOption(portfolio, options.anchor);
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
      verificationText(verified, anchor !== undefined, { worldText: desk.worldText, isAtHome: desk.world.kind === 'demo' }, output.colors),
    );
    const bad = verified.filter(({ findings }) => findings.length > 0).map((each) => each.portfolio);
    if (bad.length > 0) throw new CommandFailure('not-whole', `not as it was written: ${bad.join(', ')}`, { exitCode: 1 });
  } finally {
    await desk.close();
  }
}
