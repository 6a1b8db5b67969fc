// Variants as trials of a hypothesis, and under which terms: the ledger counts beside what people remember to count.
import type { BacktestOptions } from '../../research/backtest/backtest-options.ts';
import type { PriceTable } from '../../research/backtest/price-table.ts';
import { type AroundVariant, countVariants } from '../../research/sweep/count-variants.ts';
import { decidedBy } from '../../research/sweep/decided-by.ts';
import type { VariantRow } from '../../research/sweep/run-variant.ts';
import { TrialRefused, type TrialSpan, type TrialSubject, variantOf } from '../../research/validation/trials/count-trials.ts';
import { otherTerms } from '../../research/validation/trials/trial-terms.ts';
import { contentHash } from '../../shared/contracts/canonical-json.ts';
import { triedAs } from '../../shared/contracts/trial-entries.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { openTrialLedger } from '../trial-ledger.ts';

export interface AskedTrials {
  readonly hypothesis?: string;
  /** A file, or the word for the deployed one. */
  readonly trials: string;
  /** Of the deployed one. */
  readonly stage?: string;
}

export interface CountedVariants extends TrialSubject {
  readonly span: TrialSpan;
  readonly around: AroundVariant;
}

/** Undefined where no hypothesis is named. Says it where the terms are not the registered ones. @param text that the values are put into. */
export async function countedVariants(
  { hypothesis, trials, stage }: AskedTrials,
  text: string,
  prices: PriceTable,
  options: BacktestOptions,
  output: Pick<Output, 'note'>,
): Promise<CountedVariants | undefined> {
  if (hypothesis === undefined) return undefined;
  const ledger = await openTrialLedger(trials, stage);
  const span = {
    first: options.from ?? (prices.dates[0] as NewYorkDate),
    last: options.to ?? (prices.dates.at(-1) as NewYorkDate),
  };
  const terms = otherTerms(await ledger.entries(hypothesis), options, prices.dates);
  if (terms !== undefined)
    output.note(
      `--hypothesis ${hypothesis}: not the terms or dates that it was registered under, so a variant that was tried counts again`,
    );
  const subject = { ledger, clock: { now: Date.now }, hypothesis, strategy: contentHash(text), terms, decidedBy: decidedBy(text) };
  return { ...subject, span, around: countVariants(subject, span) };
}

/** Those of the rows whose variants the ledger does not know under these terms: they were run when nobody counted. */
export async function uncountedPlaces(
  { ledger, hypothesis, strategy, terms }: TrialSubject,
  rows: readonly Pick<VariantRow, 'place' | 'values'>[],
): Promise<ReadonlySet<number>> {
  const known = new Set((await ledger.entries(hypothesis)).flatMap(({ fact }) => (fact.kind === 'trial' ? [triedAs(fact)] : [])));
  return new Set(
    rows.filter(({ values }) => !known.has(triedAs({ variant: variantOf(strategy, values), terms }))).map(({ place }) => place),
  );
}

/** A trial that the ledger refused as what a person is told, exit 2; anything else as it was. */
export function refusedTrial(error: unknown, hypothesis: string | undefined): unknown {
  if (!(error instanceof TrialRefused)) return error;
  return new CommandFailure(error.code, `--hypothesis ${hypothesis}: ${error.message}`, { exitCode: 2, cause: error });
}
