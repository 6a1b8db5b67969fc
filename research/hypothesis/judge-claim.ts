// From a registered claim to its verdict: the best variant by the metric that was said beforehand, its holdout opened once, and
// the figures of both judged. An opening that was cut off is finished, never repeated.
import type { Hypothesis } from '../../shared/contracts/hypothesis/hypothesis-file.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { backtest } from '../backtest/backtest.ts';
import { benchmarkReturns } from '../backtest/benchmark.ts';
import { dataHash } from '../backtest/price-hash.ts';
import type { PriceTable } from '../backtest/price-table.ts';
import type { LivedRecord } from '../backtest/price-warnings.ts';
import { sleeveDecisions } from '../backtest/sleeve-decisions.ts';
import { barsAYearOf, excessOf } from '../metrics/ratios.ts';
import { yearsBetween } from '../metrics/years.ts';
import { seededChance } from '../validation/statistics/chance.ts';
import { sharpeOf } from '../validation/statistics/return-shape.ts';
import { OVERFITTING_BARS_MIN } from '../validation/thresholds.ts';
import { holdoutOf } from '../validation/trials/holdout-of.ts';
import { type HoldoutOpened, openHoldout } from '../validation/trials/open-holdout.ts';
import { type OpenedBefore, openedBefore } from '../validation/trials/opened-before.ts';
import { countOfTrials } from '../validation/trials/trial-count.ts';
import type { Evidence } from '../validation/verdict/evidence.ts';
import { gatherEvidence } from '../validation/verdict/gather-evidence.ts';
import { judge, type Verdict } from '../validation/verdict/judge.ts';
import { atDoubleSlippage } from './at-double-slippage.ts';
import { type Claim, claimOptions, openedPrices, researchPrices } from './claim.ts';
import { claimFamily } from './claim-family.ts';
import { claimRefused, refuseOpened } from './claim-refused.ts';
import { hashedDecisions } from './hashed-decisions.ts';
import { type NotJudged, notJudged, refuseJudging } from './refuse-judging.ts';
import { excessOfCash, liveTriedAgain, type Researcher, type TriedVariant, tryVariants } from './try-variants.ts';
import type { ClaimVariant } from './variant-strategies.ts';

export interface Judged {
  readonly kind: 'judged';
  readonly chosen: ClaimVariant;
  /** The person who opened the holdout. */
  readonly by: string;
  readonly verdict: Verdict;
  readonly evidence: Evidence;
  readonly data: { readonly research: ContentHash; readonly whole: ContentHash };
  /** Of every decision of the chosen one over all its prices. */
  readonly decisions: ContentHash;
  /** What its warnings are said of. */
  readonly lived: LivedRecord;
}

/**
 * @param by the person who opens the holdout; one that is open already stays opened by whoever did.
 * @param isUnwritten whether it is known that there is no verdict of it: then what came of an opening is said again, where it comes out
 * the same.
 */
