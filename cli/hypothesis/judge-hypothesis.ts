// Opens the holdout of a hypothesis, judges it, signs what came of it, and says so in plain words.
import description from '../../package.json' with { type: 'json' };
import { priceWarnings } from '../../research/backtest/price-warnings.ts';
import { claimOptions, openedPrices } from '../../research/hypothesis/claim.ts';
import { judgeClaim } from '../../research/hypothesis/judge-claim.ts';
import { sourceHash } from '../../shared/adapters/local/source-hash.ts';
import { claimsEdge } from '../../shared/contracts/hypothesis/claims-edge.ts';
import { signDocument } from '../../shared/contracts/hypothesis/signed-document.ts';
import { VERDICT, type VerdictDocument } from '../../shared/contracts/hypothesis/verdict-document.ts';
import type { TrialLedger } from '../../shared/ports/trial-ledger.ts';
import { refuseUnwritable } from '../backtest/report-options.ts';
import { CommandFailure } from '../failure.ts';
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
  const privatePem = readSigningKey(options.key, publicKeysFileOf(file, options.keys));
  await refuseUnwritable(options.report);
  const claim = await readClaim(file, options.prices);
  const ledger = await openTrialLedger(ledgerPlaceOf(file, options.ledger), options.stage);
  const out = verdictFileOf(file);
  const writable = await canWriteNewFile(out, { replace: false });
  if (writable.kind === 'refused' && !(await isOpened(ledger, claim.hypothesis.hypothesis)))
    throw new CommandFailure('bad-output', `${out}: ${writable.reason}; the verdict goes there, and the holdout stays sealed`, {
      exitCode: 1,
    });
  const clock = { now: () => Date.now() };
  const code = { version: description.version, source: sourceHash() };
  const judged = await judgeClaim(claim, by, { ledger, clock });
  if (judged.kind === 'refused') throw new CommandFailure(judged.code, `${file}: ${judged.detail}`, { exitCode: 1 });

  const entries = await ledger.entries();
  const { hypothesis } = claim;
  const document: VerdictDocument = {
    format: 'evenkeel-verdict-1',
    hypothesis: hypothesis.hypothesis,
    claim: hypothesis.claim,
    document: claim.registration,
    strategy: { hash: judged.chosen.hash, parameters: { ...judged.chosen.candidate } },
    benchmark: hypothesis.benchmark,
    data: judged.data,
    holdout: hypothesis.holdout,
    code,
    ledger: { entries: entries.length, head: entries.at(-1)?.hash ?? '' },
    judged: { at: clock.now(), by },
    verdict: judged.verdict.verdict,
    reasons: [...judged.verdict.reasons],
    evidence: judged.evidence,
    costs: hypothesis.costs,
    warnings: [...priceWarnings(openedPrices(claim), claimOptions(hypothesis, 1), [judged.lived])],
    decisions: judged.decisions,
  };
  const text = signDocument(VERDICT, document, privatePem);
  const written = await writeNewFile(out, text, { replace: false });
  if (written.kind === 'refused') {
    // The holdout will not be opened again: better on the terminal than lost.
    output.note(text);
    throw new CommandFailure('bad-output', `${out}: ${written.reason}; the line above is the verdict, keep it there yourself`, {
      exitCode: 1,
    });
  }
  output.result({ file: out, ...JSON.parse(text) }, `${verdictText(document, output.colors)}\n\nsigned: ${out}`);
  for (const { detail } of document.warnings ?? []) output.note(detail);
  if (!judged.chosen.subject.sleeves.some(claimsEdge))
    output.note('its strategy claims no edge: no verdict lets it trade live, and evenkeel policy check is what does');
  if (options.report !== undefined) {
    const { reportJudged } = await import('./report-judged.ts');
    await reportJudged(options.report, claim, judged.chosen, { ...options, verdict: out });
  }
}

/** What was opened says so itself, and has its verdict where another one would go. */
async function isOpened(ledger: TrialLedger, hypothesis: string): Promise<boolean> {
  return (await ledger.entries(hypothesis)).some(({ fact }) => fact.kind === 'holdout-opened');
}
