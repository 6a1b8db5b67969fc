// The figures of a validation as questions, each with what it wants to be, by thresholds.ts and docs/guides/validation.md.
import type { ReportedCheck } from '../../report/report-inputs.ts';
import type { RegimeMonths } from '../statistics/regime-months.ts';
import {
  BEST_DAYS,
  BEST_DAYS_SHARE_MAX,
  CHANCE_MAX,
  CONFIDENCE,
  OVERFITTING_MAX,
  STARTS_WITHOUT_GAIN_MAX,
  STRESSED_MAX,
} from '../thresholds.ts';
import type { SlippageFigures } from './at-slippages.ts';
import type { PricedAgain } from './priced-on-permutations.ts';
import type { FamilyValidation } from './validate-family.ts';
import type { RecordValidation } from './validate-record.ts';

export interface Validated {
  readonly benchmark: string | null;
  /** A policy claims no edge, so what asks for one is not asked of it. */
  readonly kind: 'claim' | 'policy';
  readonly record: RecordValidation;
  readonly slippage: readonly SlippageFigures[];
  /** Annual volatility of what was held at the end, with correlations driven from what they were (0) to where nothing balances (1). */
  readonly correlations: readonly { readonly stress: number; readonly volatility: number }[];
  readonly permutation: PricedAgain;
  readonly family: FamilyValidation | null;
}

type Check = ReportedCheck;

export function checksOf(validated: Validated): readonly Check[] {
  const { family } = validated;
  return [...chanceChecks(validated), ...dependenceChecks(validated), ...monthChecks(validated)].concat(
    family === null ? [] : searchChecks(family, validated),
  );
}

function chanceChecks({ record, permutation, benchmark, kind }: Validated): Check[] {
  const years = record.bars / record.barsAYear;
  const checks: Check[] = [
    {
      kind: 'chance',
      name: 'Probabilistic Sharpe ratio',
      question: 'How sure is it that the true Sharpe ratio is above 0?',
      ...sureEnough(record.probabilisticSharpe),
    },
    {
      kind: 'chance',
      name: 'Minimum track record length',
      question: `How many years would make it ${100 * CONFIDENCE} % sure?`,
      value: record.yearsNeeded,
      unit: 'years',
      wanted: `at most the ${years.toFixed(1)} there are`,
      holds: record.sharpe === null ? null : record.yearsNeeded !== null && record.yearsNeeded <= years,
    },
    {
      kind: 'chance',
      name: 'Resampled Sharpe ratio',
      question: `What do the worst 2.5 % of records reach that are made of the same blocks${blocksText(record.blockLength)}?`,
      value: record.sharpeInterval?.low ?? null,
      unit: 'plain',
      wanted: 'above 0',
      holds: record.sharpeInterval && record.sharpeInterval.low > 0,
    },
    {
      kind: 'chance',
      name: 'Permuted markets',
      question: 'How often does it do as well where the order of days means nothing?',
      ...ofClaim(kind, luckAtMost(permutation.p)),
    },
  ];
  if (benchmark !== null)
    checks.push({
      kind: 'chance',
      name: `Against ${benchmark}`,
      question: `How often does luck alone beat ${benchmark} so (Hansen)?`,
      ...ofClaim(kind, luckAtMost(record.superiorP)),
    });
  return checks;
}

function dependenceChecks({ record, slippage, correlations }: Validated): Check[] {
  const twice = slippage.find(({ times }) => times === 2)?.sharpe ?? null;
  const { notPositive } = record.startDates;
  const best = record.concentration.shares.find(({ best: days }) => days === BEST_DAYS)?.share ?? null;
  const [was = 0, stressed = 0] = [correlations.at(0)?.volatility, correlations.at(-1)?.volatility];
  return [
    {
      kind: 'dependence',
      name: 'Twice the slippage',
      question: 'What is its Sharpe ratio if trading costs twice as much?',
      value: twice,
      unit: 'plain',
      wanted: 'above 0',
      holds: twice === null ? null : twice > 0,
    },
    {
      kind: 'dependence',
      name: 'Start date',
      question: 'From how many of its starts, a month apart, came no gain?',
      ...partAtMost(notPositive, STARTS_WITHOUT_GAIN_MAX),
    },
    {
      kind: 'dependence',
      name: 'Concentration of profit',
      question: `How much of the profit came on its best ${BEST_DAYS} days?`,
      ...partAtMost(best, BEST_DAYS_SHARE_MAX),
    },
    {
      kind: 'dependence',
      name: 'Correlation stress',
      question: 'How volatile is what it held at the end if its parts stop balancing each other?',
      value: was > 0 ? stressed : null,
      unit: 'part',
      wanted: was > 0 ? `at most twice the ${(100 * was).toFixed(1)} % it was` : 'at most twice what it was',
      holds: was > 0 ? stressed <= STRESSED_MAX * was : null,
    },
  ];
}

