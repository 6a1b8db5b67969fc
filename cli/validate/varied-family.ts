// --vary: the file and its variants, lived through the same prices and held beside each other.
import type { BacktestOptions } from '../../research/backtest/backtest-options.ts';
import { benchmarkReturns } from '../../research/backtest/benchmark.ts';
import type { PriceTable } from '../../research/backtest/price-table.ts';
import type { Subject } from '../../research/backtest/subject.ts';
import { aroundOwn, type VaryAroundOwn } from '../../research/sweep/around-own.ts';
import { variantsOf } from '../../research/sweep/vary.ts';
import { liveFamily, type ReadFamilyMember, readFamily } from '../../research/validation/report/live-family.ts';
import { type FamilyValidation, validateFamily } from '../../research/validation/report/validate-family.ts';
import { countOfTrials } from '../../research/validation/trials/trial-count.ts';
import { contentHash } from '../../shared/contracts/canonical-json.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { CommandFailure } from '../failure.ts';
import { sweptText } from '../sweep/swept-text.ts';
import { badVary, varyOption } from '../vary-option.ts';
import { countedMember, type FamilyTrials } from './family-trials.ts';

export interface Family {
  readonly varied: readonly VaryAroundOwn[];
  readonly members: readonly ReadFamilyMember[];
  readonly subjects: readonly Subject[];
  /** Hash of the text that is varied. */
  readonly source: ContentHash;
}

/** A sweep has no such limit: there a person waits for nothing else. */
const VARIANTS_MAX = 500;

/** @throws CommandFailure, exit 2 */
export async function familyOf(file: string, vary: readonly string[]): Promise<Family> {
  const { kind, text } = await sweptText(file);
  const varies = vary.map(varyOption);
  const asked = variantsOf(text, varies);
  if (asked.kind === 'refused') throw badVary(asked.flaws);
  const varied = aroundOwn(text, varies);
  const made = variantsOf(text, varied);
  if (made.kind === 'refused') throw badVary(made.flaws);
  if (made.count > VARIANTS_MAX)
    throw new CommandFailure('usage', `--vary: ${made.count} variants, expected at most ${VARIANTS_MAX}; evenkeel sweep runs more`, {
      exitCode: 2,
    });
  const variants = Array.from({ length: made.count }, (_, place) => made.variant(place));
  const members = readFamily(kind, variants);
  const subjects = members.flatMap(({ read }) => (read.kind === 'subject' ? [read.subject] : []));
  return { varied, members, subjects, source: contentHash(text) };
}

interface Around {
  readonly prices: PriceTable;
  readonly options: BacktestOptions;
  readonly benchmark: string | undefined;
  /** The file's own record less cash. */
  readonly excess: Float64Array;
  readonly seed: number;
  readonly samples: number;
  readonly trials: FamilyTrials | undefined;
  readonly onLived: (lived: number) => void;
}

/** Null where no variant has a bar. @throws CommandFailure, exit 2, for a trial that the ledger refuses. */
export async function validatedFamily({ varied, members, source }: Family, around: Around): Promise<FamilyValidation | null> {
  const { prices, options, benchmark, excess, seed, samples, trials, onLived } = around;
  const count = countedMember(trials, source, {
    first: options.from ?? (prices.dates[0] as NewYorkDate),
    last: options.to ?? (prices.dates.at(-1) as NewYorkDate),
  });
  let ended = 0;
  const lived = await liveFamily(members, prices, options, async (values, live) => {
    await count(values, live);
    onLived(++ended);
  });
  if (lived === undefined) return null;
  const beside =
    benchmark === undefined ? undefined : benchmarkReturns(benchmark, prices, { start: { date: lived.start }, dates: lived.dates });
  const counted = trials === undefined ? undefined : countOfTrials(await trials.ledger.entries(trials.hypothesis));
  return validateFamily(varied, lived, { excess, benchmark: beside, counted }, { seed, samples });
}
