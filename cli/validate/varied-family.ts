// --vary: the file and its variants, lived through the same prices and held beside each other.
import type { BacktestOptions } from '../../research/backtest/backtest-options.ts';
import { benchmarkReturns } from '../../research/backtest/benchmark.ts';
import { aroundOwn, type VaryAroundOwn } from '../../research/sweep/around-own.ts';
import { variantsOf } from '../../research/sweep/vary.ts';
import { liveFamily } from '../../research/validation/report/live-family.ts';
import { type FamilyValidation, validateFamily } from '../../research/validation/report/validate-family.ts';
import { countOfTrials } from '../../research/validation/trials/trial-count.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { type AskedVariants, askedVariants, pricesOfVariants } from '../sweep/asked-variants.ts';
import { type AskedTrials, countedVariants, refusedTrial } from '../sweep/counted-variants.ts';

export interface AskedFamily extends AskedTrials {
  readonly vary?: readonly string[];
  readonly prices: readonly string[];
}

export interface Family extends AskedVariants {
  readonly varies: readonly VaryAroundOwn[];
}

/** A sweep has no such limit: there a person waits for nothing else. */
const VARIANTS_MAX = 500;

/** Undefined where nothing is varied. @throws CommandFailure, exit 2 */
export async function familyOf(file: string, { vary, hypothesis }: AskedFamily): Promise<Family | undefined> {
  if (vary === undefined && hypothesis !== undefined)
    throw new CommandFailure('usage', `--hypothesis ${hypothesis}: it counts variants, expected --vary too`, { exitCode: 2 });
  if (vary === undefined) return undefined;
  const asked = await askedVariants(file, vary);
  const varies = aroundOwn(asked.text, asked.varies);
  const count = varies.reduce((all, { values }) => all * values.length, 1);
  const made = variantsOf(asked.text, varies);
  if (count <= VARIANTS_MAX && made.kind === 'variants') return { ...asked, varies, count, variant: made.variant };
  throw new CommandFailure(
    'usage',
    `--vary: ${count} variants with the file's own, expected at most ${VARIANTS_MAX}; evenkeel sweep runs more`,
    { exitCode: 2 },
  );
}

interface Beside {
  readonly options: BacktestOptions;
  readonly benchmark: string | undefined;
  /** The file's own record less cash. */
  readonly excess: Float64Array;
  readonly seed: number;
  readonly samples: number;
  readonly output: Pick<Output, 'note'>;
  readonly onLived: (lived: number) => void;
  /** Asked before each variant; what it throws ends the work. */
  readonly between: () => Promise<void>;
}

/** Null where no variant has a bar. @throws CommandFailure, exit 2, for prices that are missing, or a trial that the ledger refuses. */
export async function validatedFamily(
  { kind, text, count, variant, varies }: Family,
  asked: AskedFamily,
  { options, benchmark, excess, seed, samples, output, onLived, between }: Beside,
): Promise<FamilyValidation | null> {
  const all = { kind, text, varies, count, variant };
  const prices = pricesOfVariants(all, asked.prices, benchmark === undefined ? [] : [benchmark]);
  const counting = await countedVariants(asked, text, prices, options, output);
  let ended = 0;
  const variants = Array.from({ length: count }, (_, place) => variant(place));
  const lived = await liveFamily(kind, variants, prices, options, async (each, run) => {
    await between();
    const ran = await (counting === undefined ? run() : counting.around(each, run));
    onLived(++ended);
    return ran;
  }).catch((error: unknown) => {
    throw refusedTrial(error, asked.hypothesis);
  });
  if (lived === undefined) return null;
  const beside =
    benchmark === undefined ? undefined : benchmarkReturns(benchmark, prices, { start: { date: lived.start }, dates: lived.dates });
  const counted = counting && countOfTrials(await counting.ledger.entries(counting.hypothesis));
  return validateFamily(varies, lived, { excess, benchmark: beside, counted }, { seed, samples });
}
