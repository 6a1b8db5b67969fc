// A validation for people: what each figure says in plain words, the doubtful ones first to be seen.
import type { ReportedCheck } from '../../research/report/report-inputs.ts';
import { percent, plain, probability } from '../figure-text.ts';
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';
import { wrappedText } from '../wrapped-text.ts';
import { familyText } from './family-text.ts';
import type { ValidationDocument } from './validation-document.ts';

type Colors = Output['colors'];

export function validationText(document: ValidationDocument, colors: Colors): string {
  const { name, first, last, record } = document;
  return [
    `${colors.bold(name)} from ${first} to ${last}, ${record.bars} bars`,
    errorText(document, colors),
    hangsOnText(document, colors),
    ...(record.regimes === null ? [] : [regimesText(document, colors)]),
    ...(document.family === null ? [] : [familyText(document.family, document.benchmark, colors)]),
    checksText(document, colors),
    colors.dim(wrappedText('', 'It knows nothing of what was tried before this file: the more there was, the less all of this says.')),
  ].join('\n\n');
}

function errorText({ record, permutation, benchmark }: ValidationDocument, colors: Colors): string {
  const { sharpeInterval, meanInterval } = record;
  const range = (interval: typeof sharpeInterval, as: (value: number) => string): string =>
    interval === null ? 'undefined' : `${as(interval.low)} to ${as(interval.high)}`;
  const rows: (readonly [string, string])[] = [
    ['Sharpe a year, less cash', plain(record.sharpe)],
    ['the same, counting its memory', plain(record.sharpeWithMemory)],
    ['95 % of resampled records', range(sharpeInterval, plain)],
    ['mean a year, 95 % of them', range(meanInterval, percent)],
    ['days in a block of them', plain(record.blockLength)],
    ['sure that Sharpe is above 0', percent(record.probabilisticSharpe)],
    ['years needed to be 95 % sure', record.yearsNeeded === null ? 'no record would do' : plain(record.yearsNeeded)],
    ['p on permuted markets', probability(permutation.p)],
    ...(benchmark === null ? [] : ([[`p against ${benchmark}`, probability(record.superiorP)]] as const)),
  ];
  return textTable(['how sure', 'value'], rows, { left: [0], header: colors.dim });
}

function hangsOnText({ record, slippage, correlations }: ValidationDocument, colors: Colors): string {
  const { startDates, concentration } = record;
  const rows: (readonly [string, string])[] = [
    ...slippage.map(({ times, sharpe }) => [`Sharpe at ${times}x slippage`, plain(sharpe)] as const),
    ...correlations.map(
      ({ stress, volatility }) => [`volatility, correlations ${(100 * stress).toFixed(0)}% stressed`, percent(volatility)] as const,
    ),
    ['Sharpe from the worst start', plain(startDates.lowest)],
    ['from the median start', plain(startDates.median)],
    ['starts without a gain', percent(startDates.notPositive)],
    ...concentration.shares.map(
      ({ best, share }) => [`of the profit, the best ${best === 1 ? 'day' : `${best} days`}`, percent(share)] as const,
    ),
    ['days without which it is gone', concentration.withoutBest?.toString() ?? 'no profit'],
  ];
  return textTable(['what it hangs on', 'value'], rows, { left: [0], header: colors.dim });
}

function regimesText({ record, benchmark }: ValidationDocument, colors: Colors): string {
  const rows = Object.entries(record.regimes ?? {}).map(([regime, { months, mean, benchmarkMean, worst }]) => [
    regime,
    String(months),
    percent(mean),
    percent(benchmarkMean),
    percent(worst),
  ]);
  return textTable([`months of ${benchmark ?? ''}`, 'count', 'mean', benchmark ?? '', 'worst'], rows, { left: [0], header: colors.dim });
}

/** What does not hold, so that nobody has to look for it. */
function checksText({ checks }: ValidationDocument, colors: Colors): string {
  const of = (holds: boolean | null): readonly ReportedCheck[] => checks.filter((check) => check.holds === holds);
  const failed = of(false);
  const open = of(null).length === 0 ? '' : `, ${of(null).length} could not be told or are not asked of it`;
  const held = `${of(true).length} ${of(true).length === 1 ? 'holds' : 'hold'}`;
  const others = failed.length === 0 ? '' : ` and ${failed.length} ${failed.length === 1 ? 'does' : 'do'} not`;
  const said = `Of ${checks.length} checks, ${held}${others}${open}${failed.length === 0 ? '.' : ':'}`;
  return [said, ...failed.map(({ name, wanted, value, unit }) => `- ${colors.red(name)}: ${figure(value, unit)}, wanted ${wanted}`)].join(
    '\n',
  );
}

function figure(value: number | null, unit: ReportedCheck['unit']): string {
  if (unit === 'part') return percent(value);
  if (unit === 'probability') return probability(value);
  return unit === 'years' && value !== null ? `${value.toFixed(1)} years` : plain(value);
}
