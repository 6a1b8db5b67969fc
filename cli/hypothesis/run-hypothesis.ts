// Tries the variants of a hypothesis, and says how each did before the holdout.
import { priceWarnings } from '../../research/backtest/price-warnings.ts';
import { claimOptions, researchPrices } from '../../research/hypothesis/claim.ts';
import { claimFamily } from '../../research/hypothesis/claim-family.ts';
import { refuseJudging } from '../../research/hypothesis/refuse-judging.ts';
import { excessOfCash, tryVariants } from '../../research/hypothesis/try-variants.ts';
import { barsAYearOf, sharpe, totalReturn } from '../../research/metrics/ratios.ts';
import { countOfTrials } from '../../research/validation/trials/trial-count.ts';
import { canonicalJson } from '../../shared/contracts/canonical-json.ts';
import { CommandFailure } from '../failure.ts';
import { percent, plain } from '../figure-text.ts';
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';
import { openTrialLedger } from '../trial-ledger.ts';
import { ledgerPlaceOf, readClaim } from './hypothesis-files.ts';

export interface RunOptions {
  readonly prices: readonly string[];
  readonly ledger?: string;
  readonly stage?: string;
}

/** @throws CommandFailure: exit 2 for files that cannot be used, exit 1 where the hypothesis may not be run. */
export async function runHypothesis(file: string, options: RunOptions, output: Output): Promise<void> {
  const claim = await readClaim(file, options.prices);
  const ledger = await openTrialLedger(ledgerPlaceOf(file, options.ledger), options.stage);
  const tried = await tryVariants(claim, { ledger, clock: { now: () => Date.now() } });
  if (tried.kind === 'refused') throw new CommandFailure(tried.code, `${file}: ${tried.detail}`, { exitCode: 1 });
  const name = claim.hypothesis.hypothesis;
  const all = await ledger.entries();
  // As a verdict counts them: what was tried under another name was tried.
  const family = claimFamily(claim, all);
  const { variants: counted, evaluations } = countOfTrials(family.entries);
  const refusal = refuseJudging(claim, all);
  const variants = tried.lived.map(({ variant, result }) => {
    const { start, dates, returns } = result;
    const last = dates.at(-1) ?? start.date;
    const barsAYear = barsAYearOf(returns.length, start.date, last);
    return {
      parameters: variant.candidate,
      strategy: variant.hash,
      first: start.date,
      last,
      sharpe: barsAYear === null ? null : sharpe(returns, result.riskFree, barsAYear),
      excessOfCash: totalReturn(excessOfCash(result)),
      rebalances: result.rebalances.length,
    };
  });
  const failed = tried.failed.map(({ variant, reason }) => ({ parameters: variant.candidate, reason }));
  const { trials, holdout } = claim.hypothesis;
  const { colors } = output;
  const rows = variants.map((each) => [
    canonicalJson(each.parameters),
    plain(each.sharpe),
    percent(each.excessOfCash),
    String(each.rebalances),
  ]);
  const names = [...new Set(family.others.flatMap(({ fact }) => (fact.kind === 'tail-cut' ? [] : [fact.hypothesis])))];
  const others = names.length === 0 ? '' : `, with those of ${names.join(', ')}`;
  const isSeen = refusal?.code === 'holdout-opened-before';
  const used = `${counted} of ${trials} trials used${others}, ${evaluations} evaluations counted`;
  const next =
    refusal === undefined
      ? 'Say evenkeel hypothesis judge when you are done: it opens the holdout, once.'
      : `${isSeen ? 'It cannot be judged' : 'As it is now, it would not be judged'}: ${refusal.detail}.`;
  const text = [
    `${colors.bold(name)}: ${used}; the holdout from ${holdout.first} ${isSeen ? 'was seen before' : 'is sealed'}`,
    textTable(['variant', 'Sharpe a year', 'in all, less cash', 'rebalances'], rows, { left: [0], header: colors.dim }),
    ...failed.map(({ parameters, reason }) => `${canonicalJson(parameters)} failed: ${reason}`),
    colors.dim(`The best of many looks better than it is. ${next}`),
  ].join('\n\n');
  const records = tried.lived.map(({ result: { symbols, start } }) => ({ symbols, start: start.date }));
  const warnings = priceWarnings(researchPrices(claim), claimOptions(claim.hypothesis, 1), records);
  const judging = refusal === undefined ? null : { code: refusal.code, detail: refusal.detail };
  output.result({ hypothesis: name, trials, counted, evaluations, variants, failed, judging, warnings }, text);
  for (const { detail } of warnings) output.note(detail);
}