export async function judgeClaim(claim: Claim, by: string, researcher: Researcher, isUnwritten = false): Promise<Judged | NotJudged> {
  const { hypothesis } = claim;
  const { ledger, clock, decisionsOf = sleeveDecisions } = researcher;
  const known = await ledger.entries();
  const refused = refuseJudging(claim, known, isUnwritten);
  if (refused !== undefined) return refused;
  const before = openedBefore(known, hypothesis.hypothesis);
  const tried = await (before === undefined ? tryVariants : liveTriedAgain)(claim, researcher);
  if (tried.kind === 'refused') return tried;
  const prices = researchPrices(claim);
  const columns = columnsOf(tried.lived, hypothesis, prices);
  if (columns === undefined) return notJudged('nothing-lived', 'no variant has a record to be judged by');
  if (columns === 'too-few-bars') return notJudged('too-few-bars', `all variants have fewer than ${OVERFITTING_BARS_MIN} bars in common`);
  if (columns === 'no-benchmark')
    return notJudged('no-benchmark', `${hypothesis.benchmark} has no close by the first bar, or none at the last`);
  const { chosen, benchmark } = columns;

  const whole = openedPrices(claim);
  const decisions = hashedDecisions(decisionsOf);
  await researcher.between?.();
  const opening = { ledger, clock, hypothesis: hypothesis.hypothesis, variant: chosen.variant.id, by, before };
  const opened = await openHoldout(opening, async () => {
    const result = backtest(chosen.variant.subject, whole, claimOptions(hypothesis, 1), decisions.decisionsOf);
    if (result.kind === 'refused') throw new Error(`the holdout cannot be lived: ${result.code}, ${result.detail}`);
    return excessOfCash(result).subarray(result.dates.findIndex((date) => date >= hypothesis.holdout.first));
  });
  if (opened.kind === 'refused') return notOpened(hypothesis.hypothesis, opened.code, before);

  const entries = await ledger.entries(hypothesis.hypothesis);
  const { variants: count, variance } = countOfTrials(claimFamily(claim, await ledger.entries()).entries);
  const { result } = chosen;
  const end = result.dates.at(-1) as NewYorkDate;
  const evidence = gatherEvidence(
    {
      returns: result.returns,
      cash: result.riskFree,
      benchmark,
      atDoubleSlippage: atDoubleSlippage(chosen, hypothesis, prices, decisionsOf),
      barsAYear: barsAYearOf(result.returns.length, result.start.date, end) ?? 1,
      yearsOutOfSample: yearsBetween(end, hypothesis.holdout.last),
      claimedSharpe: hypothesis['target-sharpe'],
      variants: columns.excess,
      variantBenchmark: columns.benchmarkExcess,
      trials: { count, variance, max: hypothesis.trials },
      trades: result.trades.bar.length,
      rebalances: result.rebalances.length,
      holdout: holdoutOf(entries),
    },
    { chance: seededChance(hypothesis.seed) },
  );
  return {
    kind: 'judged',
    chosen: chosen.variant,
    by: before?.by ?? by,
    verdict: judge(evidence),
    evidence,
    data: { research: dataHash(prices), whole: dataHash(whole) },
    decisions: decisions.hash(),
    lived: { symbols: result.symbols, start: result.start.date },
  };
}

type NotOpened = Extract<HoldoutOpened, { readonly kind: 'refused' }>['code'];

function notOpened(name: string, code: NotOpened, before: OpenedBefore | undefined): NotJudged {
  if (code === 'other-result') {
    const { by, ended } = before ?? {};
    const came = `${ended?.netReturn} over ${ended?.bars} bars came of it`;
    return refuseOpened(name, ` by ${by}: ${came}, and now it comes out otherwise; where its verdict is lost, it takes a new claim`);
  }
  if (code === 'holdout-opened-before' && before !== undefined)
    return refuseOpened(name, ` by ${before.by}, for another variant than the one that is now the best: only that one may be finished`);
  return claimRefused(code, `the holdout of ${name} stays as it is`);
}

interface Columns {
  readonly chosen: TriedVariant;
  /** On the chosen one's own bars. */
  readonly benchmark: Float64Array;
  /** Less cash, on the bars that all variants have. */
  readonly excess: readonly Float64Array[];
  readonly benchmarkExcess: Float64Array;
}

/** All variants end on the same day, so what they share is the end of each. */
function columnsOf(
  lived: readonly TriedVariant[],
  { benchmark, metric }: Hypothesis,
  prices: PriceTable,
): Columns | 'too-few-bars' | 'no-benchmark' | undefined {
  const shortest = lived.toSorted((a, b) => a.result.dates.length - b.result.dates.length)[0];
  const bars = shortest?.result.dates.length ?? 0;
  if (shortest === undefined || bars < 2) return undefined;
  if (bars < OVERFITTING_BARS_MIN) return 'too-few-bars';
  const beside = benchmarkReturns(benchmark, prices, shortest.result);
  if (beside === undefined) return 'no-benchmark';
  const benchmarkExcess = excessOf(beside, shortest.result.riskFree);
  const excess = lived.map(({ result }) => excessOfCash(result).subarray(result.returns.length - bars));
  const scores = excess.map((column) => sharpeOf(metric === 'sharpe' ? column : excessOf(column, benchmarkExcess)));
  // Of equals the first; a score that is not defined is never the best.
  const best = scores.reduce(
    (found, score, place) => (score > (scores[found] ?? -Infinity) || Number.isNaN(scores[found]) ? place : found),
    0,
  );
  const chosen = lived[best] as TriedVariant;
  const own = benchmarkReturns(benchmark, prices, chosen.result);
  return own === undefined ? 'no-benchmark' : { chosen, benchmark: own, excess, benchmarkExcess };
}
