// Variants as trials of a hypothesis: the ledger counts beside what people remember to count.
import type { BacktestOptions } from '../../research/backtest/backtest-options.ts';
import type { PriceTable } from '../../research/backtest/price-table.ts';
import { type AroundVariant, countVariants } from '../../research/sweep/count-variants.ts';
import { TrialRefused } from '../../research/validation/trials/count-trials.ts';
import { FileTrialLedger } from '../../shared/adapters/local/file-trial-ledger.ts';
import { contentHash } from '../../shared/contracts/canonical-json.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { TrialLedger } from '../../shared/ports/trial-ledger.ts';
import { CommandFailure } from '../failure.ts';

export interface AskedTrials {
  readonly hypothesis?: string;
  readonly trials: string;
}

export interface CountedVariants {
  readonly hypothesis: string;
  readonly ledger: TrialLedger;
  readonly around: AroundVariant;
}

/** Undefined where no hypothesis is named. @param text that the values are put into. */
export function countedVariants(
  { hypothesis, trials }: AskedTrials,
  text: string,
  prices: PriceTable,
  options: BacktestOptions,
): CountedVariants | undefined {
  if (hypothesis === undefined) return undefined;
  const ledger = new FileTrialLedger(trials);
  const span = {
    first: options.from ?? (prices.dates[0] as NewYorkDate),
    last: options.to ?? (prices.dates.at(-1) as NewYorkDate),
  };
  const around = countVariants({ ledger, clock: { now: Date.now }, hypothesis, strategy: contentHash(text) }, span);
  return { hypothesis, ledger, around };
}

/** A trial that the ledger refused as what a person is told, exit 2; anything else as it was. */
export function refusedTrial(error: unknown, hypothesis: string | undefined): unknown {
  if (!(error instanceof TrialRefused)) return error;
  return new CommandFailure(error.code, `--hypothesis ${hypothesis}: ${error.message}`, { exitCode: 2, cause: error });
}