function monthChecks({ record: { regimes }, benchmark }: Validated): Check[] {
  if (regimes === null || benchmark === null) return [];
  const falling = (name: string, fell: string, { months, mean, benchmarkMean }: RegimeMonths): Check => ({
    kind: 'bad-months',
    name,
    question: `What did it earn on average in ${monthsText(months)} in which ${benchmark} lost ${fell} or more?`,
    value: mean,
    unit: 'part',
    wanted: benchmarkMean === null ? `more than ${benchmark}` : `more than ${benchmark}: ${signed(benchmarkMean)}`,
    holds: mean === null || benchmarkMean === null ? null : mean > benchmarkMean,
  });
  const { months, mean } = regimes.flat;
  return [
    falling('Bear months', '5 %', regimes.bear),
    falling('Crashes', '10 %', regimes.crash),
    {
      kind: 'bad-months',
      name: 'Flat months',
      question: `And in ${monthsText(months)} in which ${benchmark} stayed within 2 %?`,
      value: mean,
      unit: 'part',
      wanted: 'not a loss',
      holds: mean === null ? null : mean >= 0,
    },
  ];
}

function searchChecks(family: FamilyValidation, { benchmark, kind }: Validated): Check[] {
  const { variants, trials, deflatedSharpe, overfitting, superiorP, realityCheckP, members, neighbourMean, peak } = family;
  const beaten = benchmark ?? 'cash';
  const checks: Check[] = [
    {
      kind: 'search',
      name: 'Deflated Sharpe ratio',
      question: `How sure is it that it is better than the best of ${trials.count} worthless variants?`,
      ...sureEnough(deflatedSharpe),
    },
    {
      kind: 'search',
      name: 'Over-fitting (PBO)',
      question: 'How often is the best of one half of the record below the median in the other?',
      ...partAtMost(overfitting?.probability ?? null, OVERFITTING_MAX),
    },
    {
      kind: 'search',
      name: 'False discoveries',
      question: `How often is it luck that it beats ${beaten} so, with ${variants} variants looked at (Benjamini–Hochberg)?`,
      ...ofClaim(kind, luckAtMost(members.find(({ isOwn }) => isOwn)?.adjustedP ?? null)),
    },
    {
      kind: 'search',
      name: 'Neighbouring values',
      question: 'What is the mean Sharpe ratio one step away from its own values?',
      value: neighbourMean,
      unit: 'plain',
      wanted: 'above 0',
      holds: neighbourMean === null ? null : neighbourMean > 0,
    },
    {
      kind: 'search',
      name: 'Sharp peak',
      question: 'What is the Sharpe ratio of the best variant?',
      value: peak === null || peak.isSharp === null ? null : peak.sharpe,
      unit: 'plain',
      wanted: 'within two deviations of the mean',
      holds: peak === null || peak.isSharp === null ? null : !peak.isSharp,
    },
  ];
  if (benchmark !== null)
    checks.push(
      {
        kind: 'search',
        name: 'Superior ability (Hansen)',
        question: `How often would the best of them beat ${benchmark} so by luck alone?`,
        ...ofClaim(kind, luckAtMost(superiorP?.consistent ?? null)),
      },
      {
        kind: 'search',
        name: 'Reality Check (White)',
        question: 'The same, with poor variants taken for as good as they can be',
        ...ofClaim(kind, luckAtMost(realityCheckP)),
      },
    );
  return checks;
}

type Answer = Pick<Check, 'value' | 'unit' | 'wanted' | 'holds'>;

function sureEnough(value: number | null): Answer {
  return { value, unit: 'probability', wanted: `at least ${CONFIDENCE}`, holds: value === null ? null : value >= CONFIDENCE };
}

function luckAtMost(value: number | null): Answer {
  return { value, unit: 'probability', wanted: `at most ${CHANCE_MAX}`, holds: value === null ? null : value <= CHANCE_MAX };
}

function partAtMost(value: number | null, most: number): Answer {
  return { value, unit: 'part', wanted: `at most ${100 * most} %`, holds: value === null ? null : value <= most };
}

/** A policy makes no such claim. */
function ofClaim(kind: Validated['kind'], answer: Answer): Answer {
  return kind === 'claim' ? answer : { ...answer, wanted: 'nothing: a policy claims no edge', holds: null };
}

function blocksText(length: number | null): string {
  return length === null ? '' : ` of ${length.toFixed(0)} ${length < 1.5 ? 'day' : 'days'}`;
}

function monthsText(months: number): string {
  return months === 1 ? 'the one month' : `the ${months} months`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : ''}${Math.abs(100 * value).toFixed(2)} %`;
}
