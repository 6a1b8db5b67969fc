// A walk-forward for people: what each fold chose and what became of it, the stitched record, and what makes it doubtful.
import type { RecordFigures } from '../../research/walk-forward/walk-figures.ts';
import { percent, plain } from '../figure-text.ts';
import type { Output } from '../output.ts';
import { refusedText } from '../sweep/refused-text.ts';
import { textTable } from '../text-table.ts';
import { wrappedText } from '../wrapped-text.ts';
import type { WalkDocument } from './walk-document.ts';

type Colors = Output['colors'];

const METRIC_WORDS = { sharpe: 'Sharpe', sortino: 'Sortino', calmar: 'Calmar', cagr: 'CAGR' } as const;

export function walkText(document: WalkDocument, colors: Colors): string {
  const { folds, first, last, rule, metric, search } = document;
  const from = rule.kind === 'anchored' ? `all bars, ${rule.trainingBars} or more,` : `the ${rule.trainingBars} bars`;
  const gap = rule.purgeBars + rule.embargoBars;
  return [
    `${colors.bold(`${folds.length} folds`)}, tested from ${first} to ${last}. Each chosen by ${METRIC_WORDS[metric]} on ${from} that end ${gap} before its test; search: ${search.kind}, ${search.tries === 1 ? '1 variant' : `${search.tries} variants`} in each.`,
    foldsText(document, colors),
    recordText(document, colors),
    doubtText(document, colors),
    stabilityText(document, colors),
    ...notesOf(document).map((note) => colors.dim(wrappedText('', note))),
  ].join('\n\n');
}

function foldsText({ folds, varies, metric }: WalkDocument, colors: Colors): string {
  const paths = varies.map(({ path }) => path);
  const score = (value: number | null): string => (metric === 'cagr' ? percent(value) : plain(value));
  return textTable(
    ['test from', 'to', ...paths, 'in sample', 'out of sample', 'a step away'],
    folds.map(({ test, chosen, inSample, outOfSample, neighbours, isSharpPeak }) => [
      ...[test.first, test.last, ...paths.map((path) => String(chosen?.[path] ?? 'cash'))],
      ...[score(inSample), score(outOfSample), `${neighbours === null ? 'not tried' : score(neighbours)}${isSharpPeak ? ' (peak)' : ''}`],
    ]),
    { left: [0, 1, ...paths.map((_, place) => place + 2)], header: colors.dim },
  );
}

function recordText({ outOfSample, benchmark, benchmarkSymbol }: WalkDocument, colors: Colors): string {
  const rows: (readonly [string, (figures: RecordFigures) => string])[] = [
    ['CAGR', ({ cagr }) => percent(cagr)],
    ['volatility', ({ volatility }) => percent(volatility)],
    ['Sharpe', ({ sharpe }) => plain(sharpe)],
    ['Sortino', ({ sortino }) => plain(sortino)],
    ['Calmar', ({ calmar }) => plain(calmar)],
    ['largest fall', ({ maxDrawdown }) => percent(maxDrawdown)],
  ];
  return textTable(
    ['out of sample', 'walked', ...(benchmark === null ? [] : [benchmarkSymbol ?? ''])],
    rows.map(([name, of]) => [name, of(outOfSample), ...(benchmark === null ? [] : [of(benchmark)])]),
    { left: [0], header: colors.dim },
  );
}

function doubtText(document: WalkDocument, colors: Colors): string {
  const { probabilisticSharpe, deflatedSharpe, trials, efficiency, choosing, switches, metric, hypothesis } = document;
  const score = (value: number | null): string => (metric === 'cagr' ? percent(value) : plain(value));
  const of = trials.from === 'ledger' ? `trials of ${hypothesis}` : 'trials';
  const word = METRIC_WORDS[metric];
  const rows: (readonly [string, string])[] = [
    ['sure that Sharpe is above 0', percent(probabilisticSharpe)],
    [`sure that it is above the luck of ${trials.count} ${of}`, percent(deflatedSharpe)],
    ['the variants here are worth so many independent ones', plain(trials.effective)],
    [`mean ${word} in sample, out of sample`, `${score(efficiency.inSample)}, ${score(efficiency.outOfSample)}`],
    ['of what was seen in sample, kept', percent(efficiency.kept)],
    [`${word} of the stitched record`, score(choosing.stitched)],
    ['of the median variant, held throughout', score(choosing.median)],
    ['of the best variant, known only afterwards', score(choosing.best?.score ?? null)],
    ['changes of choice, and what they cost', `${switches.count}, ${percent(switches.cost)}`],
  ];
  return textTable(['how far to believe it', 'value'], rows, { left: [0], header: colors.dim });
}

function stabilityText({ stability }: WalkDocument, colors: Colors): string {
  return textTable(
    ['parameter', 'usual value', 'chosen in', 'changed in'],
    stability.map(({ parameter, usual, usualShare, changed }) => [parameter, String(usual), percent(usualShare), percent(changed)]),
    { left: [0, 1], header: colors.dim },
  );
}

function notesOf({ rule, refused, trials, hypothesis }: WalkDocument): readonly string[] {
  const notes: string[] = [];
  if (rule.purgeBars < rule.lookback)
    notes.push(
      `Tests begin with decisions on closes that their choice was made on: the strategy looks back ${rule.lookback} bars, the purge is ${rule.purgeBars}.`,
    );
  if (refused.length > 0) notes.push(refusedText(refused));
  if (hypothesis === null)
    notes.push(
      `Only ${trials.count === 1 ? 'the 1 variant of this walk is' : `the ${trials.count} variants of this walk are`} counted. What was tried before it is not: --hypothesis counts by itself.`,
    );
  return notes;
}
