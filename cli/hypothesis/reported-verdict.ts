// --verdict: a verdict as a report shows it, or why the report does not take it.
import type { PriceTable } from '../../research/backtest/price-table.ts';
import type { Subject } from '../../research/backtest/subject.ts';
import type { RefusedVerdict, ReportedVerdict } from '../../research/report/report-inputs.ts';
import { sourceHash } from '../../shared/adapters/local/source-hash.ts';
import { readSigned, type SignedReading } from '../../shared/contracts/hypothesis/signed-document.ts';
import { strategyHash } from '../../shared/contracts/hypothesis/strategy-hash.ts';
import { VERDICT, type VerdictDocument } from '../../shared/contracts/hypothesis/verdict-document.ts';
import { CommandFailure } from '../failure.ts';
import { publicKeysFileOf, readVerdictText } from './hypothesis-files.ts';
import { verdictDoubts } from './verdict-doubts.ts';
import { readPublicKeys } from './verdict-keys.ts';
import { costsText, reasonText } from './verdict-text.ts';

export interface AskedVerdict {
  readonly verdict?: string;
  /** Public keys whose verdicts count; left out, verdict-keys.json beside the verdict. */
  readonly keys?: string;
}

export interface ReadVerdictFile {
  readonly reported: ReportedVerdict;
  /** Every trial that the ledger had when it was judged; null where the verdict is not taken. */
  readonly trials: number | null;
}

const DETAILS: Readonly<Record<Extract<SignedReading<unknown>, { kind: 'refused' }>['code'], string>> = {
  'not-one': 'This file is no verdict of evenkeel.',
  'unknown-key': 'It is signed by a key that is none of those whose verdicts count.',
  'bad-signature': 'Its signature does not hold: it was forged, or changed after it was signed.',
};

/**
 * Undefined where none was asked for.
 * @param prices of the report.
 * @throws CommandFailure, exit 2, for a file that cannot be read, or keys that are none.
 */
export async function reportedVerdict(
  { verdict, keys }: AskedVerdict,
  { sleeves }: Subject,
  prices: PriceTable,
): Promise<ReadVerdictFile | undefined> {
  if (verdict === undefined) return undefined;
  const read = await readVerdictText(verdict);
  if (read.kind === 'refused') throw new CommandFailure('bad-verdict', `--verdict ${verdict}`, { exitCode: 2, problems: [read.problem] });
  const found = readSigned(VERDICT, read.text, readPublicKeys(publicKeysFileOf(verdict, keys)));
  if (found.kind === 'refused') return notTaken(found.code, DETAILS[found.code]);
  const { document, key } = found;
  const judged = sleeves.find((sleeve) => strategyHash(sleeve) === document.strategy.hash);
  if (judged !== undefined)
    return {
      reported: takenVerdict(document, key, verdictDoubts(document, judged, prices, sourceHash())),
      trials: document.evidence.trials.count,
    };
  const own = sleeves
    .map(strategyHash)
    .map((hash) => hash.slice(0, 12))
    .join(', ');
  return notTaken(
    'other-strategy',
    `It is on another strategy: ${document.strategy.hash.slice(0, 12)}, and this report is on ${own}. A verdict says nothing of a neighbour.`,
  );
}

function takenVerdict(document: VerdictDocument, key: string, doubts: readonly string[]): ReportedVerdict {
  const { verdict, hypothesis, claim, reasons, strategy, data, code, ledger, judged, renewed } = document;
  return {
    kind: 'verdict',
    word: verdict,
    hypothesis,
    claim,
    reasons: reasons.map((reason) => ({ code: reason.code, detail: reasonText(reason) })),
    hashes: {
      strategy: strategy.hash,
      hypothesis: document.document,
      'prices before the holdout': data.research,
      'prices with it': data.whole,
      [`code of ${code.version}`]: code.source,
      [`trial ledger, ${ledger.entries} entries`]: ledger.head,
    },
    key,
    doubts,
    ...(document.costs === undefined ? {} : { costs: costsText(document.costs) }),
    warnings: document.warnings ?? [],
    judged: [
      `by ${judged.by} on ${dayOf(judged.at)}`,
      ...(renewed === undefined ? [] : [`and anew by ${renewed.by} on ${dayOf(renewed.at)}`]),
    ].join(', '),
  };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function notTaken(code: RefusedVerdict['code'], detail: string): ReadVerdictFile {
  return { reported: { kind: 'refused', code, detail }, trials: null };
}
