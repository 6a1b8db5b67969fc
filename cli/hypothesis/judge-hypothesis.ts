// Opens the holdout of a hypothesis, judges it, signs what came of it, and says so in plain words. Once it is open, nothing but a crash
// keeps the verdict from being written, and after a crash the same command writes it.
import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import description from '../../package.json' with { type: 'json' };
import { priceWarnings } from '../../research/backtest/price-warnings.ts';
import type { Claim } from '../../research/hypothesis/claim.ts';
import { claimOptions, openedPrices } from '../../research/hypothesis/claim.ts';
import { type Judged, judgeClaim } from '../../research/hypothesis/judge-claim.ts';
import { openedBefore } from '../../research/validation/trials/opened-before.ts';
import { sourceHash } from '../../shared/adapters/local/source-hash.ts';
import { claimsEdge } from '../../shared/contracts/hypothesis/claims-edge.ts';
import { signDocument } from '../../shared/contracts/hypothesis/signed-document.ts';
import { VERDICT, type VerdictDocument } from '../../shared/contracts/hypothesis/verdict-document.ts';
import type { TrialEntry } from '../../shared/contracts/trial-entries.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import { refuseUnwritable } from '../backtest/report-options.ts';
import { CommandFailure } from '../failure.ts';
import { untilInterrupted } from '../interrupt.ts';
import { canWriteNewFile, writeNewFile } from '../new-file.ts';
import { byOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import { openTrialLedger } from '../trial-ledger.ts';
import { ledgerPlaceOf, publicKeysFileOf, readClaim, verdictFileOf } from './hypothesis-files.ts';
import type { RunOptions } from './run-hypothesis.ts';
import { readSigningKey } from './verdict-keys.ts';
import { verdictText } from './verdict-text.ts';

export interface JudgeOptions extends RunOptions {
  readonly by: string;
  readonly key?: string;
  readonly keys?: string;
  readonly report?: string;
}

/** @throws CommandFailure: exit 2 for files that cannot be used, exit 1 where the hypothesis may not be judged. */
export async function judgeHypothesis(file: string, options: JudgeOptions, output: Output): Promise<void> {
  // A holdout is opened once: whatever can go wrong without it goes wrong first.
  const by = byOption(options.by);
  const claim = await readClaim(file, options.prices);
  const privatePem = readSigningKey(options.key, publicKeysFileOf(file, options.keys));
  await refuseUnwritable(options.report);
  const ledger = await openTrialLedger(ledgerPlaceOf(file, options.ledger), options.stage);
  const out = verdictFileOf(file);
  const isUnwritten = !existsSync(out);
  const before = openedBefore(await ledger.entries(), claim.hypothesis.hypothesis);
  const writable = await canWriteNewFile(out, { replace: false });
  // What was judged says so itself, and has its verdict where another one would go.
  if (writable.kind === 'refused' && (isUnwritten || before?.ended === undefined))
    throw new CommandFailure('bad-output', `${out}: ${writable.reason}; the verdict goes there, and the holdout stays as it is`, {
      exitCode: 1,
    });
  if (before !== undefined && isUnwritten)
    output.note(
      `its holdout was opened before, by ${before.by}, and no verdict of it was written: that opening is finished now, if it may be`,
    );

  const saying = 'Stopping before the holdout is opened; once it is open, the verdict is written first';
  const { judged, document, text } = await untilInterrupted(output, saying, async (isStopped) => {
    const between = async (): Promise<void> => {
      // Only between two turns does a signal arrive.
      await nextTurn();
      if (isStopped())
        throw new CommandFailure(
          'interrupted',
          `${file}: stopped; ${before === undefined ? 'the holdout is sealed' : 'nothing was written'}`,
          {
            exitCode: 1,
          },
        );
    };
    const clock = { now: () => Date.now() };
    const judged = await judgeClaim(claim, by, { ledger, clock, between }, isUnwritten);
    if (judged.kind === 'refused') throw new CommandFailure(judged.code, `${file}: ${judged.detail}`, { exitCode: 1 });
    const document = documentOf(claim, judged, await ledger.entries(), clock.now());
    const text = signDocument(VERDICT, document, privatePem);
    const written = await writeNewFile(out, text, { replace: false });
    if (written.kind === 'written') return { judged, document, text };
    // The holdout will not be opened again: better on the terminal than lost.
    output.note(text);
    throw new CommandFailure('bad-output', `${out}: ${written.reason}; the line above is the verdict, keep it there yourself`, {
      exitCode: 1,
    });
  });
  output.result({ file: out, ...JSON.parse(text) }, `${verdictText(document, output.colors)}\n\nsigned: ${out}`);
  for (const { detail } of document.warnings ?? []) output.note(detail);
  if (!judged.chosen.subject.sleeves.some(claimsEdge))
    output.note('its strategy claims no edge: no verdict lets it trade live, and evenkeel policy check is what does');
  if (options.report !== undefined) {
    const { reportJudged } = await import('./report-judged.ts');
    await reportJudged(options.report, claim, judged.chosen, { ...options, verdict: out });
  }
}

/** @param entries all of the ledger, with the opening. */
function documentOf(claim: Claim, judged: Judged, entries: readonly TrialEntry[], at: EpochMs): VerdictDocument {
  const { hypothesis } = claim;
  return {
    format: 'evenkeel-verdict-1',
    hypothesis: hypothesis.hypothesis,
    claim: hypothesis.claim,
    document: claim.registration,
    strategy: { hash: judged.chosen.hash, parameters: { ...judged.chosen.candidate } },
    benchmark: hypothesis.benchmark,
    data: judged.data,
    holdout: hypothesis.holdout,
    code: { version: description.version, source: sourceHash() },
    ledger: { entries: entries.length, head: entries.at(-1)?.hash ?? '' },
    judged: { at, by: judged.by },
    verdict: judged.verdict.verdict,
    reasons: [...judged.verdict.reasons],
    evidence: judged.evidence,
    costs: hypothesis.costs,
    warnings: [...priceWarnings(openedPrices(claim), claimOptions(hypothesis, 1), [judged.lived])],
    decisions: judged.decisions,
  };
}
